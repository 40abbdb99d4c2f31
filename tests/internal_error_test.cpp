// A mistake of corolint's own costs what the rule would have found in one unit, and is never silent.

#include <doctest/doctest.h>

#include <nlohmann/json.hpp>
#include <stdexcept>

#include "engine/stage_files.h"
#include "fixture.h"
#include "program.h"
#include "rule/pass.h"
#include "sources.h"

using namespace corolint;
using nlohmann::json;

namespace {

constexpr Message named{"named", "function '{0}'"};

const RuleEntry throws{
    "throws", {[](Pass&) { throw std::runtime_error("out of luck"); }, {}, Level::error, 0}, ""};
const RuleEntry names{"names",
                      {[](Pass& pass) {
                         for (const Function& function : pass.functions())
                           pass.report(function, &function.declaration(), named, {function.name()});
                       },
                       {named},
                       Level::error,
                       0},
                      ""};

const std::string trips = lazy_task + "task trips_it() { co_return; }\n";
const std::string fine = lazy_task + "task works() { co_return; }\n";

Outcome run_broken(const ScratchFolder& folder, const std::string& arguments) {
  return run_in(folder.path(), std::string(COROLINT_WITH_BROKEN_RULE) + " " + arguments);
}

}  // namespace

TEST_CASE("an exception that escapes a rule is told with the rule and the unit, and the other rules go on") {
  const std::vector<const RuleEntry*> rules = {&throws, &names};
  const UnitResult result = analyse_fixture(fixtures_folder() / "clean" / "line_server.cpp", rules);
  REQUIRE(result.broken);
  CHECK(result.broken->is_internal);
  CHECK(result.broken->file.ends_with("line_server.cpp"));
  CHECK(result.broken->cause == "internal error in rule throws: out of luck, please report it");
  CHECK(!result.findings.empty());
  CHECK(facts_from_text(facts_text(result), "")->broken->is_internal);
}

TEST_CASE("several mistakes in one unit are all told") {
  const std::vector<const RuleEntry*> rules = {&throws, &throws};
  const UnitResult result = analyse_fixture(fixtures_folder() / "clean" / "line_server.cpp", rules);
  REQUIRE(result.broken);
  CHECK(result.broken->cause.find("; internal error in rule throws: ") != std::string::npos);
}

TEST_CASE("exit 70: an internal error wins over findings and over --on-broken, the other units go on") {
  const ScratchFolder folder({{"fine.cpp", fine}, {"trips.cpp", trips}});
  for (const std::string options : {"", "--on-broken=warn ", "--fail-on never ", "-j 1 "}) {
    const Outcome outcome = run_broken(folder, "check . -o concise " + options + "-- -std=c++20");
    CHECK(outcome.status == 70);
    CHECK(outcome.err.find("error: not fully analysed: trips.cpp: internal error in rule throws: nobody "
                           "foresaw this, please report it\n") != std::string::npos);
    CHECK(outcome.err.find("1 of 2 units") != std::string::npos);
    CHECK(outcome.out.find("coroutine 'works'") != std::string::npos);
    CHECK(outcome.out.find("coroutine 'trips_it'") != std::string::npos);
  }
  CHECK(run_broken(folder, "check fine.cpp -- -std=c++20").status == 1);
}

TEST_CASE("an internal error is also told to machines") {
  const ScratchFolder folder(std::map<std::string, std::string>{{"trips.cpp", trips}});
  CHECK(run_broken(folder, "check . -q -o json:j -o sarif:s -- -std=c++20").status == 70);
  const json report = json::parse(read_file(folder.path() / "j"));
  CHECK(report["exit_status"] == 70);
  CHECK(report["broken_units"][0]["cause"].get<std::string>().starts_with("internal error in rule throws"));
  const json invocation = json::parse(read_file(folder.path() / "s"))["runs"][0]["invocations"][0];
  CHECK(invocation["executionSuccessful"] == false);
  CHECK(invocation["exitCode"] == 70);
}
