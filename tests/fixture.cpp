#include "fixture.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <fstream>
#include <sstream>

#include "engine/analysis.h"

namespace corolint {

namespace {

const Models& models() {
  static const Models loaded = [] {
    auto result = Models::load(embedded_libraries());
    REQUIRE_MESSAGE(static_cast<bool>(result), llvm::toString(result.takeError()));
    return std::move(*result);
  }();
  return loaded;
}

ParseSettings settings() {
  auto dir = find_resource_dir();
  REQUIRE(static_cast<bool>(dir));
  return {std::filesystem::canonical(fixtures_folder()).string(), *dir, models().defines()};
}

std::vector<const RuleEntry*> rules_named(const std::vector<std::string>& names) {
  std::vector<const RuleEntry*> rules;
  for (const RuleEntry& rule : all_rules())
    if (names.empty() || std::find(names.begin(), names.end(), rule.name) != names.end())
      rules.push_back(&rule);
  return rules;
}

std::vector<std::string> flags_for(const std::filesystem::path& file) {
  if (read_file(file).starts_with("// real-library")) return {"clang++", "-std=c++20"};
  const std::string lib = (fixtures_folder() / "lib").string();
  return {"clang++",     "-std=c++20", "-nostdinc++", "-isystem", lib + "/std", "-I",
          lib + "/asio", "-I",         lib + "/task", "-I",       lib};
}

}  // namespace

std::filesystem::path fixtures_folder() {
  return std::filesystem::path(SOURCE_DIR) / "fixtures";
}

std::string read_file(const std::filesystem::path& file) {
  std::ifstream stream(file, std::ios::binary);
  REQUIRE_MESSAGE(stream.good(), file.string() << " cannot be read");
  return (std::ostringstream() << stream.rdbuf()).str();
}

UnitResult analyse_fixture(const std::filesystem::path& file, const std::vector<std::string>& rules) {
  return analyse_fixture(file, rules_named(rules));
}

UnitResult analyse_fixture(const std::filesystem::path& file, const std::vector<const RuleEntry*>& rules) {
  CompileCommand command{file.parent_path().string(), file.string(), flags_for(file)};
  command.arguments.push_back(file.string());
  UnitResult result = analyse(command, {settings(), models(), rules});
  std::sort(result.findings.begin(), result.findings.end());
  result.findings.erase(
      std::unique(result.findings.begin(), result.findings.end(),
                  [](const Finding& a, const Finding& b) { return a.place == b.place && a.rule == b.rule; }),
      result.findings.end());
  return result;
}

}  // namespace corolint
