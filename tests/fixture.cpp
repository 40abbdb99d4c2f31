#include "fixture.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <sstream>

#include "engine/analysis.h"
#include "engine/link.h"
#include "engine/own_rules.h"
#include "engine/stage_files.h"

namespace corolint {

namespace {

// COROLINT_STAGE names a folder with `libraries/` and `fixtures/` that are to be tried before they land in
// the tree.
const char* stage() {
  return std::getenv("COROLINT_STAGE");
}

Models load_models() {
  std::vector<Library> staged;
  if (stage())
    for (const auto& entry :
         std::filesystem::directory_iterator(std::filesystem::path(stage()) / "libraries")) {
      if (entry.path().extension() != ".json") continue;
      auto library = read_user_library(read_file(entry.path()), entry.path().string());
      if (!library)
        FAIL_CHECK(llvm::toString(library.takeError()));
      else
        staged.push_back(std::move(*library));
    }
  auto result = Models::load(std::move(staged));
  REQUIRE_MESSAGE(static_cast<bool>(result), llvm::toString(result.takeError()));
  return std::move(*result);
}

std::vector<const RuleEntry*> rules_named(const std::vector<std::string>& names) {
  std::vector<const RuleEntry*> rules;
  for (const RuleEntry& rule : all_rules())
    if (names.empty() || std::find(names.begin(), names.end(), rule.name) != names.end())
      rules.push_back(&rule);
  return rules;
}

// Returns the words of the first line, `// real-library: PACKAGE… -- FLAG…`, or nothing.
std::vector<std::string> real_library_words(const std::filesystem::path& file) {
  std::istringstream line(read_file(file).substr(0, 1000));
  std::string text, word;
  std::getline(line, text);
  std::vector<std::string> words;
  if (!text.starts_with("// real-library")) return words;
  std::istringstream stream(text);
  while (stream >> word) words.push_back(word);
  return words;
}

// Sets the option in the block as `word` says: `NAME` switches it on, `NAME=VALUE` adds the value to a list.
void set_option(const Option& option, const std::string& word, RuleBlock& block, const RuleEntry& rule) {
  const std::string start = std::string(option.name) + "=";
  const bool is_list = std::holds_alternative<std::vector<std::string>>(option.standard);
  if (const bool* standard = std::get_if<bool>(&option.standard); standard && option.name == word)
    block.rules[std::string(rule.name)].options[word] = !*standard;
  if (!is_list || !word.starts_with(start)) return;
  auto& values = block.rules[std::string(rule.name)].options;
  OptionValue& value = values.try_emplace(std::string(option.name), std::vector<std::string>()).first->second;
  std::get<std::vector<std::string>>(value).push_back(word.substr(start.size()));
}

// Returns what a line `// options: WORD…` of the fixture sets, in each of the rules that know it.
RuleSettings settings_for(const std::filesystem::path& fixture, const std::vector<const RuleEntry*>& rules) {
  RuleBlock block;
  for (const std::filesystem::path& file : sources_of(fixture)) {
    std::istringstream lines(read_file(file));
    for (std::string line; std::getline(lines, line);) {
      const std::string start = "// options:";
      std::istringstream words(line.starts_with(start) ? line.substr(start.size()) : "");
      for (std::string word; words >> word;)
        for (const RuleEntry* rule : rules)
          for (const Option& option : rule->rule.options) set_option(option, word, block, *rule);
    }
  }
  return RuleSettings({block});
}

std::vector<std::string> flags_for(const std::filesystem::path& file) {
  const auto words = real_library_words(file);
  if (!words.empty()) {
    std::vector<std::string> flags = {"clang++", "-std=c++20"};
    flags.insert(flags.end(), std::find(words.begin(), words.end(), "--"), words.end());
    std::erase(flags, "--");
    return flags;
  }
  const std::string lib = (fixtures_folder() / "lib").string();
  return {"clang++",     "-std=c++20", "-nostdinc++", "-isystem", lib + "/std", "-I",
          lib + "/asio", "-I",         lib + "/task", "-isystem", lib};
}

bool is_installed(const std::string& package) {
  const std::string list = "/var/lib/dpkg/info/" + package;
  return std::filesystem::exists(list + ".list") || std::filesystem::exists(list + ":amd64.list");
}

}  // namespace

ParseSettings fixture_settings() {
  auto dir = find_resource_dir();
  REQUIRE(static_cast<bool>(dir));
  return {std::filesystem::canonical(fixtures_folder()).string(), *dir, fixture_models().defines()};
}

CompileCommand fixture_command(const std::filesystem::path& file) {
  CompileCommand command{file.parent_path().string(), file.string(), flags_for(file)};
  command.arguments.push_back(file.string());
  return command;
}

const Models& fixture_models() {
  static const Models loaded = load_models();
  return loaded;
}

std::filesystem::path fixtures_folder() {
  return std::filesystem::path(stage() ? stage() : SOURCE_DIR) / "fixtures";
}

bool can_compile(const std::filesystem::path& file) {
  const auto words = real_library_words(file);
  const auto end = std::find(words.begin(), words.end(), "--");
  return words.size() <= 2 || std::all_of(words.begin() + 2, end, is_installed);
}

std::string read_file(const std::filesystem::path& file) {
  std::ifstream stream(file, std::ios::binary);
  REQUIRE_MESSAGE(stream.good(), file.string() << " cannot be read");
  return (std::ostringstream() << stream.rdbuf()).str();
}

ParsedUnit parse_fixture(const std::filesystem::path& file) {
  return parse(fixture_command(file), fixture_settings());
}

UnitResult analyse_fixture(const std::filesystem::path& fixture, const std::vector<std::string>& rules) {
  return analyse_fixture(fixture, rules_named(rules));
}

UnitResult analyse_fixture(const std::filesystem::path& fixture, const std::vector<const RuleEntry*>& rules) {
  const RuleSettings options = settings_for(fixture, rules);
  Linker linker(fixture_models(), rules, options);
  std::optional<BrokenUnit> broken;
  for (const std::filesystem::path& file : sources_of(fixture)) {
    UnitLog log;
    UnitResult result =
        analyse(fixture_command(file), {fixture_settings(), fixture_models(), rules, options}, nullptr, log);
    if (result.broken && !broken) broken = result.broken;
    auto read = facts_from_text(facts_text(result), file.string());  // as it comes from a worker
    REQUIRE(static_cast<bool>(read));
    linker.add(std::move(*read));
  }
  UnitResult whole;
  whole.findings = linker.report("").findings;
  // What the link says of suppressions is no rule's, and has tests of its own.
  std::erase_if(whole.findings, [](const Finding& finding) {
    return std::any_of(own_rules().begin(), own_rules().end(),
                       [&](const RuleEntry& own) { return own.name == finding.rule; });
  });
  whole.broken = std::move(broken);
  return whole;
}

std::vector<std::filesystem::path> fixtures_in(const std::filesystem::path& folder) {
  std::vector<std::filesystem::path> fixtures;
  if (!std::filesystem::exists(folder)) return fixtures;
  for (const auto& entry : std::filesystem::directory_iterator(folder))
    if (entry.is_directory() || (entry.path().extension() == ".cpp" && can_compile(entry.path())))
      fixtures.push_back(std::filesystem::canonical(entry.path()));
  std::sort(fixtures.begin(), fixtures.end());
  return fixtures;
}

std::vector<std::filesystem::path> sources_of(const std::filesystem::path& fixture) {
  return std::filesystem::is_directory(fixture) ? fixtures_in(fixture) : std::vector{fixture};
}

}  // namespace corolint
