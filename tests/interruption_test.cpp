// A signal ends a run early: what is finished is told and says that it is a part, and nothing is made of a
// part that wants the whole.

#include <doctest/doctest.h>

#include <nlohmann/json.hpp>

#include "units_project.h"

using namespace corolint;
namespace fs = std::filesystem;
using nlohmann::json;

TEST_CASE("interruption: Ctrl-C tells what is finished, marked as incomplete in every format") {
  const UnitsProject project;
  // A unit that never ends: an include that waits for a writer.
  project.write("src/z.cpp", "#include \"pipe.h\"\n");
  run_in(project.path(), "mkfifo src/pipe.h");
  for (const auto& [signal, status] : std::vector<std::pair<std::string, int>>{{"INT", 130}, {"TERM", 143}}) {
    const std::string name = "SIG" + signal,
                      outputs =
                          "-o sarif:out/a.sarif -o json:out/a.json -o jsonl:out/a.jsonl -o full:out/a.txt -o "
                          "junit:out/a.xml "
                          "-o markdown:out/a.md -o gitlab:out/gitlab.json -o concise --save out/saved";
    const Outcome outcome = run_in(
        project.path(),
        "env --default-signal=INT " COROLINT " check src -j 1 --no-cache " + outputs +
            " & for i in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20; do sleep 0.1; done; kill -" +
            signal + " $!; wait $!");
    CAPTURE(signal);
    CAPTURE(outcome.err);
    CHECK(outcome.status == status);
    CHECK(outcome.err.find("error: interrupted by " + name + ": ") != std::string::npos);
    CHECK(outcome.err.find("of 7 units were not analysed, so findings may be missing or wrong") !=
          std::string::npos);
    CHECK(outcome.out.find("corolint: interrupted by " + name) != std::string::npos);
    const json log = json::parse(project.output("a.sarif"));
    const json& invocation = log["runs"][0]["invocations"][0];
    CHECK(invocation["executionSuccessful"] == false);
    CHECK(invocation["exitCode"] == status);
    CHECK(invocation["exitSignalName"] == name);
    const json report = json::parse(project.output("a.json"));
    CHECK(report["interrupted_by"] == name);
    const std::size_t left = report["broken_units"].size();
    CHECK(left >= 1);
    CHECK(report["findings"].size() + left == unit_count + 1);
    for (const char* file : {"a.jsonl", "a.txt"})
      CHECK(project.output(file).find("interrupted") != std::string::npos);
    for (const char* file : {"a.xml", "a.md", "gitlab.json"})
      CHECK(project.output(file).find("analysis was interrupted") != std::string::npos);
    const Outcome gated = run_in(project.path(), COROLINT " gate out/saved -o json --on-broken warn");
    CHECK(gated.status == status);
    CHECK(json::parse(gated.out)["interrupted_by"] == name);
  }
}

TEST_CASE("interruption: nothing is fixed and no baseline made of a part of the project") {
  const UnitsProject project;
  project.write("src/z.cpp", "#include \"pipe.h\"\n");
  run_in(project.path(), "mkfifo src/pipe.h");
  const auto interrupted = [&](const std::string& arguments) {
    return run_in(project.path(), "env --default-signal=INT " COROLINT " " + arguments +
                                      " --no-cache -j 1 & sleep 2; kill -INT $!; wait $!");
  };
  CHECK(interrupted("baseline create src").status == 130);
  CHECK(!fs::exists(project.path() / "src/.corolint-baseline.json"));
  const Outcome fixed = interrupted("check src --fix --unsafe-fixes");
  CHECK(fixed.status == 130);
  CHECK(fixed.err.find("Fixed") == std::string::npos);
  CHECK(interrupted("check src --diff --unsafe-fixes -o concise").out.find("@@") == std::string::npos);
  CHECK(run_in(project.path(), COROLINT " plan src -o out/plan").status == 0);
  CHECK(interrupted("facts out/plan -o out/facts -q").status == 130);
  CHECK(!fs::exists(project.path() / "out/facts/000006.facts.json"));
}

TEST_CASE("interruption: a signal that is to be ignored is ignored") {
  const UnitsProject project;
  const Outcome outcome = run_in(project.path(), "trap '' INT; " COROLINT
                                                 " check src -q --no-cache -o json & "
                                                 "sleep 0.3; kill -INT $!; wait $!");
  CHECK(outcome.status == 1);
  CHECK(json::parse(outcome.out)["findings"].size() == unit_count);
}
