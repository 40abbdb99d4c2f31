// What other people's CI runs of this tree: the GitHub action, the GitLab component, the pre-commit hook, the
// CMake module, the install step. Each is run as far as that goes without its host.

#include <doctest/doctest.h>

#include <nlohmann/json.hpp>
#include <regex>

#include "fixture.h"
#include "program.h"
#include "sources.h"
#include "validators.h"

using namespace corolint;
namespace fs = std::filesystem;
using nlohmann::json;

namespace {

const std::string blocks =
    "extern \"C\" unsigned sleep(unsigned);\ntask blocks() {\n  sleep(1);\n  co_return;\n}\n";

// A project with a finding in each of two units, and one without.
ScratchFolder project(const std::map<std::string, std::string>& more = {}) {
  std::map<std::string, std::string> files = {{"a.cpp", lazy_task + blocks},
                                              {"with blank.cpp", lazy_task + blocks},
                                              {"fine.cpp", "int fine;\n"},
                                              {"ignored.h", "int header;\n"}};
  json entries = json::array();
  files.insert(more.begin(), more.end());
  for (const auto& [name, text] : files)
    if (name.ends_with(".cpp"))
      entries.push_back(
          {{"directory", "."}, {"file", name}, {"arguments", {"c++", "-std=c++20", "-c", name}}});
  for (json& entry : entries) entry["directory"] = "..";
  files["build/compile_commands.json"] = entries.dump();
  files[".git/keep"] = "";
  return ScratchFolder(files);
}

json run_piece(const std::string& name, const fs::path& folder) {
  validate("ci_pieces.mjs", name + " '" + folder.string() + "' '" + COROLINT + "'");
  return json::parse(read_file(folder / "store/status.json"));
}

std::size_t results_in(const fs::path& sarif) {
  return json::parse(read_file(sarif))["runs"][0]["results"].size();
}

}  // namespace

TEST_CASE("ci: the action in one job uploads, writes the summary, and fails afterwards") {
  const ScratchFolder folder = project();
  CHECK(run_piece("check", folder.path()) == 1);
  CHECK(results_in(folder.path() / "store/uploaded.sarif") == 2);
  CHECK(read_file(folder.path() / "store/summary.md").starts_with("## corolint: 2 problems (2 errors)"));
  validate_sarif(folder.path() / "store/uploaded.sarif");
}

TEST_CASE("ci: the action over a matrix finds what one job finds") {
  const ScratchFolder folder = project();
  CHECK(run_piece("matrix", folder.path()) == json{0, 0, 0, 1});
  const std::string matrix = read_file(folder.path() / "store/uploaded.sarif");
  CHECK(run_piece("clean", folder.path()) == 0);
  json one = json::parse(read_file(folder.path() / "store/uploaded.sarif")), merged = json::parse(matrix);
  for (json* log : {&one, &merged}) (*log)["runs"][0]["invocations"][0]["exitCode"] = 0;
  CHECK(one == merged);
}

TEST_CASE("ci: a shard that is missing fails the gate, and so does a stage that there is not") {
  const ScratchFolder folder = project();
  CHECK(run_piece("missing_shard", folder.path()) == json{0, 0, 2});
  CHECK(run_piece("bad_stage", folder.path()) == 2);
}

TEST_CASE("ci: a unit that does not parse fails the action with 3, not with nothing") {
  const ScratchFolder folder(
      {{"build/compile_commands.json",
        R"([{"directory": "..", "file": "x.cpp", "arguments": ["c++", "-std=c++20", "-c", "x.cpp"]}])"},
       {"x.cpp", "#include \"no.h\"\n"},
       {".git/keep", ""}});
  CHECK(run_piece("matrix", folder.path()) == json{0, 0, 0, 3});
  CHECK(read_file(folder.path() / "store/summary.md").find("could not be analysed") != std::string::npos);
}

TEST_CASE("ci: GitLab's report job succeeds with all reports, and the last job decides") {
  const ScratchFolder folder = project();
  const json statuses = run_piece("gitlab", folder.path());
  CHECK(statuses ==
        json{{"corolint-plan", 0}, {"corolint-facts", 0}, {"corolint-report", 0}, {"corolint", 1}});
  validate_report("gitlab", read_file(folder.path() / "gl-code-quality-report.json"));
  validate_report("junit", read_file(folder.path() / "corolint-junit.xml"));
  CHECK(results_in(folder.path() / "corolint.sarif") == 2);
  CHECK(fs::file_size(folder.path() / "corolint.html") > 100'000);
  CHECK(run_piece("gitlab_lenient", folder.path())["corolint"] == 0);
}

TEST_CASE("ci: the pre-commit hook takes sources, not headers") {
  const ScratchFolder folder = project();
  CHECK(run_piece("hooks", folder.path()) == 1);
}

TEST_CASE("ci: the CMake module's target checks the build's units") {
  const ScratchFolder folder(
      {{"CMakeLists.txt",
        "cmake_minimum_required(VERSION 3.25)\nproject(p CXX)\nset(CMAKE_CXX_STANDARD 20)\n"
        "include(" SOURCE_DIR "/templates/corolint.cmake)\nadd_library(a a.cpp)\nadd_library(f f.cpp)\n"
        "corolint_add_target(OPTIONS -o concise DEPENDS f)\n"
        "corolint_add_target(NAME lint_fine PATHS ${CMAKE_SOURCE_DIR}/f.cpp)\n"},
       {"a.cpp", lazy_task + blocks},
       {"f.cpp", "int f;\n"}});
  const std::string program = std::string(" -DCOROLINT_PROGRAM='") + COROLINT + "'";
  REQUIRE(run_in(folder.path(), "cmake -S . -B build -G Ninja" + program).status == 0);
  CHECK(run_in(folder.path(), "cmake --build build --target lint_fine").status == 0);
  const Outcome outcome = run_in(folder.path(), "cmake --build build --target corolint");
  CHECK(outcome.status != 0);
  CHECK(outcome.out.find("a.cpp:") != std::string::npos);
  CHECK(outcome.out.find("[blocking-call-in-coroutine]") != std::string::npos);
  CHECK(fs::exists(folder.path() / "build/libf.a"));
}

TEST_CASE("ci: the install step puts program, manual, completions and module where they are looked for") {
  const ScratchFolder folder;
  const std::string build = fs::path(COROLINT).parent_path().string();
  const Outcome outcome =
      run_in(folder.path(), "cmake --install '" + build + "' --prefix '" + folder.path().string() + "/usr'");
  CHECK_MESSAGE(outcome.status == 0, outcome.err);
  for (const char* file :
       {"bin/corolint", "share/man/man1/corolint.1", "share/bash-completion/completions/corolint",
        "share/zsh/site-functions/_corolint", "share/fish/vendor_completions.d/corolint.fish",
        "share/cmake/corolint/corolint.cmake"})
    CHECK_MESSAGE(fs::exists(folder.path() / "usr" / file), file);
  CHECK(run_in(folder.path(), "usr/bin/corolint --version").status == 0);
}

// Bazel itself is not here to run it.
TEST_CASE("ci: the Bazel aspect gives corolint only options that it takes") {
  const std::string aspect = read_file(fs::path(SOURCE_DIR) / "templates/corolint.bzl");
  const std::string help = run_in("/", COROLINT " check --help").out;
  unsigned options = 0;
  const std::regex option(R"re("(--[a-z-]+)[="])re");
  for (auto it = std::sregex_iterator(aspect.begin(), aspect.end(), option); it != std::sregex_iterator(); ++it) {
    CHECK_MESSAGE(help.find((*it)[1]) != std::string::npos, (*it)[1].str());
    ++options;
  }
  CHECK(options == 5);
}
