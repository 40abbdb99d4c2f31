// The configuration: where it is found, what of it wins, and that a mistake in it is told with its place.

#include <doctest/doctest.h>

#include <nlohmann/json.hpp>

#include "configured_folder.h"
#include "fixture.h"
#include "project/path_glob.h"
#include "rule/rule.h"

using namespace corolint;
namespace fs = std::filesystem;

namespace {

const std::string rule = "blocking-call-in-coroutine";

}  // namespace

TEST_CASE("config: a path glob knows folders") {
  for (const char* path : {"tests/a.cpp", "tests/x/a.cpp", "tests"}) CHECK(matches_path("tests", path));
  CHECK(matches_path("tests/**", "tests/x/a.cpp"));
  CHECK(matches_path("tests/", "tests/a.cpp"));
  CHECK(!matches_path("tests/*.cpp", "tests/x/a.cpp"));
  CHECK(matches_path("**/*.pb.h", "a.pb.h"));
  CHECK(matches_path("**/*.pb.h", "x/y/a.pb.h"));
  CHECK(!matches_path("*.h", "x/a.h"));
  CHECK(matches_path("src/{a,b}.cpp", "src/b.cpp"));
  CHECK(matches_path("src/[ab].cpp", "src/a.cpp"));
  CHECK(!matches_path("src/[!ab].cpp", "src/a.cpp"));
  CHECK(!matches_path("tests", "mytests/a.cpp"));
  CHECK(!matches_path("a.cpp", "aXcpp"));
}

TEST_CASE("config: extends comes before what extends it, and a cycle is told") {
  const ScratchFolder folder =
      configured_folder({{".corolint.yaml", "extends: [ci/base.yaml]\n"},
                         {"ci/base.yaml", "extends: [more.yaml]\nrules: {" + rule + ": note}\n"},
                         {"ci/more.yaml", "rules: {" + rule + ": off}\ngate: {fail-on: note}\n"}});
  const Outcome outcome = check_sources(folder);
  CHECK(says(outcome, ": note: "));
  CHECK(outcome.status == 1);
  folder.write(".corolint.yaml", "extends: [ci/base.yaml]\nrules: {" + rule + ": warning}\n");
  CHECK(says(check_sources(folder), ": warning: "));
  folder.write("ci/more.yaml", "extends: [../.corolint.yaml]\n");
  const Outcome cycle = check_sources(folder);
  CHECK(cycle.status == 2);
  CHECK(says(cycle, "extends itself"));
}

TEST_CASE("config: a folder below the root has its own, which inherits only if it says so") {
  const std::string root = "rules: {" + rule + ": note}\n";
  ScratchFolder folder = configured_folder({{".corolint.yaml", root},
                                            {"src/.corolint.yaml", "rules: {missing-timeout: off}\n"},
                                            {"other/b.cpp", blocking_source}});
  const auto both = [&] { return run_corolint(folder.path(), "check -q -o concise src other"); };
  CHECK(says(both(), "other/b.cpp:16:17: note: "));
  CHECK(says(both(), "src/a.cpp:16:17: error: "));
  folder.write("src/.corolint.yaml", "inherit: true\nrules: {missing-timeout: off}\n");
  CHECK(says(both(), "src/a.cpp:16:17: note: "));
  folder.write("src/.corolint.yaml", "rules: {" + rule + ": off}\n");
  CHECK(both().out.find("src/a.cpp") == std::string::npos);
  folder.write("src/.corolint.yaml", "gate: {fail-on: never}\n");
  const Outcome misplaced = both();
  CHECK(misplaced.status == 2);
  CHECK(says(misplaced, "src/.corolint.yaml:1:8: 'gate' holds for a whole project"));
}

TEST_CASE("config: the outermost one in the repository is the project's, unless one says that it is a root") {
  ScratchFolder folder = configured_folder({{".git/HEAD", ""},
                                            {".corolint.yaml", "rules: {" + rule + ": warning}\n"},
                                            {"src/.corolint.yaml", "inherit: true\n"}});
  const Outcome outer = run_corolint(folder.path(), "check src -o json");
  CHECK(nlohmann::json::parse(outer.out)["findings"][0]["place"]["file"] == "src/a.cpp");
  CHECK(nlohmann::json::parse(outer.out)["findings"][0]["level"] == "warning");
  folder.write("src/.corolint.yaml", "root: true\n");
  const Outcome inner = run_corolint(folder.path(), "check src -o json");
  CHECK(nlohmann::json::parse(inner.out)["findings"][0]["place"]["file"] == "a.cpp");
  CHECK(nlohmann::json::parse(inner.out)["findings"][0]["level"] == "error");
}

TEST_CASE("config: excluded files are neither analysed nor reported in") {
  const ScratchFolder folder =
      configured_folder({{"src/b.cpp", blocking_source}, {".corolint.yaml", "exclude: [\"**/b.cpp\"]\n"}});
  const Outcome outcome = run_corolint(folder.path(), "check -o concise src");
  CHECK(says(outcome, "src/a.cpp"));
  CHECK(outcome.out.find("src/b.cpp") == std::string::npos);
  CHECK(says(outcome, "1 unit is excluded by the configuration"));
  folder.write("src/c.h", blocking_source);
  folder.write("src/a.cpp", "#include \"c.h\"\n");
  CHECK(says(check_sources(folder), "src/c.h"));
  folder.write(".corolint.yaml", "exclude: [\"**/b.cpp\", src/c.h]\n");
  CHECK(check_sources(folder).out.empty());
}

TEST_CASE("config: the command line goes before the environment, that before files") {
  const ScratchFolder folder = configured_folder({{".corolint.yaml", "gate: {fail-on: never}\n"}});
  CHECK(check_sources(folder).status == 0);
  const std::string program = "COROLINT_GATE_FAIL_ON=error " + std::string(COROLINT) + " check -q src";
  CHECK(run_in(folder.path(), program).status == 1);
  CHECK(run_in(folder.path(), program + " -c gate.fail-on=never").status == 0);
  CHECK(run_in(folder.path(), program + " --fail-on never").status == 0);
  CHECK(run_in(folder.path(), program + " --exit-zero").status == 0);
  const Outcome wrong = run_in(folder.path(), "COROLINT_GATE_FAIL_ON=nope " + std::string(COROLINT) + " src");
  CHECK(wrong.status == 2);
  CHECK(says(wrong, "COROLINT_GATE_FAIL_ON=nope: unknown word 'nope'"));
  CHECK(check_sources(folder, "--isolated").status == 1);
  folder.write("ci.yaml", "gate: {fail-on: error}\n");
  CHECK(check_sources(folder, "-c ci.yaml").status == 1);
  CHECK(run_in(folder.path(), "COROLINT_CONFIG=ci.yaml " + std::string(COROLINT) + " check -q src").status ==
        1);
  CHECK(check_sources(folder, "-c missing.yaml").status == 2);
  CHECK(says(check_sources(folder, "-c gate.fial-on=error"),
             "-c gate.fial-on=error: unknown key 'fial-on'; did you mean 'fail-on'?"));
}

TEST_CASE("config: show names the place of every value") {
  const ScratchFolder folder = configured_folder(
      {{".corolint.yaml", "rules:\n  " + rule +
                              ":\n    level: warning\n    max-chain: 3\nexclude: [\"gen/**\"]\n"
                              "overrides:\n  - files: [\"src/**\"]\n    rules: {missing-timeout: off}\n"}});
  const std::string file = (folder.path() / ".corolint.yaml").string();
  const Outcome all = run_corolint(folder.path(), "config show");
  CHECK(all.status == 0);
  CHECK(says(all, "    level: warning                  # " + file + ":3:12"));
  CHECK(says(all, "    max-chain: 3                    # " + file + ":4:16"));
  CHECK(says(all, "gate.fail-on: error"));
  CHECK(says(all, "exclude: gen/**"));
  const Outcome one = run_corolint(folder.path(), "config show src/a.cpp -W missing-timeout");
  CHECK(says(one, "    level: warning                  # -W missing-timeout"));
  CHECK(says(run_corolint(folder.path(), "config show src/a.cpp"),
             "    level: off                      # " + file + ":8:30"));
  for (const RuleEntry& entry : all_rules()) CHECK(says(all, "  " + std::string(entry.name) + ":"));
}

TEST_CASE("config: init writes one that is in order and changes nothing, and overwrites none") {
  const ScratchFolder folder = configured_folder({});
  const std::string before = check_sources(folder).out;
  CHECK(run_corolint(folder.path(), "config init").status == 0);
  CHECK(run_corolint(folder.path(), "config check").status == 0);
  CHECK(check_sources(folder).out == before);
  const Outcome again = run_corolint(folder.path(), "config init");
  CHECK(again.status == 2);
  CHECK(says(again, "is there already"));
}

TEST_SUITE_BEGIN("acceptance 8: help, manual, completions and schema agree");

TEST_CASE("config: the schema knows every rule and option, and JSON is read too") {
  const ScratchFolder folder = configured_folder({});
  const auto schema = nlohmann::json::parse(run_corolint(folder.path(), "config schema").out);
  for (const RuleEntry& entry : all_rules()) {
    const auto& described = schema["$defs"]["rules"]["properties"][std::string(entry.name)];
    REQUIRE(described.is_object());
    for (const Option& option : entry.rule.options)
      CHECK(described["oneOf"][1]["properties"].contains(std::string(option.name)));
  }
  folder.write(".corolint.json", "{\"rules\": {\"" + rule + "\": \"note\"}}");
  CHECK(says(check_sources(folder), ": note: "));
  folder.write(".corolint.json", "");
  CHECK(says(check_sources(folder), ": error: "));
}

TEST_SUITE_END();

TEST_CASE("config: blocking is allowed on the executors that it names") {
  const std::string source = lazy_task +
                             "extern \"C\" unsigned sleep(unsigned);\n"
                             "namespace net { struct cpu_pool { template <class F> void run(F) {} }; }\n"
                             "struct io_pool { template <class F> void run(F) {} };\n"
                             "template <class P, class F> void run_on(P&, F) {}\n"
                             "task runs(net::cpu_pool& pool, io_pool& io) {\n"
                             "  pool.run([]() -> task { sleep(1); co_return; });\n"
                             "  run_on(pool, []() -> task { sleep(2); co_return; });\n"
                             "  run_on(io, []() -> task { sleep(3); co_return; });\n"
                             "  co_return;\n}\n";
  const ScratchFolder folder(std::map<std::string, std::string>{
      {"compile_flags.txt", "-std=c++20\n"},
      {"src/a.cpp", source},
      {".corolint.yaml", "executors:\n  - {type: \"net::cpu_pool\", blocking: allowed}\n"}});
  const std::string out = check_sources(folder).out;
  CHECK_MESSAGE(std::count(out.begin(), out.end(), '\n') == 1, out);
  CHECK(out.find("[blocking-call-in-coroutine]") != std::string::npos);
  CHECK(out.find("lambda") != std::string::npos);
  CHECK(says(run_corolint(folder.path(), "config show"),
             "executors: {\"blocking\":\"allowed\",\"type\":\"net::cpu_pool\"}"));
}

TEST_CASE("config: flags of the compile database are taken out and added") {
  const ScratchFolder folder(std::map<std::string, std::string>{
      {"compile_flags.txt", "-std=c++20\n-DOLD=1\n"},
      {"src/a.cpp", "#if defined(OLD) || !defined(NEW)\n#error flags\n#endif\n" + blocking_source},
      {".corolint.yaml", "compile:\n  remove: [\"-DOLD*\"]\n  add: [\"-DNEW\"]\n"}});
  CHECK(says(check_sources(folder), "[blocking-call-in-coroutine]"));
  CHECK(says(run_corolint(folder.path(), "check -q --isolated src"), "not fully analysed: src/a.cpp"));
  CHECK(says(run_corolint(folder.path(), "config show"), "compile.add: -DNEW"));
}
