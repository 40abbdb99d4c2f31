// Levels and options of rules: from the configuration and from the command line, for all files and for some.

#include <doctest/doctest.h>

#include <regex>

#include "engine/config_rules.h"
#include "engine/own_rules.h"
#include "engine/plan.h"
#include "fixture.h"
#include "program.h"
#include "rule/rule.h"
#include "sources.h"

using namespace corolint;

namespace {

const std::string blocks = lazy_task +
                           "extern \"C\" unsigned sleep(unsigned);\n"
                           "namespace log { static void flush() { sleep(1); } }\n"
                           "static void helper() { log::flush(); }\n"
                           "static task direct() { sleep(1); co_return; }\n"
                           "static task reaches() { helper(); co_return; }\n";
const std::string rule = "blocking-call-in-coroutine";

// A project with the source in src/ and in tests/, and this configuration.
struct Configured {
  explicit Configured(const std::string& config, std::map<std::string, std::string> more = {})
      : folder({{"src/a.cpp", blocks}, {"tests/a.cpp", blocks}, {"compile_flags.txt", "-std=c++20\n"}}) {
    folder.write(".corolint.yaml", config);
    for (const auto& [file, text] : more) folder.write(file, text);
  }
  Outcome check(const std::string& arguments = "") const {
    return run_corolint(folder.path(), "check -q -o concise src tests " + arguments);
  }
  ScratchFolder folder;
};

std::size_t count(const Outcome& outcome, const std::string& text) {
  std::size_t count = 0;
  for (std::size_t at = outcome.out.find(text); at != std::string::npos; at = outcome.out.find(text, at + 1))
    ++count;
  return count;
}

}  // namespace

TEST_CASE("options: every option of a rule has a kebab-case name and a sentence, and explain shows it") {
  unsigned options = 0;
  for (const RuleEntry& rule : all_rules())
    for (const Option& option : rule.rule.options) {
      ++options;
      CHECK(std::regex_match(std::string(option.name), std::regex("[a-z]+(-[a-z]+)*")));
      CHECK(!option.what.empty());
      CHECK(option.what.back() != '.');
      CHECK(rule.page_with_options().find("`" + std::string(option.name) + "`") != std::string::npos);
      CHECK(option.name != "level");
    }
  CHECK(options >= 2);
}

TEST_CASE("options: a rule that asks for an option that it does not declare fails loudly") {
  const Options options({{"known", true, "what it is"}}, {});
  CHECK(options.flag("known"));
  CHECK_THROWS_WITH(options.flag("other"), "the rule declares no such option 'other'");
  CHECK_THROWS(options.number("known"));
}

TEST_CASE("options: without configuration everything is found") {
  const Outcome outcome = Configured("").check();
  CHECK(count(outcome, "[" + rule + "]") == 4);
  CHECK(count(outcome, ": error: ") == 4);
}

TEST_CASE("options: values reach the rule in the unit and at the link") {
  const std::string head = "rules:\n  " + rule + ":\n";
  CHECK(count(Configured(head + "    allow: [sleep]\n").check(), rule) == 0);
  const Outcome flush = Configured(head + "    allow: [\"log::flush\"]\n").check();
  CHECK(count(flush, "'direct'") == 2);
  CHECK(count(flush, "'reaches'") == 0);
  CHECK(count(Configured(head + "    max-chain: 1\n").check(), "'reaches'") == 0);
  CHECK(count(Configured(head + "    max-chain: 2\n").check(), "'reaches'") == 2);
}

TEST_CASE("options: an override sets levels and options for some files") {
  const std::string head = "overrides:\n  - files: [\"tests/**\"]\n    rules: {" + rule + ": ";
  const Outcome off = Configured(head + "off}\n").check();
  CHECK(count(off, "src/a.cpp") == 2);
  CHECK(count(off, "tests/a.cpp") == 0);
  const Outcome allowed = Configured(head + "{allow: [\"log::flush\"]}}\n").check();
  CHECK(count(allowed, "'reaches'") == 1);
  CHECK(count(allowed, "'direct'") == 2);
}

TEST_CASE("levels: by name and by glob, a name wins over a glob") {
  CHECK(count(Configured("rules: {\"*\": off}\n").check(), rule) == 0);
  CHECK(Configured("rules: {\"*\": off}\n").check().status == 2);  // no rule is on
  const Outcome both = Configured("rules: {" + rule + ": note, \"blocking-*\": warning}\n").check();
  CHECK(both.status == 0);
  CHECK(count(both, ": note: ") == 4);
}

TEST_CASE("levels: flags go before the configuration, later ones before earlier ones") {
  const Configured project("rules: {" + rule + ": warning}\n");
  CHECK(count(project.check(), ": warning: ") == 4);
  CHECK(project.check("-D " + rule).status == 1);
  CHECK(count(project.check("-A '*' -W " + rule), ": warning: ") == 4);
  CHECK(count(project.check("-W " + rule + " -A 'blocking*'"), rule) == 0);
  CHECK(count(project.check("-A " + rule + " -D " + rule), ": error: ") == 4);
  CHECK(count(project.check("-c rules." + rule + "=note"), ": note: ") == 4);
  CHECK(count(project.check("-c 'rules." + rule + ".allow=[sleep]'"), rule) == 0);
}

TEST_CASE("levels: what a rule holds for less grave stays so, and an unknown name is told") {
  Finding finding;
  finding.rule = rule;
  const RuleEntry& entry = *find_rule(rule);
  REQUIRE(entry.rule.level == Level::error);
  finding.level = Level::note;
  CHECK(level_of(finding, entry, Level::warning) == Level::note);
  CHECK(level_of(finding, entry, Level::none) == Level::none);
  finding.level = Level::error;
  CHECK(level_of(finding, entry, Level::warning) == Level::warning);
  const Configured project("");
  const Outcome outcome = project.check("-D blocking-call-in-corotine");
  CHECK(outcome.status == 2);
  CHECK(outcome.err.find(
            "-D: no rule or group is called 'blocking-call-in-corotine'; did you mean 'blocking-call-in-"
            "coroutine'?") != std::string::npos);
}

TEST_CASE("levels: another level needs no new analysis, another option does") {
  RuleSettings plain, louder({{.rules = {{rule, {Level::note, {}}}}}});
  RuleSettings other({{.rules = {{rule, {std::nullopt, {{"max-chain", std::int64_t{3}}}}}}}});
  RuleSettings off({{.rules = {{rule, {Level::none, {}}}}}});
  CHECK(plain.facts_key("a.cpp") == louder.facts_key("a.cpp"));
  CHECK(plain.facts_key("a.cpp") != other.facts_key("a.cpp"));
  CHECK(plain.facts_key("a.cpp") != off.facts_key("a.cpp"));
  Plan one, two, three;
  one.rules = plain;
  two.rules = louder;
  three.rules = other;
  CHECK(digest_of(one) == digest_of(two));
  CHECK(digest_of(one) != digest_of(three));
}

TEST_CASE("levels: a rule that is off for all files does not run, one that is on for some does") {
  const auto runs = [](const std::vector<RuleBlock>& blocks) {
    for (const RuleEntry* one : RuleSettings(blocks).rules_to_run())
      if (one->name == rule) return true;
    return false;
  };
  const RuleBlock off{.rules = {{rule, {Level::none, {}}}}};
  const RuleBlock on_in_tests{.files = {"tests/**"}, .rules = {{rule, {Level::note, {}}}}};
  CHECK(runs({}));
  CHECK(!runs({off}));
  CHECK(runs({off, on_in_tests}));
  CHECK(!runs({on_in_tests, off}));
  CHECK(runs({off, {.folder = "lib", .is_fresh = true}}));
}

TEST_CASE("levels: stages carry them") {
  const Configured project("rules: {" + rule + ": {level: note, allow: [\"log::flush\"]}}\n");
  const auto path = project.folder.path();
  CHECK(run_corolint(path, "plan -o p.json src tests").status == 0);
  CHECK(run_corolint(path, "facts p.json -o f -q").status == 0);
  CHECK(run_corolint(path, "link p.json f -o r.json").status == 0);
  const Outcome outcome = run_corolint(path, "gate r.json -q -o concise");
  CHECK(outcome.status == 0);
  CHECK(outcome.out == project.check().out);
  CHECK(count(outcome, ": note: ") == 2);
}
