// What other ways of telling findings again make of the gauntlet's edits: counts for each file and rule, as
// ESLint keeps them; the hash of the next hundred characters in the same file, as GitHub does; file, message
// and text of the line, as golangci-lint does for Code Climate; and CodeChecker's two ways. Each gets some edit
// wrong that corolint gets right.
//
// CodeChecker, https://github.com/Ericsson/codechecker, docs/analyzer/report_identification.md:
//   - "context sensitive", what Clang's static analyzer gives it: checker, signature of the enclosing function,
//     column, tokens of the line, message, joined by `$` (clang/lib/Analysis/IssueHash.cpp, getIssueString);
//   - "context-free-v2", for clang-tidy: base name of the file, message, line without blanks, column in that
//     (tools/report-converter/…/report/hash.py).
// Its digests are left out: equal texts have equal ones. `CodeChecker cmd diff` compares them as sets
// (web/client/codechecker_client/cmd_line_client.py, get_diff_local_dirs), so a twin of what is known is known.

#include <doctest/doctest.h>

#include <map>
#include <nlohmann/json.hpp>
#include <sstream>

#include "engine/fingerprint.h"
#include "fixture.h"
#include "program.h"
#include "sources.h"

using namespace corolint;
namespace fs = std::filesystem;
using nlohmann::json;

namespace {

const std::string head = lazy_task + "extern \"C\" unsigned sleep(unsigned);\nvoid prepare(int);\n";
const std::string first = "task first() {\n  prepare(1);\n  sleep(1);\n  co_return;\n}\n";
const std::string second = "task second() {\n  prepare(2);\n  co_return;\n}\n";

struct Change {
  std::string name, file, text;     // what src/a.cpp becomes, and under which name
  std::size_t fresh;                // how many findings are really new
  bool by_count, by_hash, by_line, by_context, free_of_context;  // who gets that right
};

const std::vector<Change> changes = {
    {"lines inserted", "src/a.cpp", "// one\n// two\n" + head + first + second, 0, true, true, true, true, true},
    {"reformatted", "src/a.cpp",
     head + "task first() {\n  prepare(1);\n  sleep(\n      1);\n  co_return;\n}\n" + second, 0, true, false,
     false, false, false},
    {"indented", "src/a.cpp", head + "task first() {\n    prepare(1);\n    sleep(1);\n    co_return;\n}\n" + second, 0,
     true, true, false, false, true},
    {"file renamed", "src/b.cpp", head + first + second, 0, false, false, false, true, false},
    {"a twin added", "src/a.cpp",
     head + "task first() {\n  sleep(1);\n  prepare(1);\n  sleep(1);\n  co_return;\n}\n" + second, 1, true, true, true,
     false, false},
    {"one fixed, one made", "src/a.cpp",
     head + "task first() {\n  prepare(1);\n  co_return;\n}\n" +
         "task second() {\n  prepare(2);\n  sleep(1);\n  co_return;\n}\n",
     1, false, true, true, true, true},
};

using Counts = std::map<std::string, std::size_t>;

// The keys that the findings have under each way of telling them again.
struct Keys {
  Counts by_count, by_hash, by_line, by_context, free_of_context;
};

std::string line_of(const std::string& text, std::size_t number) {
  std::istringstream lines(text);
  std::string line;
  for (std::size_t i = 0; i < number; ++i) std::getline(lines, line);
  return line;
}

// Returns the text up to the column, or all of it, without blanks.
std::string without_blanks(const std::string& text, std::size_t columns = std::string::npos) {
  std::string rest;
  for (const char c : text.substr(0, columns))
    if (c != ' ' && c != '\t') rest += c;
  return rest;
}

Keys keys_in(const ScratchFolder& folder) {
  REQUIRE(run_corolint(folder.path(),
                       "check src -q --no-baseline --exit-zero -o sarif:.git/x.sarif -o json:.git/x.json")
              .status == 0);
  Keys keys;
  const json report = json::parse(read_file(folder.path() / ".git/x.json"));
  const json log = json::parse(read_file(folder.path() / ".git/x.sarif"));
  for (const json& finding : report["findings"]) {
    const std::string file = finding["place"]["file"], rule = finding["rule"], message = finding["message"];
    ++keys.by_count[file + rule];
    const std::string line = line_of(read_file(folder.path() / file), finding["place"]["line"]);
    ++keys.by_line[file + message + line];
    const std::size_t column = finding["place"]["column"];
    keys.by_context[rule + "$" + finding["function"].get<std::string>() + "$" + std::to_string(column) + "$" +
                    tokens_of(line) + "$" + message] = 1;
    keys.free_of_context[fs::path(file).filename().string() + "|||" + message + "|||" + without_blanks(line) + "|||" +
                         std::to_string(without_blanks(line, column).size())] = 1;
  }
  for (const json& result : log["runs"][0]["results"]) {
    const std::string file = result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"];
    ++keys.by_hash[file + result["ruleId"].get<std::string>() +
                   result["partialFingerprints"]["primaryLocationLineHash"].get<std::string>()];
  }
  return keys;
}

// Returns how many of `after` would be told as new.
std::size_t new_in(const Counts& before, const Counts& after) {
  std::size_t fresh = 0;
  for (const auto& [key, count] : after) {
    const auto known = before.find(key);
    const std::size_t old = known == before.end() ? 0 : known->second;
    fresh += count > old ? count - old : 0;
  }
  return fresh;
}

}  // namespace

TEST_SUITE_BEGIN("acceptance 1: known findings are known again after edits");

TEST_CASE("gauntlet: other ways of telling findings again get edits wrong that corolint gets right") {
  for (const Change& change : changes) {
    CAPTURE(change.name);
    const ScratchFolder folder(std::map<std::string, std::string>{{"src/a.cpp", head + first + second},
                                                                  {"compile_flags.txt", "-std=c++20\n"}});
    REQUIRE(run_in(folder.path(),
                   "git init -q && git config user.email a@b && git config user.name a && " COROLINT
                   " baseline create src && git add . && git commit -qm 1")
                .status == 0);
    const Keys before = keys_in(folder);
    if (change.file != "src/a.cpp")
      REQUIRE(run_in(folder.path(), "git mv src/a.cpp " + change.file + " && git commit -qm 2").status == 0);
    folder.write(change.file, change.text);
    const Keys after = keys_in(folder);
    const json ours = json::parse(run_corolint(folder.path(), "check src -q --exit-zero -o json").out);
    CHECK(ours["findings"].size() == change.fresh);
    CHECK((new_in(before.by_count, after.by_count) == change.fresh) == change.by_count);
    CHECK((new_in(before.by_hash, after.by_hash) == change.fresh) == change.by_hash);
    CHECK((new_in(before.by_line, after.by_line) == change.fresh) == change.by_line);
    CHECK((new_in(before.by_context, after.by_context) == change.fresh) == change.by_context);
    CHECK((new_in(before.free_of_context, after.free_of_context) == change.fresh) == change.free_of_context);
  }
}

TEST_SUITE_END();
