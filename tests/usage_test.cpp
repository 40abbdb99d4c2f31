// Wrong and unusual command lines: each is told in one line that says what to write instead, with status 2,
// with nothing on stdout, and before anything is analysed.

#include <doctest/doctest.h>

#include <vector>

#include "fixture.h"
#include "program.h"

using namespace corolint;

namespace {

struct Mistake {
  std::string arguments;
  std::string told;  // a part of the error
};

ScratchFolder project() {
  return ScratchFolder(std::map<std::string, std::string>{
      {"compile_flags.txt", "-std=c++20\n"}, {"src/a.cpp", "int a;\n"}, {"src/a.h", ""}, {"text.md", "a\n"}});
}

void check_all(const std::vector<Mistake>& mistakes) {
  const ScratchFolder folder = project();
  for (const auto& [arguments, told] : mistakes) {
    CAPTURE(arguments);
    const Outcome outcome = run_corolint(folder.path(), arguments);
    CHECK(outcome.status == 2);
    CHECK(outcome.out.empty());
    CHECK_MESSAGE(outcome.err.find("corolint: error: ") == 0, outcome.err);
    CHECK_MESSAGE(outcome.err.find(told) != std::string::npos, outcome.err);
    for (const char* of_a_library :
         {"json.exception", "not in {", "subcommand", "required TEXT", "not in range"})
      CHECK_MESSAGE(outcome.err.find(of_a_library) == std::string::npos, outcome.err);
  }
}

}  // namespace

TEST_CASE("usage: commands") {
  check_all({
      {"chekc", "there is no command, file or folder 'chekc'; did you mean 'check'? (see 'corolint --help')"},
      {"lps", "there is no command, file or folder 'lps'; did you mean 'lsp'? (see"},
      {"config", "'config' alone does nothing: it needs one of init, show, check, schema"},
      {"config shwo", "there is no 'config shwo'; did you mean 'config show'?"},
      {"config nonsense", "there is no 'config nonsense'; there are init, show, check, schema"},
      {"baseline", "it needs one of create, update, prune, explain, migrate"},
      {"baseline craete", "did you mean 'baseline create'?"},
      {"baseline explain", "'baseline explain' needs ID (see 'corolint baseline explain --help')"},
      {"cache purge", "there is no 'cache purge'; there are stat, clean, dir"},
      {"config check extra", "too many arguments for 'config check': 'extra'"},
      {"rules extra", "too many arguments for 'rules': 'extra'"},
      {"explain", "'explain' needs RULE"},
      {"explain nosuch", "there is no rule 'nosuch' ('corolint rules' lists them)"},
      {"explain blocking-call", "did you mean 'blocking-call-in-coroutine'?"},
      {"gate", "'gate' needs RESULT"},
      {"diff one.json", "'diff' needs more: OLD NEW"},
      {"plan", "'plan' needs --output FILE"},
      {"suppress src", "'suppress' needs --reason TEXT"},
      {"completion tcsh", "there is no 'tcsh' (it takes bash, zsh, fish)"},
      {"help chekc", "chekc"},
  });
}

TEST_CASE("usage: options and their values") {
  check_all({
      {"check --ouput json", "unknown option '--ouput' of 'check'; did you mean '--output'?"},
      {"check --timeout 3", "did you mean '--unit-timeout'?"},
      {"gate --fail-no=error r", "did you mean '--fail-on'?"},
      {"baseline create --reasn x",
       "unknown option '--reasn' of 'baseline create'; did you mean '--reason'?"},
      {"check -x", "unknown option '-x' of 'check'"},
      {"check src -o", "--output needs a value: --output FORMAT[:FILE]"},
      {"check src -D", "--deny needs a value: --deny RULE"},
      {"check src --fail-on", "--fail-on needs a value: --fail-on LEVEL"},
      {"check src --fail-on errors",
       "there is no 'errors'; did you mean 'error'? (it takes error, warning, note, never)"},
      {"check src --color sometimes", "(it takes auto, always, never)"},
      {"check src --chain long", "(it takes folded, full, none)"},
      {"check src --sarif-profile azure", "(it takes full, github, gitlab)"},
      {"check src --on-broken ignore", "(it takes fail, warn)"},
      {"check src -j 0", "--jobs: '0' is no whole number from 1 to 1024"},
      {"check src -j many", "--jobs: 'many' is no whole number from 1 to 1024"},
      {"check src --context -1", "'-1' is no whole number from 0 to 1000"},
      {"check src --unit-timeout never", "'never' is no whole number from 0 to 86400"},
      {"check src --max-memory lots", "--max-memory: 'lots' is no size such as 500M or 8G"},
      {"check src --cache-limit x", "--cache-limit: 'x' is no size such as 500M or 8G"},
      {"check src --since a --patch b", "--since and --patch cannot be given together"},
      {"check src --no-baseline --baseline b.json", "--baseline and --no-baseline cannot be given together"},
      {"check src --fix --diff", "--fix and --diff cannot be given together"},
      {"check src --unsafe-fixes", "--unsafe-fixes goes with --fix"},
      {"check src -o sarfi", "unknown format 'sarfi'; did you mean 'sarif'? (there are full, "},
      {"check src -o sarif:", "no file after 'sarif:'"},
      {"check src -o sarif -o json", "give one a file, as in 'json:FILE'"},
      {"check src -o sarif:none/x.sarif", "cannot write none/x.sarif: there is no folder none"},
      {"check src -o sarif:src", "cannot write src: it is a folder"},
      {"check src -D nosuch", "-D: no rule or group is called 'nosuch' ('corolint rules' lists them)"},
      {"check src -D blocking-call", "did you mean 'blocking-call-in-coroutine'?"},
      {"check src -A '[x'", "-A: '[x' is no glob"},
      {"check src -A '*'", "no rule is on"},
      {"check src --headers all", "'all' is neither 'project', 'none' nor a glob such as 'include/**'"},
      {"check src --path-map /src", "--path-map: '/src' is not of the form FROM=TO"},
      {"facts plan.json -o x --shard 5/4", "'5/4' is not of the form I/N"},
  });
}

TEST_CASE("usage: files that are not what they should be") {
  check_all({
      {"check nowhere.cpp", "'nowhere.cpp' does not exist: name a source file or a folder"},
      {"check ''", "a path is empty"},
      {"check src/a.h", "is a header: headers are analysed through the sources that include them"},
      {"check src -p nowhere", "nowhere', given with -p, does not exist"},
      {"check src -p src", "holds no compile_commands.json"},
      {"check src -p text.md", "configure the build again, or name another one with -p"},
      {"check src --baseline none.json",
       "the baseline none.json cannot be read: No such file or directory ("
       "'corolint baseline create' makes one)"},
      {"check src --baseline text.md", "text.md is no baseline: parse error at line 1, column 1"},
      {"check src --patch none", "the patch none cannot be read"},
      {"check src --patch text.md", "is no patch in the unified format"},
      {"check src --since HEAD", "git"},
      {"check src --models none.json", "none.json cannot be read"},
      {"check --files-from none", "--files-from: none cannot be read"},
      {"check --files-from compile_flags.txt",
       "1 file listed in compile_flags.txt are headers or no C++, and not analysed by themselves"},
      {"gate none.json", "none.json cannot be read"},
      {"gate text.md",
       "text.md is no result of 'corolint check --save' or 'corolint link', or only a part of one: parse "
       "error"},
      {"link text.md x -o y", "text.md is no plan of 'corolint plan': parse error"},
      {"config show /nowhere", "'/nowhere' does not lie in the project"},
      {"check src -c none.yaml", "none.yaml is no file: -c takes a file or KEY=VALUE"},
      {"check src -c gate.failon=error",
       "-c gate.failon=error: unknown key 'failon'; did you mean 'fail-on'?"},
      {"check src -c gate=1", "this must be a mapping of keys to values, not a number"},
  });
}

TEST_CASE("usage: words that other tools take work, too") {
  const ScratchFolder folder = project();
  const auto same = [&](const std::string& one, const std::string& other) {
    const Outcome a = run_corolint(folder.path(), one), b = run_corolint(folder.path(), other);
    CHECK(a.status == 0);
    CHECK_MESSAGE(a.out == b.out, one);
    CHECK(!a.out.empty());
  };
  same("version", "--version");
  same("help", "--help");
  same("help check", "check --help");
  same("help config show", "config show --help");
}
