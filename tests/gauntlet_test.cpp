// Edits that must not make an old finding new, and edits that must not hide a new one. Each is a script over
// one small project: its findings go into a baseline, the edit is made, and the check has to tell exactly
// what has come. The same edits over a real tree are `./dev gauntlet DIR`.

#include <doctest/doctest.h>

#include <nlohmann/json.hpp>

#include "fixture.h"
#include "program.h"
#include "sources.h"

using namespace corolint;
namespace fs = std::filesystem;
using nlohmann::json;

namespace {

const std::string header =
    "#pragma once\n" + lazy_task +
    "extern \"C\" unsigned sleep(unsigned);\nextern \"C\" int usleep(unsigned);\n"
    "void prepare(int);\nvoid finish(int);\ntask work();\n"
    "namespace net {\nstruct session {\n  task run(int attempt);\n  task run(long attempt);\n"
    "  task close();\n};\n}\n";

const std::string run_int = R"(task net::session::run(int attempt) {
  int counter = attempt;
  prepare(counter);
  sleep(1);
  finish(counter);
  co_return;
}
)";

const std::string run_long = R"(task net::session::run(long attempt) {
  auto later = [attempt]() -> task {
    sleep(attempt);
    co_return;
  };
  co_await later();
}
)";

const std::string closes = R"(task net::session::close() {
  work();
  co_return;
}
)";

const std::string twice = R"(template <typename T>
task twice(T value) {
  usleep(value);
  co_return;
}
task use_int() { co_await twice(1); }
)";

const std::string chain = R"(void store() {
  prepare(1);
  usleep(7);
}
task saves() {
  store();
  co_return;
}
)";

const std::string include = "#include \"task.h\"\n";
const std::string all = include + run_int + run_long + closes + twice + chain;

std::string replaced(std::string text, const std::string& what, const std::string& with) {
  const std::size_t at = text.find(what);
  REQUIRE_MESSAGE(at != std::string::npos, what);
  return text.replace(at, what.size(), with);
}

// A repository with the project and its findings in a baseline, all committed.
class Gauntlet {
 public:
  Gauntlet() : folder_({{"src/task.h", header}, {"src/a.cpp", all}, {"compile_flags.txt", "-std=c++20\n"}}) {
    run("git init -q && git config user.email a@b && git config user.name a");
    run(std::string(COROLINT) + " baseline create src");
    run(std::string(COROLINT) + " check -q --exit-zero --no-baseline --save .git/old.json src");
    run("git add . && git commit -qm 1");
    CHECK(check("--no-baseline")["findings"].size() == 5);
    CHECK(check("")["findings"].empty());
  }

  void run(const std::string& command) const {
    const Outcome outcome = run_in(folder_.path(), command);
    CAPTURE(command);
    CAPTURE(outcome.err);
    REQUIRE(outcome.status == 0);
  }

  void write(const std::string& file, const std::string& text) const { folder_.write(file, text); }

  json check(const std::string& arguments) const {
    const Outcome outcome = run_corolint(folder_.path(), "check -q --exit-zero -o json src " + arguments);
    CAPTURE(outcome.err);
    REQUIRE(outcome.status == 0);
    return json::parse(outcome.out);
  }

  // Checks that so many findings are new and so many known ones gone, by the baseline and by `diff` alike.
  json expect(std::size_t fresh, std::size_t fixed) const {
    const json report = check("--save .git/new.json");
    CHECK_MESSAGE(report["findings"].size() == fresh, report["findings"].dump(1));
    const Outcome pruned = run_corolint(folder_.path(), "baseline prune src");
    CHECK(static_cast<std::size_t>(std::count(pruned.out.begin(), pruned.out.end(), '\n')) == fixed);
    CHECK(pruned.status == (fixed > 0 ? 1 : 0));
    const Outcome diff =
        run_corolint(folder_.path(), "diff .git/old.json .git/new.json -o concise --exit-zero");
    const std::string counts = std::to_string(fresh) + " introduced, " + std::to_string(fixed) + " fixed, " +
                               std::to_string(5 - fixed) + " unchanged.";
    CHECK_MESSAGE(diff.err.find(counts) != std::string::npos, diff.err);
    return report;
  }

 private:
  ScratchFolder folder_;
};

}  // namespace

TEST_SUITE_BEGIN("acceptance 1: known findings are known again after edits");

TEST_CASE("gauntlet: nothing has changed") {
  Gauntlet().expect(0, 0);
}

TEST_CASE("gauntlet: five lines inserted above") {
  const Gauntlet project;
  project.write("src/a.cpp", replaced(all, include, include + "// 1\n// 2\n\n\nint other;\n"));
  project.expect(0, 0);
}

TEST_CASE("gauntlet: reformatted") {
  const Gauntlet project;
  std::string text;
  for (const char c : all)
    text += c == '(' ? std::string("(\n      ") : c == ';' ? " /* x */ ;" : std::string(1, c);
  project.write("src/a.cpp", text);
  project.expect(0, 0);
}

TEST_CASE("gauntlet: a file is renamed, with git knowing and without") {
  const Gauntlet project;
  project.run("git mv src/a.cpp src/b.cpp");
  project.expect(0, 0);
  project.run("git reset -q && git add . && git commit -qm 2 && mv src/b.cpp src/c.cpp");
  project.expect(0, 0);
}

TEST_CASE("gauntlet: a renamed file with twins is told by git") {
  const Gauntlet project;
  const std::string twins = replaced(run_int, "  sleep(1);\n", "  sleep(1);\n  prepare(2);\n  sleep(1);\n");
  project.write("src/a.cpp", replaced(all, run_int, twins));
  project.run(std::string(COROLINT) + " baseline update --add src");
  project.run("git add . && git commit -qm 2 && git mv src/a.cpp src/b.cpp");
  CHECK(project.check("")["findings"].empty());
}

TEST_CASE("gauntlet: files of two programs that have a function in common are renamed behind git's back") {
  const Gauntlet project;
  project.write("src/other.cpp", all);
  project.run(std::string(COROLINT) + " baseline update --add src");
  project.run("git add . && git commit -qm 2 && mv src/a.cpp src/b.cpp && mv src/other.cpp src/others.cpp");
  CHECK(project.check("")["findings"].empty());
  project.write("src/c.cpp", include + run_int);
  CHECK(!project.check("")["findings"].empty());
}

TEST_CASE("gauntlet: a function is moved to another file, a unit is split") {
  const Gauntlet project;
  project.write("src/a.cpp", replaced(all, run_int, ""));
  project.write("src/b.cpp", include + run_int);
  project.expect(0, 0);
  project.write("src/a.cpp", include + run_int + closes);
  project.write("src/b.cpp", include + run_long + twice + chain);
  project.expect(0, 0);
}

TEST_CASE("gauntlet: an unrelated local is renamed") {
  const Gauntlet project;
  std::string text = all;
  for (std::size_t at; (at = text.find("counter")) != std::string::npos;) text.replace(at, 7, "tries");
  project.write("src/a.cpp", text);
  project.expect(0, 0);
}

TEST_CASE("gauntlet: the variables that the code at the findings names are renamed") {
  const Gauntlet project;
  const auto with = [](std::string text, const std::string& name) {
    for (std::size_t at; (at = text.find("@")) != std::string::npos;) text.replace(at, 1, name);
    return text;
  };
  const std::string waits = run_int +
                            "task waits(int @) {\n  prepare(@);\n  usleep(@);\n  finish(@ + 1);\n"
                            "  usleep(@ + 1);\n  prepare(2);\n  usleep(@);\n  co_return;\n}\n";
  project.write("src/a.cpp", with(replaced(all, run_int, waits), "delay"));
  project.run(std::string(COROLINT) + " baseline update --add src");
  project.write("src/a.cpp", with(replaced(all, run_int, waits), "interval"));
  CHECK(project.check("")["findings"].empty());
  // With one twin more it is not known any more which of them have been there.
  project.write("src/a.cpp",
                with(replaced(all, run_int,
                              replaced(waits, "  prepare(2);", "  prepare(2);\n  usleep(@);\n  prepare(3);")),
                     "interval"));
  CHECK(!project.check("")["findings"].empty());
}

TEST_CASE("gauntlet: a twin before the finding is the one that is new") {
  const Gauntlet project;
  project.write("src/a.cpp", replaced(all, "  int counter", "  sleep(1);\n  int counter"));
  const json report = project.expect(1, 0);
  CHECK(report["findings"][0]["place"]["line"] == 3);
}

TEST_CASE("gauntlet: one is fixed and another one comes") {
  const Gauntlet project;
  project.write("src/a.cpp",
                replaced(replaced(all, "  sleep(1);\n", ""), "  work();\n", "  work();\n  sleep(1);\n"));
  const json report = project.expect(1, 1);
  CHECK(report["findings"][0]["function"] == "net::session::close");
}

TEST_CASE("gauntlet: one is fixed and another one comes in the same function") {
  const Gauntlet project;
  project.write("src/a.cpp", replaced(replaced(all, "  sleep(1);\n", ""), "  int counter",
                                      "  usleep(70000);\n  int counter"));
  project.expect(1, 1);
}

TEST_CASE("gauntlet: one overload is fixed and the other one gets it") {
  const Gauntlet project;
  project.write("src/a.cpp", replaced(replaced(all, "  sleep(1);\n", ""), "  co_await later();\n",
                                      "  sleep(1);\n  co_await later();\n"));
  project.expect(1, 1);
}

TEST_CASE("gauntlet: the code at the finding is edited, the function is renamed or gets a parameter") {
  const Gauntlet project;
  project.write("src/a.cpp", replaced(all, "sleep(1)", "sleep(2)"));
  project.expect(0, 0);
  std::string text = all;
  for (std::size_t at; (at = text.find("saves")) != std::string::npos;) text.replace(at, 5, "keeps");
  project.write("src/a.cpp", text);
  project.expect(0, 0);
  project.write("src/a.cpp", replaced(all, "task saves()", "task saves(int)"));
  project.expect(0, 0);
}

TEST_CASE("gauntlet: another instantiation of a template, another unit that sees the header") {
  const Gauntlet project;
  project.write("src/a.cpp", all + "task use_long() { co_await twice(1l); }\n");
  project.expect(0, 0);
  project.write("src/b.cpp", include + "task other() { co_return; }\n");
  project.expect(0, 0);
}

TEST_CASE("gauntlet: a helper is put into the chain, the sink stays") {
  const Gauntlet project;
  project.write("src/a.cpp", replaced(all, "  prepare(1);\n  usleep(7);\n}\n",
                                      "  extern void deep();\n  deep();\n}\nvoid deep() { usleep(7); }\n"));
  project.expect(0, 0);
}

TEST_CASE("gauntlet: a lambda before the lambda") {
  const Gauntlet project;
  project.write("src/a.cpp", replaced(all, "  auto later", "  auto none = [] {};\n  none();\n  auto later"));
  // The number of the lambda in its function changes; its surroundings tell it.
  project.expect(0, 0);
}

TEST_SUITE_END();
