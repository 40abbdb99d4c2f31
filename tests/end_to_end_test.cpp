// The program over whole trees: compile databases in all their forms, and the same bytes whatever the workers
// do.

#include <doctest/doctest.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "fixture.h"
#include "program.h"
#include "rule/rule.h"
#include "sources.h"

using namespace corolint;
using nlohmann::json;

namespace {

const std::string header = "#pragma once" + lazy_task + R"(extern "C" unsigned sleep(unsigned);
inline task in_header() { sleep(1); co_return; }
template <typename T> task in_template(T) { sleep(2); co_return; }
)";

// A project as GCC's users have it: "command" and "arguments", relative folders, a response file, a source
// that is compiled twice, flags that Clang does not know.
void write_project(const ScratchFolder& folder) {
  folder.write("include/task.h", header);
  folder.write("src/a.cpp", "#include \"task.h\"\ntask a() { co_await in_template(1); }\n");
  folder.write("src/b.cpp", "#include \"task.h\"\ntask b() { in_template('x'); co_return; }\n");
  folder.write("flags.rsp", "-std=c++20 -I include");
  const std::string root = folder.path().string();
  folder.write(
      "build/compile_commands.json",
      json::array(
          {
              {{"directory", root},
               {"file", "src/a.cpp"},
               {"command",
                "ccache g++ @flags.rsp -fcoroutines -fmodules-ts -fconcepts-diagnostics-depth=3 -Wno-foo -o "
                "a.o -c src/a.cpp"}},
              {{"directory", root},
               {"file", root + "/src/../src/a.cpp"},
               {"arguments",
                {"g++", "-std=c++20", "-DTWICE", "-Iinclude", "-MD", "-MF", "x.d", "-c", "src/a.cpp"}}},
              {{"directory", root + "/build"},
               {"file", "../src/b.cpp"},
               {"arguments",
                {"g++", "-std=c++20", "-I../include", "-fconcepts-diagnostics-depth=3", "-c",
                 "../src/b.cpp"}}},
          })
          .dump());
}

json findings_of(const Outcome& outcome) {
  return json::parse(outcome.out).at("findings");
}

}  // namespace

TEST_CASE("a project with a compile database: every unit, each finding once") {
  const ScratchFolder folder;
  write_project(folder);
  const Outcome all = run_corolint(folder.path(), "check -o concise");
  CAPTURE(all.out);
  CAPTURE(all.err);
  CHECK(all.status == 1);
  CHECK(all.err.find("3 of 3 units analysed") != std::string::npos);
  CHECK(all.err.find("-fconcepts-diagnostics-depth= (2 units), -fmodules-ts (1 unit)\n") !=
        std::string::npos);
  CHECK(std::count(all.out.begin(), all.out.end(), '\n') == 3);  // header, template, the task that b drops
  CHECK(all.out.find("include/task.h:16:") != std::string::npos);
  CHECK(all.out.find("include/task.h:17:") != std::string::npos);
  CHECK(all.out.find("src/b.cpp:2:") != std::string::npos);
}

TEST_CASE("selection by folder, by file, from another folder") {
  const ScratchFolder folder;
  write_project(folder);
  CHECK(run_corolint(folder.path(), "check src -o json -q").out.find("\"units\": 3") != std::string::npos);
  CHECK(findings_of(run_corolint(folder.path() / "src", "check b.cpp -o json")).size() == 3);
  CHECK(findings_of(run_corolint(folder.path() / "src", "check a.cpp -p ../build -o json")).size() == 2);
  CHECK(run_corolint(folder.path(), "check include").status == 2);
}

TEST_CASE("compile_flags.txt serves where there is no database") {
  const ScratchFolder folder(
      {{"task.h", header}, {"x/a.cpp", "#include \"task.h\"\n"}, {"compile_flags.txt", "-std=c++20\n-I.\n"}});
  CHECK(findings_of(run_corolint(folder.path(), "check x -o json")).size() == 2);
}

TEST_CASE("the same bytes with one worker and with eight, on stdout and in files") {
  const ScratchFolder folder;
  write_project(folder);
  for (const std::string format : {"full", "concise", "json", "sarif", "gitlab", "junit", "markdown"}) {
    const Outcome one = run_corolint(folder.path(), "check -j1 -o " + format);
    const Outcome eight = run_corolint(
        folder.path(), "check -j8 -o " + format + ":out.txt -o " + (format == "json" ? "full" : "json"));
    CHECK(!one.out.empty());
    CHECK(one.out == read_file(folder.path() / "out.txt"));
    CHECK(eight.status == 1);
  }
}

TEST_CASE("the demo service holds the five mistakes that it was written for") {
  const Outcome outcome = run_corolint(SOURCE_DIR, "check fixtures/demo -o json");
  CAPTURE(outcome.err);
  CHECK(outcome.status == 1);
  const json findings = findings_of(outcome);
  for (const char* rule : {"blocking-call-in-coroutine", "discarded-awaitable", "missing-timeout",
                           "swallowed-cancellation", "unbounded-fan-out"})
    CHECK_MESSAGE(std::any_of(findings.begin(), findings.end(),
                              [&](const json& finding) { return finding.at("rule") == rule; }),
                  rule);
}
