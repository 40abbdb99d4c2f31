// Groups of rules: for people who do not know the rules by name, and for those to come.

#include <doctest/doctest.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "engine/config_rules.h"
#include "engine/own_rules.h"
#include "fixture.h"
#include "output/output.h"
#include "program.h"
#include "sources.h"

using namespace corolint;
using nlohmann::json;

namespace {

// A project in which one rule of the group `blocking` and one of `lost-work` report.
ScratchFolder project(const std::string& config = "") {
  const std::string source = lazy_task +
                             "extern \"C\" unsigned sleep(unsigned);\n"
                             "task other();\n"
                             "task both() { sleep(1); other(); co_return; }\n";
  return ScratchFolder(std::map<std::string, std::string>{
      {"a.cpp", source}, {"compile_flags.txt", "-std=c++20\n"}, {".corolint.yaml", config}});
}

Outcome check(const ScratchFolder& folder, const std::string& arguments = "") {
  return run_corolint(folder.path(), "check -q -o concise " + arguments);
}

bool has(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

}  // namespace

TEST_CASE("groups: every rule is in one, and no group is called like a rule") {
  for (const RuleEntry* rule : every_rule()) {
    CAPTURE(rule->name);
    CHECK(!rule->rule.group.empty());
    CHECK(rule->rule.group.find_first_not_of("abcdefghijklmnopqrstuvwxyz-") == std::string_view::npos);
  }
  for (const std::string& group : rule_groups()) CHECK_MESSAGE(!find_rule(group), group);
}

TEST_CASE("groups: on the command line and in the configuration they mean all of their rules") {
  const ScratchFolder folder = project();
  CHECK(has(check(folder).out, "blocking-call-in-coroutine"));
  CHECK(!has(check(folder, "-A blocking").out, "blocking-call-in-coroutine"));
  CHECK(has(check(folder, "-A blocking").out, "discarded-awaitable"));
  CHECK(has(check(folder, "-A '*' -W lost-work").out, ": warning: "));
  CHECK(!has(check(project("rules: {blocking: off}\n")).out, "blocking-call-in-coroutine"));
  CHECK(has(check(project("rules: {lost-work: note}\n")).out, ": note: "));
}

TEST_CASE("groups: the name of a rule wins, and of groups and globs the longer one") {
  CHECK(has(check(project("rules: {blocking: off, blocking-call-in-coroutine: note}\n")).out, ": note: "));
  CHECK(has(check(project("rules: {\"*\": off, blocking: note}\n")).out, ": note: "));
  CHECK(!has(check(project("rules: {blocking: note, \"blocking-call*\": off}\n")).out, ": note: "));
}

TEST_CASE("groups: what has no options of its own takes none, and show names where a level comes from") {
  const Outcome refused = check(project("rules: {blocking: {max-chain: 3}}\n"));
  CHECK(refused.status == 2);
  CHECK(has(refused.err, ".corolint.yaml:1:20: this must be a word, not a mapping of keys to values"));
  const Outcome shown = run_corolint(project("rules: {blocking: note}\n").path(), "config show");
  CHECK(has(shown.out, "level: note"));
  CHECK(has(shown.out, ".corolint.yaml:1:19"));
}

TEST_CASE("groups: lists, pages, schema and SARIF know them") {
  const ScratchFolder folder = project();
  const json rules = json::parse(run_corolint(folder.path(), "rules -o json").out)["rules"];
  CHECK(rules.size() == every_rule().size());
  for (const json& rule : rules) CHECK(has(run_corolint(folder.path(), "rules").out, rule["group"]));
  CHECK(has(run_corolint(folder.path(), "rules -o markdown").out,
            "| `missing-timeout` | warning | cancellation |"));
  CHECK(has(run_corolint(folder.path(), "explain cancellation").out, "- missing-timeout: "));
  for (const std::string& group : rule_groups())
    CHECK(full_config_schema()["$defs"]["rules"]["properties"].contains(group));
  Report report;
  report.rules = {find_rule("missing-timeout")};
  const json tags =
      json::parse(as_sarif(report))["runs"][0]["tool"]["driver"]["rules"][0]["properties"]["tags"];
  CHECK(tags == json({"async", "coroutine", "cancellation", "external/cwe/cwe-1088", "cwe-1088"}));
}
