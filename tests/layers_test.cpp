// Who may include what. It keeps the picture of the tree true: a folder that reaches where it should not
// fails here.

#include <doctest/doctest.h>

#include <algorithm>
#include <map>
#include <regex>
#include <set>

#include "fixture.h"
#include "rule/rule.h"

using namespace corolint;
namespace fs = std::filesystem;

namespace {

const std::map<std::string, std::set<std::string>> allowed = {
    {"cache", {"cache", "packing"}},
    {"project", {"project"}},
    {"unit", {"unit", "cache", "project/project.h"}},
    {"coroutines", {"coroutines", "unit"}},
    {"packing", {"packing"}},
    {"models", {"models", "packing", "unit", "project/document.h"}},
    {"facts", {"facts", "unit"}},
    {"rule", {"rule", "facts", "coroutines", "models", "unit"}},
    {"engine", {"engine", "cache", "packing", "facts", "rule", "coroutines", "models", "unit", "project"}},
    {"output", {"output", "engine/report.h", "rule/finding.h", "rule/rule.h", "unit/place.h"}},
    {"lsp",
     {"lsp", "facts/whole_numbers.h", "engine/report.h", "engine/fixes.h", "engine/suppress.h",
      "engine/own_rules.h", "engine/pipes.h", "output", "project/paths.h", "project/text_file.h"}},
    {"cli", {"cli", "lsp", "cache", "engine", "models", "output", "project", "rule", "unit"}},
    {"rules", {"rule", "facts", "coroutines", "models", "unit"}},
};

std::vector<std::string> includes_of(const fs::path& file) {
  const std::string text = read_file(file);
  const std::regex include(R"re((?:^|\n)#include [<"]([^>"]+)[>"])re");
  std::vector<std::string> found;
  for (auto it = std::sregex_iterator(text.begin(), text.end(), include); it != std::sregex_iterator(); ++it)
    found.push_back((*it)[1]);
  return found;
}

bool is_ours(const std::string& include) {
  return allowed.contains(include.substr(0, include.find('/'))) && include.find('/') != std::string::npos;
}

void check_file(const std::string& layer, const fs::path& file) {
  for (const std::string& include : includes_of(file)) {
    CAPTURE(file.string());
    CAPTURE(include);
    const auto& may = allowed.at(layer);
    CHECK(include.find("..") == std::string::npos);
    if (is_ours(include))
      CHECK((may.contains(include) || may.contains(include.substr(0, include.find('/')))));
    const bool is_clang_tree = include.starts_with("clang/AST") || include.starts_with("clang/Frontend");
    if (layer == "project" || layer == "output" || layer == "cli") CHECK(!is_clang_tree);
    if (layer != "cli") CHECK(!include.starts_with("CLI/"));
    if (layer == "rules" || layer == "rule" || layer == "coroutines" || layer == "models")
      CHECK(
          (include != "fstream" && include != "iostream" && include != "filesystem" && include != "cstdio"));
  }
}

}  // namespace

TEST_CASE("every folder includes only what its layer may") {
  unsigned files = 0;
  for (const auto& [layer, may] : allowed) {
    const fs::path folder = fs::path(SOURCE_DIR) / (layer == "rules" ? "rules" : "src/" + layer);
    for (const auto& entry : fs::recursive_directory_iterator(folder)) {
      const std::string extension = entry.path().extension().string();
      if (extension != ".h" && extension != ".cpp") continue;
      check_file(layer, entry.path());
      ++files;
    }
  }
  CHECK(files >= 60);
}

TEST_CASE("every folder of src/ is a layer") {
  for (const auto& entry : fs::directory_iterator(fs::path(SOURCE_DIR) / "src"))
    if (entry.is_directory() && !fs::is_empty(entry.path()))
      CHECK_MESSAGE(allowed.contains(entry.path().filename().string()), entry.path().string());
}

TEST_CASE("no file of src/ knows a single rule by its name") {
  for (const auto& entry : fs::recursive_directory_iterator(fs::path(SOURCE_DIR) / "src")) {
    if (entry.path().extension() != ".cpp" || entry.path().filename() == "help_texts.cpp" ||
        entry.path().filename() == "own_rules.cpp")
      continue;  // these show examples
    const std::string text = read_file(entry.path());
    for (const RuleEntry& rule : all_rules())
      CHECK_MESSAGE(text.find(rule.name) == std::string::npos, entry.path().string()
                                                                   << " names " << rule.name);
  }
}

// What is told holds text of the analysed tree: cli/print.h makes it harmless.
TEST_CASE("only where text is made printable is anything written to the standard streams") {
  const std::set<std::string> writers = {"print.cpp", "progress.cpp", "process.cpp", "output_files.cpp"};
  for (const std::string folder : {"src", "rules"})
    for (const auto& entry : fs::recursive_directory_iterator(fs::path(SOURCE_DIR) / folder)) {
      if (entry.path().extension() != ".cpp" || writers.contains(entry.path().filename().string())) continue;
      const std::string text = read_file(entry.path());
      for (const char* stream : {"llvm::errs(", "llvm::outs(", "std::cout", "std::cerr", "std::printf(",
                                 "fprintf(", "std::puts(", "std::fputs("})
        CHECK_MESSAGE(text.find(stream) == std::string::npos, entry.path().string() << ": " << stream);
    }
}
