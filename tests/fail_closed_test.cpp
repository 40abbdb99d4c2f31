// Whatever keeps a run from being whole has a status and a message of its own, and none looks like a clean
// run.

#include <doctest/doctest.h>
#include <unistd.h>

#include "fixture.h"
#include "program.h"
#include "sources.h"

using namespace corolint;
namespace fs = std::filesystem;

namespace {

const std::string good = lazy_task + "task fine() { co_return; }\n";
const std::string bad =
    lazy_task + "extern \"C\" unsigned sleep(unsigned);\ntask blocks() { sleep(1); co_return; }\n";

void expect(const Outcome& outcome, int status, const std::string& message) {
  CAPTURE(outcome.out);
  CAPTURE(outcome.err);
  CHECK(outcome.status == status);
  CHECK(outcome.err.find(message) != std::string::npos);
}

std::string database(const fs::path& folder, const std::string& flags) {
  return "[{\"directory\": \"" + folder.string() + "\", \"file\": \"a.cpp\", \"command\": \"c++ " + flags +
         " -std=c++20 -c a.cpp\"}]";
}

}  // namespace

TEST_SUITE_BEGIN("acceptance 3: fail closed");

TEST_CASE("fail closed: no database") {
  const ScratchFolder folder(std::map<std::string, std::string>{{"a.cpp", good}});
  expect(run_corolint(folder.path(), "check a.cpp"), 2, "compile_commands.json");
}

TEST_CASE("fail closed: an empty database, and one that is cut off") {
  const ScratchFolder folder({{"a.cpp", good}, {"compile_commands.json", "[]"}});
  expect(run_corolint(folder.path(), "check"), 2, "compile_commands.json");
  folder.write("compile_commands.json", database(folder.path(), "").substr(0, 40));
  expect(run_corolint(folder.path(), "check"), 2, "compile_commands.json");
}

TEST_CASE("fail closed: nothing selected") {
  const ScratchFolder folder({{"a.cpp", good}, {"empty/x.txt", ""}});
  folder.write("compile_commands.json", database(folder.path(), ""));
  expect(run_corolint(folder.path(), "check empty"), 2, "nothing to analyse");
}

TEST_CASE("fail closed: a missing header") {
  const ScratchFolder folder(
      std::map<std::string, std::string>{{"a.cpp", "#include \"missing.h\"\n" + good}});
  expect(run_corolint(folder.path(), "check a.cpp -- -std=c++20"), 3, "'missing.h' file not found");
}

TEST_CASE("fail closed: a flag that Clang does not take") {
  const ScratchFolder folder(std::map<std::string, std::string>{{"a.cpp", good}});
  folder.write("compile_commands.json", "[{\"directory\": \"" + folder.path().string() +
                                            "\", \"file\": \"a.cpp\", \"arguments\": "
                                            "[\"c++\", \"-std=c++99\", \"-c\", \"a.cpp\"]}]");
  expect(run_corolint(folder.path(), "check"), 3, "c++99");
}

TEST_CASE("fail closed: no rule is on") {
  const ScratchFolder folder(std::map<std::string, std::string>{{"a.cpp", bad}});
  expect(run_corolint(folder.path(), "check a.cpp -A '*' -- -std=c++20"), 2, "no rule is on");
}

TEST_CASE("fail closed: a configuration that cannot be read or understood") {
  const ScratchFolder folder({{"a.cpp", good}, {".corolint.yaml", "rules: [\n"}});
  expect(run_corolint(folder.path(), "check a.cpp -- -std=c++20"), 2, ".corolint.yaml:");
  if (geteuid() == 0) return;  // root may read everything
  folder.write(".corolint.yaml", "");
  fs::permissions(folder.path() / ".corolint.yaml", fs::perms::none);
  expect(run_corolint(folder.path(), "check a.cpp -- -std=c++20"), 2, ".corolint.yaml cannot be read");
}

TEST_CASE("fail closed: a worker that crashes, and one that is killed") {
  const ScratchFolder folder({{"a.cpp", good + "#pragma clang __debug crash\n"}, {"b.cpp", good}});
  expect(run_corolint(folder.path(), "check . -j 2 -- -std=c++20"), 3, "a.cpp: analysis crashed");
  // The header is a pipe that nobody writes to: the worker waits until it is killed, and so does the
  // one that tries again.
  folder.write("a.cpp", "#include \"pipe.h\"\n" + good);
  const Outcome killed =
      run_in(folder.path(), "mkfifo pipe.h; " + std::string(COROLINT) +
                                " check a.cpp b.cpp -j 1 -- -std=c++20 & main=$!\n"
                                "while kill -0 $main 2>/dev/null; do sleep 0.5; kill -9 $(cat "
                                "/proc/$main/task/$main/children) 2>/dev/null; done; wait $main");
  expect(killed, 3, "a.cpp: analysis was ended from outside: Killed");
  CHECK(killed.err.find("1 of 2 units") != std::string::npos);
}

TEST_CASE("fail closed: a full disk") {
  if (!fs::exists("/dev/full")) return;
  const ScratchFolder folder(std::map<std::string, std::string>{{"a.cpp", bad}});
  expect(run_corolint(folder.path(), "check a.cpp -o sarif:/dev/full -- -std=c++20"), 2,
         "cannot write /dev/full");
  expect(run_corolint(folder.path(), "check a.cpp -- -std=c++20 >/dev/full"), 2, "cannot write to stdout");
  expect(run_corolint(folder.path(), "rules >/dev/full"), 2, "cannot write to stdout");
  expect(run_corolint(folder.path(), "check a.cpp --save /dev/full -- -std=c++20"), 2,
         "cannot write /dev/full");
  expect(run_corolint(folder.path(), "baseline create a.cpp --baseline /dev/full -- -std=c++20"), 2,
         "/dev/full");
}

TEST_CASE("fail closed: stdout is closed") {
  const ScratchFolder folder({{"a.cpp", bad}, {"good.cpp", good}});
  expect(run_corolint(folder.path(), "check a.cpp -- -std=c++20 >&-"), 2, "cannot write to stdout");
  // Nothing is to be written: then it does not matter.
  CHECK(run_corolint(folder.path(), "check good.cpp -o concise -- -std=c++20 >&-").status == 0);
  CHECK(run_corolint(folder.path(), "rules >&-").status == 2);
}

TEST_CASE(
    "fail closed: findings win over units that could not be analysed, and each switch changes its own") {
  const ScratchFolder folder({{"a.cpp", bad}, {"broken.cpp", "#include \"missing.h\"\n"}});
  const auto status = [&](const std::string& options) {
    return run_corolint(folder.path(), "check . -q " + options + " -- -std=c++20").status;
  };
  CHECK(status("") == 1);
  CHECK(status("--exit-zero") == 3);
  CHECK(status("--on-broken=warn") == 1);
  CHECK(status("--exit-zero --on-broken=warn") == 0);
  CHECK(status("--fail-on never") == 3);
}

TEST_CASE("gate: several results are one report, and the strictest settings hold") {
  const ScratchFolder folder({{"a.cpp", bad},
                              {"b.cpp", lazy_task + "task w();\ntask drops() { w(); co_return; }\n"},
                              {"broken.cpp", "#include \"missing.h\"\n"}});
  const auto save = [&](const std::string& file, const std::string& options) {
    run_corolint(folder.path(),
                 "check -q " + file + ".cpp --save " + file + ".json " + options + " -- -std=c++20");
  };
  save("a", "-c gate.fail-on=never");
  save("b", "");
  save("broken", "");
  const auto gate = [&](const std::string& words) {
    return run_corolint(folder.path(), "gate -o concise " + words);
  };
  CHECK(gate("a.json").status == 0);
  const Outcome both = gate("a.json b.json");
  CHECK(both.status == 1);
  CHECK(both.out.find("'blocks'") != std::string::npos);
  CHECK(both.out.find("b.cpp:") != std::string::npos);
  CHECK(both.err.find("2 of 2 units") != std::string::npos);
  CHECK(gate("b.json a.json").out == both.out);
  CHECK(gate("a.json a.json").out == gate("a.json").out);
  CHECK(gate("a.json broken.json").status == 1);  // the other project's settings fail on errors
  CHECK(gate("a.json broken.json --fail-on never").status == 3);
  CHECK(gate("a.json broken.json --fail-on never --on-broken=warn").status == 0);
  CHECK(gate("b.json broken.json").status == 1);
  folder.write("cut.json", read_file(folder.path() / "a.json").substr(0, 50));
  expect(gate("a.json cut.json"), 2, "cut.json is no result");
  expect(gate("a.json none.json"), 2, "none.json cannot be read");
}

TEST_SUITE_END();
