// Mistakes in the configuration: each is told with its file, line and column and with what was probably
// meant, by the check and by `config check` alike.

#include <doctest/doctest.h>

#include "configured_folder.h"
#include "fixture.h"

using namespace corolint;

namespace {

const std::string rule = "blocking-call-in-coroutine";

}  // namespace

TEST_CASE("config: mistakes are told with file, line, column and what was probably meant") {
  const std::map<std::string, std::string> mistakes = {
      {"rule:\n", ".corolint.yaml:1:1: unknown key 'rule'; did you mean 'rules'?"},
      {"rules:\n  blocking-call-in-corotine: off\n",
       ".corolint.yaml:2:3: unknown rule 'blocking-call-in-corotine'; did you mean "
       "'blocking-call-in-coroutine'?"},
      {"rules: {" + rule + ": {levl: off}}\n",
       "unknown option of blocking-call-in-coroutine 'levl'; did you mean 'level'?"},
      {"rules: {" + rule + ": sometimes}\n", "unknown word 'sometimes'; there are off, note, warning, error"},
      {"rules: {" + rule + ": {max-chain: many}}\n", "this must be a number, not a word"},
      {"rules: {" + rule + ": {max-chain: -1}}\n", ".corolint.yaml:1:49: this must be at least 0"},
      {"rules: {" + rule + ": {allow: flush}}\n",
       "this must be a list, in brackets: [word, word], not a word"},
      {"rules: [" + rule + "]\n", ".corolint.yaml:1:9: this must be a mapping of keys to values, not a list"},
      {"rules: {" + rule + ": [error]}\n", "this must be a word or a mapping of keys to values, not a list"},
      {"rules: {" + rule + ": warn}\n", "unknown word 'warn'; did you mean 'warning'?"},
      {"rules: {lifetme: off}\n", "unknown rule 'lifetme'"},
      {"rules: {blockin: off}\n", "unknown rule 'blockin'; did you mean 'blocking'?"},
      {"strict: yes\n", "this must be true or false, not a word"},
      {"extends: base.yaml\n", "this must be a list, in brackets: [word, word], not a word"},
      {"Checks: '-*'\n", "unknown key 'Checks'; there are baseline, compile, exclude, "},
      {"compile: {query-driver: ['**']}\n",
       "'query-driver' cannot be set here: a tree must not name programs to run; give --query-driver on the"},
      {"executors: [{type: x, blocking: never}]\n", "unknown word 'never'; it can only be allowed"},
      {"headers: every\n", "unknown word 'every'; there are project, none"},
      {"models: [none.json]\n", ".corolint.yaml:1:10: "},
      {"rules: {\"x-*\": off}\n", ".corolint.yaml:1:16: no rule or group is called 'x-*'"},
      {"overrides: [{files: [\"a\"], rules: {\"x*\": off}}]\n", "no rule or group is called 'x*'"},
      {"version: 2\n", ".corolint.yaml:1:10: this must be 1"},
      {"minimum-tool-version: \"99.1\"\n", "this project needs corolint 99.1 or newer"},
      {"minimum-tool-version: latest\n", "'latest' is no version"},
      {"gate: {fail-on: errors}\n", "unknown word 'errors'; did you mean 'error'?"},
      {"rules: [\n", ".corolint.yaml:2:"},
      {"rules: {}\nrules: {}\n", "the key 'rules' stands here twice"},
      {"extends: [base.yaml]\n", ".corolint.yaml:1:11: "},
      {"exclude: [\"src/**\"]\n", "the configuration excludes the selected unit"},
  };
  for (const auto& [text, message] : mistakes) {
    CAPTURE(text);
    const ScratchFolder folder = configured_folder({{".corolint.yaml", text}});
    const Outcome outcome = check_sources(folder);
    CHECK(outcome.status == 2);
    CHECK(outcome.out.empty());
    CHECK(says(outcome, message));
    if (text.find("exclude") == std::string::npos) {
      const Outcome checked = run_corolint(folder.path(), "config check");
      CHECK(checked.status == 2);
      CHECK(says(checked, message));
    }
  }
}
