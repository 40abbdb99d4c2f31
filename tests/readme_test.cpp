// What the README shows must be so: every command in it is run, and its model is read.

#include <doctest/doctest.h>

#include <filesystem>
#include <sstream>

#include "fixture.h"
#include "models/library_file.h"
#include "program.h"
#include "rule/rule.h"

using namespace corolint;
namespace fs = std::filesystem;

namespace {

std::vector<std::string> blocks(const std::string& text, const std::string& language) {
  std::vector<std::string> found;
  const std::string open = "```" + language + "\n";
  for (std::size_t at = text.find(open); at != std::string::npos; at = text.find(open, at)) {
    at += open.size();
    found.push_back(text.substr(at, text.find("```", at) - at));
  }
  return found;
}

// Returns the command with the tested program in place of the one that ./dev builds: the set-up is CI's own
// test.
std::string with_tested_program(const std::string& command) {
  for (const std::string start : {"./dev run", "corolint/dev run", "build/corolint"})
    if (command.starts_with(start)) {
      const std::string arguments = command.substr(start.size());
      return std::string(COROLINT) + (arguments.empty() ? " check fixtures/demo -o full" : arguments);
    }
  return {};
}

void run_command(const std::string& command) {
  CAPTURE(command);
  if (command == "./dev test") return;  // it is what runs this
  const std::string tested = with_tested_program(command);
  REQUIRE(!tested.empty());
  const ScratchFolder folder;
  fs::create_directory_symlink(fixtures_folder(), folder.path() / "fixtures");
  const Outcome outcome = run_in(folder.path(), tested);
  CAPTURE(outcome.err);
  CHECK(outcome.status ==
        (command.find("check fixtures/demo") != std::string::npos || command == "./dev run" ? 1 : 0));
  CHECK(!outcome.out.empty());
}

}  // namespace

TEST_CASE("the README's configuration is in order") {
  const auto found = blocks(read_file(fs::path(SOURCE_DIR) / "README.md"), "yaml");
  unsigned configurations = 0;
  for (const std::string& text : found) {
    if (text.find("rules:") == std::string::npos) continue;
    const ScratchFolder folder({{".corolint.yaml", text}, {"ci/base.yaml", "version: 1\n"}});
    const Outcome outcome = run_corolint(folder.path(), "config check");
    CHECK_MESSAGE(outcome.status == 0, outcome.err);
    ++configurations;
  }
  CHECK(configurations == 1);
}

TEST_CASE("the README's commands do what it says") {
  unsigned count = 0;
  for (const std::string& block : blocks(read_file(fs::path(SOURCE_DIR) / "README.md"), "sh")) {
    std::istringstream lines(block);
    for (std::string line; std::getline(lines, line); ++count) run_command(line);
  }
  CHECK(count >= 8);
}

TEST_CASE("the README's step for CI finds mistakes and writes the log that is uploaded") {
  const std::string steps = blocks(read_file(fs::path(SOURCE_DIR) / "README.md"), "yaml").at(0);
  const std::string start = "- run: ";
  REQUIRE(steps.starts_with(start));
  const ScratchFolder folder;
  fs::create_directory_symlink(fixtures_folder() / "demo", folder.path() / "src");
  const std::string command = steps.substr(start.size(), steps.find('\n') - start.size());
  CHECK(run_in(folder.path(), with_tested_program(command)).status == 1);
  const std::string log = steps.substr(steps.find("sarif_file: ") + 12);
  CHECK(fs::exists(folder.path() / log.substr(0, log.find('\n'))));
}

TEST_CASE("the README's finding is a real one, and it names every rule") {
  const std::string text = read_file(fs::path(SOURCE_DIR) / "README.md");
  const std::string shown = blocks(text, "text").at(0);
  CHECK(run_corolint(SOURCE_DIR, "check fixtures/demo -o full").out.find(shown) != std::string::npos);
  for (const RuleEntry& rule : all_rules())
    CHECK(text.find("`" + std::string(rule.name) + "`") != std::string::npos);
}

TEST_CASE("the README's library model is valid") {
  const std::string model = blocks(read_file(fs::path(SOURCE_DIR) / "README.md"), "json").at(0);
  auto library = read_user_library(model, "acme.json");
  REQUIRE_MESSAGE(static_cast<bool>(library), llvm::toString(library.takeError()));
  CHECK(library->entries.size() == 4);
}
