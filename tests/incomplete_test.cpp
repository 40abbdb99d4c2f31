// What is not known is said: where units are missing, the calls into them and the findings that they may
// change.

#include <doctest/doctest.h>

#include <nlohmann/json.hpp>

#include "fixture.h"
#include "program.h"

using namespace corolint;

namespace {

// A project of some files that compile against the fakes.
struct SmallProject : ScratchFolder {
  explicit SmallProject(std::map<std::string, std::string> files) : ScratchFolder(files) {
    const std::string lib = (fixtures_folder() / "lib").string();
    write("compile_flags.txt", "-std=c++20\n-nostdinc++\n-isystem\n" + lib + "/std\n-isystem\n" + lib +
                                   "/task\n-I\n" + lib + "\n");
  }

  nlohmann::json check(int status) const {
    const auto outcome = run_corolint(path(), "check . -o json:report.json");
    CHECK_MESSAGE(outcome.status == status, outcome.err);
    err = outcome.err;
    return nlohmann::json::parse(read_file(path() / "report.json"));
  }

  mutable std::string err;
};

std::string steps_of(const nlohmann::json& report) {
  std::string text;
  for (const auto& finding : report["findings"])
    for (const auto& step : finding["path"]) text += step["text"].get<std::string>() + "\n";
  return text;
}

const std::string coroutine =
    "#include \"task.h\"\n"
    "#include \"store.h\"\n"
    "task<void> serve() {\n"
    "  save();\n"
    "  compute();\n"
    "  co_return;\n"
    "}\n";
const std::string header = "#pragma once\nvoid save();\nvoid compute();\n";
const std::string compute = "#include \"store.h\"\nvoid compute() {}\n";

}  // namespace

TEST_CASE(
    "a call into a unit that does not parse is named, one into a plain function of another unit is not") {
  const SmallProject project({{"serve.cpp", coroutine},
                              {"store.h", header},
                              {"compute.cpp", compute},
                              {"save.cpp", "#include \"gone.h\"\nvoid save() {}\n"}});
  const auto report = project.check(3);
  REQUIRE(report["unseen_functions"].size() == 1);
  CHECK(report["unseen_functions"][0]["name"] == "save");
  CHECK(report["unseen_functions"][0]["caller"] == "serve");
  CHECK(report["unseen_functions"][0]["call"]["line"] == 4);
  CHECK(project.err.find("asynchronous code calls 1 function of which no body was analysed") !=
        std::string::npos);
  CHECK(project.err.find("'save', called by 'serve' at serve.cpp:4:3") != std::string::npos);
}

TEST_CASE("where all was analysed, functions without a body are nobody's business") {
  const SmallProject project({{"serve.cpp", coroutine}, {"store.h", header}, {"compute.cpp", compute}});
  const auto report = project.check(0);
  CHECK(report["unseen_functions"].empty());
  CHECK(project.err.find("not analysed") == std::string::npos);
}

TEST_CASE("a virtual call's step says that overriders may be missing, if units are") {
  std::map<std::string, std::string> files = {
      {"log.h", "#pragma once\nstruct log { virtual ~log() {} virtual void flush() = 0; };\n"},
      {"disk.cpp",
       "#include \"log.h\"\n#include <unistd.h>\nstruct disk : log { void flush() override { fsync(1); } };\n"
       "log* make() { return new disk; }\n"},
      {"serve.cpp",
       "#include \"task.h\"\n#include \"log.h\"\n"
       "task<void> serve(log& out) {\n  out.flush();\n  co_return;\n}\n"}};
  const std::string doubt = "there may be more overriders in units that were not analysed";
  CHECK(steps_of(SmallProject(files).check(1)).find(doubt) == std::string::npos);
  files["broken.cpp"] = "#include \"gone.h\"\n";
  CHECK(steps_of(SmallProject(files).check(1)).find(doubt) != std::string::npos);
}

TEST_CASE("a function of which units see different bodies is followed into the worse one, and that is said") {
  const std::string flush =
      "#pragma once\n#include <unistd.h>\n#ifdef DURABLE\ninline void flush() { fsync(1); }\n"
      "#else\ninline void flush() {}\n#endif\ninline void save() { flush(); }\n";
  const SmallProject project(
      {{"flush.h", flush},
       {"durable.cpp", "#define DURABLE\n#include \"flush.h\"\nvoid end() { save(); }\n"},
       {"serve.cpp",
        "#include \"task.h\"\n#include \"flush.h\"\n"
        "task<void> serve() {\n  save();\n  co_return;\n}\n"}});
  const auto report = project.check(1);
  REQUIRE(report["findings"].size() == 1);
  CHECK(report["findings"][0]["place"]["file"] == "serve.cpp");
  CHECK(steps_of(report).find("'flush' (units see different bodies of it)") != std::string::npos);
}

TEST_CASE("a function with a statement that Clang drops is left out: what it does not show may be in there") {
  const SmallProject project(std::map<std::string, std::string>{
      {"run.cpp",
       "#include \"task.h\"\nnamespace lib {}\ntask<void> work();\n"
       "task<void> run() {\n  auto t = work();\n  co_await lib::missing(std::move(t));\n}\n"
       "task<void> drops() {\n  auto u = work();\n  co_return;\n}\n"}});
  const auto report = project.check(1);
  REQUIRE(report["findings"].size() == 1);
  CHECK(report["findings"][0]["place"]["line"] == 9);
}

TEST_CASE("files with coroutines that no unit reads are named, to people and to machines") {
  const std::string coroutine = "task<void> runs() { co_return; }\n";
  const SmallProject project(
      std::map<std::string, std::string>{{"a.cpp", "#include \"task.h\"\n#include \"used.h\"\n"},
                                         {"used.h", coroutine},
                                         {"lonely.h", coroutine},
                                         {"third_party/other.h", coroutine},
                                         {"plain.h", "int no_co_returner;\n"},
                                         {"build/CMakeCache.txt", ""},
                                         {"build/made.h", coroutine},
                                         {"submodule/.git", "gitdir: elsewhere"},
                                         {"submodule/other.h", coroutine},
                                         {"system/other.h", coroutine},
                                         {".git/HEAD", ""},
                                         {".corolint.yaml", "exclude: [third_party]\n"}});
  project.write("compile_flags.txt", read_file(project.path() / "compile_flags.txt") + "-isystem\nsystem\n");
  const auto report = project.check(0);
  CHECK(report["unread_files"] == nlohmann::json{"lonely.h"});
  const Outcome again = run_corolint(project.path(), "check . -o sarif");
  CHECK(again.err.find("1 file with coroutines is read by no unit, and so not analysed:\n  lonely.h\n") !=
        std::string::npos);
  CHECK(again.out.find("'lonely.h' holds coroutines, but no unit reads it.") != std::string::npos);
}

TEST_CASE("what lies outside the folder that a file of flags stands for is not named") {
  const ScratchFolder folder({{"part/compile_flags.txt", "-std=c++20\n"},
                              {"part/a.cpp", "int a;\n"},
                              {"other/b.cpp", "task b() { co_return; }\n"},
                              {".git/HEAD", ""}});
  const Outcome outcome = run_corolint(folder.path(), "check part");
  CHECK(outcome.status == 0);
  CHECK_MESSAGE(outcome.err.find("read by no unit") == std::string::npos, outcome.err);
}
