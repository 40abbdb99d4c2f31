// What the command line offers besides the checks: hints, completions, manual, doctor, ways to look at
// findings.

#include <doctest/doctest.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <sstream>

#include "fixture.h"
#include "output/format.h"
#include "program.h"
#include "rule/rule.h"
#include "sources.h"

using namespace corolint;
namespace fs = std::filesystem;

namespace {

bool has(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

// Returns the words of `corolint COMMAND --help` that are options.
std::vector<std::string> options_in_help(const std::string& command) {
  std::vector<std::string> options;
  std::istringstream words(run_corolint(SOURCE_DIR, command + " --help").out);
  for (std::string word; words >> word;) {
    const std::size_t comma = word.find(',');
    for (const std::string& part :
         {word.substr(0, comma), comma == std::string::npos ? "" : word.substr(comma + 1)})
      if (part.starts_with("--") && part.size() > 2 &&
          part.find_first_not_of("-abcdefghijklmnopqrstuvwxyz") == std::string::npos)
        options.push_back(part);
  }
  return options;
}

const std::vector<std::string> commands = {"check", "rules", "explain", "models", "plan",       "facts",
                                           "link",  "gate",  "graph",   "doctor", "completion", "man"};

}  // namespace

TEST_CASE("command line: what is nearly right gets a hint, and status 2") {
  const ScratchFolder folder;
  const auto says = [&](const std::string& arguments, const std::string& hint) {
    const Outcome outcome = run_corolint(folder.path(), arguments);
    CHECK(outcome.status == 2);
    CHECK_MESSAGE(has(outcome.err, hint), arguments << ": " << outcome.err);
    CHECK(outcome.out.empty());
  };
  says("explain missing-timeuot", "did you mean 'missing-timeout'?");
  says("check -o sarf", "did you mean 'sarif'?");
  says("check src", "'src' does not exist");
  folder.write("chekc/a.cpp", "int a;\n");
  CHECK(run_corolint(folder.path(), "chekc -- -std=c++20").status == 0);
}

TEST_SUITE_BEGIN("acceptance 8: help, manual, completions and schema agree");

TEST_CASE("command line: help, completions and manual name the same options") {
  const std::string man = run_corolint(SOURCE_DIR, "man").out;
  for (const std::string shell : {"bash", "zsh", "fish"}) {
    const Outcome script = run_corolint(SOURCE_DIR, "completion " + shell);
    CHECK(script.status == 0);
    unsigned seen = 0;
    for (const std::string& command : commands) {
      CHECK_MESSAGE(has(script.out, command), shell << " " << command);
      for (const std::string& option : options_in_help(command)) {
        CHECK_MESSAGE(has(script.out, shell == "fish" ? "-l " + option.substr(2) : option),
                      shell << " " << option);
        std::string in_man;
        for (const char c : option) in_man += c == '-' ? std::string("\\-") : std::string(1, c);
        CHECK_MESSAGE((option == "--help" || has(man, "\\fB" + in_man + "\\fR")), option);
        ++seen;
      }
    }
    CHECK(seen >= 30);
    for (const Format& format : formats()) CHECK(has(script.out, std::string(format.name)));
    for (const RuleEntry& rule : all_rules()) CHECK(has(script.out, std::string(rule.name)));
  }
}

TEST_CASE("command line: bash completes commands, options, their words and rules") {
  const ScratchFolder folder(std::map<std::string, std::string>{{"some_file.cpp", ""}});
  const auto completed = [&](const std::string& words) {
    const std::string script =
        std::string(COROLINT) + " completion bash >s && . ./s && COMP_WORDS=(" + words +
        ") && COMP_CWORD=$((${#COMP_WORDS[@]} - 1)) && _corolint && echo ${COMPREPLY[@]}";
    const Outcome outcome = run_in(folder.path(), "bash -eu -c '" + script + "'");
    CHECK_MESSAGE(outcome.status == 0, outcome.err);
    return outcome.out;
  };
  CHECK(completed("corolint expl") == "explain\n");
  CHECK(completed("corolint check --fail") == "--fail-on\n");
  CHECK(completed("corolint --fail") == "--fail-on\n");
  CHECK(completed("corolint check --color al") == "always\n");
  CHECK(completed("corolint gate -o sa") == "sarif\n");
  CHECK(completed("corolint explain missing-t") == "missing-timeout\n");
  CHECK(completed("corolint check some") == "some_file.cpp\n");
  CHECK(completed("corolint graph --fail") == "\n");
}

TEST_CASE("command line: zsh and fish take their completions") {
  const ScratchFolder folder;
  REQUIRE(run_in(folder.path(), "command -v zsh && command -v fish").status == 0);
  const std::string program = COROLINT;
  const Outcome zsh =
      run_in(folder.path(), program +
                                " completion zsh >_corolint && zsh -n _corolint && zsh -f -c 'autoload -Uz "
                                "compinit; compinit -u -d d; . ./_corolint; print ${_comps[corolint]}'");
  CHECK_MESSAGE(zsh.status == 0, zsh.err);
  CHECK(zsh.out == "_corolint\n");
  const Outcome fish =
      run_in(folder.path(),
             program +
                 " completion fish >c.fish && HOME=$PWD fish -N -c 'source c.fish; complete -C \"corolint "
                 "check --fail\"; complete -C \"corolint expl\"; complete -C \"corolint check --color al\"'");
  CHECK_MESSAGE(fish.status == 0, fish.err);
  for (const char* word : {"--fail-on", "explain", "always"}) CHECK(has(fish.out, word));
}

TEST_CASE("command line: the manual has no errors and all sections") {
  const ScratchFolder folder;
  const Outcome shown = run_in(
      folder.path(), std::string(COROLINT) + " man >m.1 && groff -man -Tutf8 -P-c -P-b -P-o -P-u -ww m.1");
  CHECK_MESSAGE(shown.status == 0, shown.err);
  CHECK(shown.err == "");
  for (const char* part : {"NAME", "SYNOPSIS", "COMMANDS", "EXIT STATUS", "ENVIRONMENT", "EXAMPLES"})
    CHECK(has(shown.out, part));
}

TEST_SUITE_END();

TEST_CASE("doctor: says what would be analysed, how, and with what") {
  const ScratchFolder folder({{"compile_flags.txt", "-std=c++20\n-fmodules-ts\n"},
                              {"a.cpp", "int a;\n"},
                              {"b.cpp", "#include \"no.h\"\n"},
                              {".corolint.yaml", "models: []\n"}});
  const Outcome all = run_corolint(folder.path(), "doctor");
  CHECK(all.status == 0);
  for (const char* part : {"compile_flags.txt", ".corolint.yaml", "libraries of corolint, 0 of your own",
                           "missing-timeout", "units             2", "-fmodules-ts (2 units)"})
    CHECK_MESSAGE(has(all.out, part), all.out);
  const Outcome good = run_corolint(folder.path(), "doctor a.cpp");
  CHECK_MESSAGE(has(good.out, "-std=c++20"), good.out);
  CHECK(has(good.out, "analysis          complete"));
  const Outcome bad = run_corolint(folder.path(), "doctor b.cpp");
  CHECK(has(bad.out, "INCOMPLETE"));
  CHECK(has(bad.out, "'no.h' file not found"));
}

TEST_CASE("doctor: names what stops a check, and its remedy") {
  const ScratchFolder folder(std::map<std::string, std::string>{{"a.cpp", "int a;\n"}});
  const Outcome outcome = run_corolint(folder.path(), "doctor");
  CHECK(outcome.status == 2);
  CHECK(has(outcome.out, "PROBLEM: no compile database found"));
  CHECK(has(outcome.out, "CMAKE_EXPORT_COMPILE_COMMANDS"));
  const Outcome headers = run_in(folder.path(), "COROLINT_RESOURCE_DIR=/nowhere " + std::string(COROLINT) +
                                                    " doctor a.cpp -- -std=c++20");
  CHECK(headers.status == 2);
  CHECK(has(headers.out, "PROBLEM: COROLINT_RESOURCE_DIR"));
}

TEST_CASE("command line: findings can be counted, and chains and source left out") {
  const Outcome counted = run_corolint(SOURCE_DIR, "check fixtures/demo --statistics");
  CHECK(counted.status == 1);
  CHECK(counted.out.starts_with(" errors  warnings  notes  rule\n"));
  CHECK(has(counted.out, "  all ("));
  const ScratchFolder folder(std::map<std::string, std::string>{
      {"a.cpp", "extern \"C\" unsigned sleep(unsigned);\n" + lazy_task +
                    "void helper() { sleep(1); }\ntask caller() {\n  helper();\n  co_return;\n}\n"}});
  const auto full = [&](const std::string& options) {
    return run_corolint(folder.path(), "check a.cpp -o full " + options + " -- -std=c++20").out;
  };
  const std::string with = full(""), without = full("--chain none --context 0");
  CHECK(has(with, "note: call chain"));
  CHECK(!has(without, "note: call chain"));
  CHECK(!has(without, " | "));
  CHECK(run_corolint(SOURCE_DIR, "check fixtures/demo --statistics -o json").status == 2);
}

TEST_CASE("command line: colours follow the flag, then NO_COLOR, then CLICOLOR_FORCE, then the terminal") {
  const auto is_colored = [](const std::string& environment, const std::string& flag) {
    return has(run_in(SOURCE_DIR, environment + " " + COROLINT + " check fixtures/demo -o full " + flag).out,
               "\x1b[");
  };
  CHECK(!is_colored("", ""));
  CHECK(is_colored("CLICOLOR_FORCE=1", ""));
  CHECK(!is_colored("CLICOLOR_FORCE=1 NO_COLOR=1", ""));
  CHECK(is_colored("NO_COLOR=1", "--color always"));
  CHECK(!is_colored("CLICOLOR_FORCE=1", "--color never"));
}

TEST_CASE("command line: every mark in the demo's findings has words") {
  const auto report = nlohmann::json::parse(run_corolint(SOURCE_DIR, "check fixtures/demo -o json").out);
  CHECK(report.at("findings").size() >= 10);
  for (const auto& finding : report.at("findings")) {
    CHECK(finding.at("label") != "");
    for (const auto& note : finding.at("notes")) CHECK(note.at("text") != "");
    for (const auto& step : finding.at("path")) CHECK(step.at("text") != "");
  }
}
