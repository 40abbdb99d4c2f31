// A unit that crashes, hangs or eats the memory costs that unit: it is named with the cause, the others are
// analysed, and the run ends with 3, or with 1 where there are findings.

#include <doctest/doctest.h>

#include <nlohmann/json.hpp>
#include <random>

#include "fixture.h"
#include "program.h"
#include "sources.h"

using namespace corolint;
namespace fs = std::filesystem;
using nlohmann::json;

namespace {

// The faults that tests/broken_rule.cpp knows, with the cause that the run must tell.
struct Fault {
  std::string name, cause;
};

const std::vector<Fault> all_faults = {
    {"segfault", "analysis crashed: Segmentation fault"},
    {"abort", "analysis crashed: Aborted"},
    {"bad_alloc", "analysis needed more than 512 MB of memory (--max-memory)"},
    {"overflow", "analysis crashed: Segmentation fault"},
    {"loop", "analysis took longer than 10 s and was ended (--unit-timeout)"},
    {"sleep", "analysis took longer than 10 s and was ended (--unit-timeout)"},
    {"memory", "analysis needed more than 512 MB of memory (--max-memory)"},
    {"exit", "analysis ended with status 0"},
    {"killed", "analysis was ended from outside: Killed"},
};

const std::vector<Fault> faults = [] {
  std::vector<Fault> known = all_faults;
  if (is_instrumented) std::erase_if(known, [](const Fault& fault) { return fault.name == "memory"; });
  return known;
}();

std::string unit_name(unsigned number) {
  return "unit" + std::to_string(number);
}

// `count` healthy units with a finding each, but for those with a fault.
std::map<std::string, std::string> units(unsigned count, const std::map<unsigned, std::string>& faulty) {
  std::map<std::string, std::string> files;
  for (unsigned i = 0; i < count; ++i) {
    std::string text = lazy_task + "task in_" + unit_name(i) + "() { co_return; }\n";
    if (faulty.contains(i)) text += "void fault_" + faulty.at(i) + "() {}\n";
    files[unit_name(i) + ".cpp"] = text;
  }
  return files;
}

bool is_hang(const std::string& fault) {
  return fault == "loop" || fault == "sleep" || fault == "deaf";
}

// No unit is known from an earlier run: all are given to workers. Only where one hangs is time short: a busy
// machine needs seconds to fill a stack.
Outcome run(const ScratchFolder& folder, const std::string& options, bool hangs = false) {
  return run_in(folder.path(), "timeout 300 " + std::string(COROLINT_WITH_BROKEN_RULE) +
                                   " check . --no-cache -o concise --max-memory 512M --unit-timeout " +
                                   (hangs ? "10 " : "60 ") + options + " -- -std=c++20");
}

bool names_unit(const std::string& text, unsigned number) {
  return text.find("'in_" + unit_name(number) + "'") != std::string::npos;
}

std::string broken_line(unsigned number, const std::string& cause) {
  return "error: not fully analysed: " + unit_name(number) + ".cpp: " + cause + "\n";
}

// Runs over units with random faults and checks that just those are lost.
void run_with_random_faults(std::mt19937& random) {
  const auto below = [&](unsigned limit) { return static_cast<unsigned>(random() % limit); };
  const unsigned count = 1 + below(12), jobs = 1 + below(5);
  std::map<unsigned, std::string> faulty;
  std::map<unsigned, std::string> causes;
  for (unsigned i = 0; i < count; ++i)
    if (below(3) == 0) {
      const Fault& fault = faults[below(faults.size())];
      faulty[i] = fault.name;
      causes[i] = fault.cause;
    } else if (below(4) == 0) {
      faulty[i] = "unless_fresh";  // the second try must save it
    }
  const bool hangs =
      std::any_of(faulty.begin(), faulty.end(), [](const auto& one) { return is_hang(one.second); });
  if (hangs)  // then time is short, and filling a stack may take longer
    for (auto& [unit, fault] : faulty)
      if (fault == "overflow") fault = "segfault";
  const ScratchFolder folder(units(count, faulty));
  const Outcome outcome = run(folder, "--fail-on never -j " + std::to_string(jobs), hangs);
  CAPTURE(outcome.err);
  CHECK(outcome.status == (causes.empty() ? 0 : 3));
  for (unsigned i = 0; i < count; ++i) {
    CAPTURE(i);
    CAPTURE(faulty[i]);
    CHECK(names_unit(outcome.out, i) == !causes.contains(i));
    CHECK((outcome.err.find(broken_line(i, causes.contains(i) ? causes[i] : "")) != std::string::npos) ==
          causes.contains(i));
  }
  CHECK(outcome.err.find(std::to_string(count - causes.size()) + " of " + std::to_string(count) + " unit") !=
        std::string::npos);
}

}  // namespace

TEST_CASE("isolation: each fault loses its own unit, with the cause, and the run ends with 3") {
  for (const Fault& fault : faults) {
    CAPTURE(fault.name);
    const ScratchFolder folder(units(5, {{2, fault.name}}));
    for (const std::string jobs : {"-j 1", "-j 3"}) {
      const Outcome outcome = run(folder, "--fail-on never " + jobs, is_hang(fault.name));
      CAPTURE(outcome.err);
      CHECK(outcome.status == 3);
      CHECK(outcome.err.find(broken_line(2, fault.cause)) != std::string::npos);
      CHECK(outcome.err.find("4 of 5 units") != std::string::npos);
      for (unsigned i = 0; i < 5; ++i) CHECK(names_unit(outcome.out, i) == (i != 2));
    }
  }
}

TEST_CASE("isolation: findings of the healthy units win over a lost one") {
  const ScratchFolder folder(units(3, {{0, "segfault"}}));
  CHECK(run(folder, "").status == 1);
  CHECK(run(folder, "--fail-on never --on-broken=warn").status == 0);
}

TEST_CASE("isolation: a unit that only a used worker fails on is saved by a fresh one") {
  const ScratchFolder folder(units(6, {{1, "unless_fresh"}, {3, "unless_fresh"}, {5, "unless_fresh"}}));
  for (const std::string jobs : {"1", "2", "4"}) {
    const Outcome outcome = run(folder, "--fail-on never -j " + jobs);
    CAPTURE(outcome.err);
    CHECK(outcome.status == 0);
    for (unsigned i = 0; i < 6; ++i) CHECK(names_unit(outcome.out, i));
  }
}

TEST_CASE("isolation: a hang that ignores the request to end is ended") {
  const ScratchFolder folder(units(3, {{1, "deaf"}}));
  const Outcome outcome = run(folder, "--fail-on never -j 2", true);
  CHECK(outcome.status == 3);
  CHECK(outcome.err.find(broken_line(1, "analysis took longer than 10 s")) == std::string::npos);
  CHECK(outcome.err.find("unit1.cpp: analysis took longer than 10 s") != std::string::npos);
}

TEST_CASE("isolation: machines are told as well") {
  const ScratchFolder folder(units(3, {{1, "abort"}}));
  CHECK(run(folder, "-q -o json:j -o sarif:s").status == 1);
  const json report = json::parse(read_file(folder.path() / "j"));
  CHECK(report["broken_units"][0]["file"] == "unit1.cpp");
  CHECK(report["broken_units"][0]["cause"] == "analysis crashed: Aborted");
  const json invocation = json::parse(read_file(folder.path() / "s"))["runs"][0]["invocations"][0];
  CHECK(invocation["executionSuccessful"] == true);  // hosts would drop the whole log
  CHECK(invocation["toolExecutionNotifications"][0]["descriptor"]["id"] == "unit-not-analysed");
}

TEST_CASE("isolation: --reproducer writes down what a report needs") {
  auto files = units(2, {{1, "segfault"}});
  files["unit1.cpp"] = "#include \"has macro.h\"\n" + files["unit1.cpp"] + "int x = EXPANDS;\n";
  files["has macro.h"] = "#define EXPANDS 424242\n";
  const ScratchFolder folder(files);
  CHECK(run(folder, "--reproducer made/reports").status == 1);
  const fs::path made = folder.path() / "made/reports/000001-unit1.cpp";
  REQUIRE(fs::exists(made));
  CHECK(std::distance(fs::directory_iterator(made.parent_path()), fs::directory_iterator()) == 1);
  const std::string report = read_file(made / "report.txt");
  CHECK(report.find("corolint 0.1.0") != std::string::npos);
  CHECK(report.find("unit1.cpp: analysis crashed: Segmentation fault") != std::string::npos);
  CHECK(report.find("Stack dump") != std::string::npos);
  CHECK(report.find("corolint") != std::string::npos);
  const std::string source = read_file(made / "preprocessed.ii");
  CHECK(source.find("int x = 424242;") != std::string::npos);
  CHECK(source.find("void fault_segfault()") != std::string::npos);
  // The database makes the run again.
  const std::string again =
      std::string(COROLINT_WITH_BROKEN_RULE) + " check --on-broken=fail -p '" + made.string() + "'";
  const Outcome outcome = run_in(folder.path(), again);
  CHECK(outcome.status == 3);
  CHECK(outcome.err.find("crashed: Segmentation fault") != std::string::npos);
}

TEST_CASE("isolation: a reproducer writes nothing that the command of a stranger asks for") {
  const ScratchFolder folder(units(1, {{0, "abort"}}));
  const Outcome outcome = run_in(folder.path(), std::string(COROLINT_WITH_BROKEN_RULE) +
                                                    " check . --reproducer made -- -std=c++20 -Xclang "
                                                    "-dependency-file -Xclang stolen -Xclang -MT -Xclang x");
  CHECK(outcome.status == 3);
  CHECK(fs::exists(folder.path() / "made/000000-unit0.cpp/preprocessed.ii"));
  CHECK(!fs::exists(folder.path() / "stolen"));
}

TEST_CASE("isolation: facts of a lost unit tell of it to the link") {
  const ScratchFolder folder(units(3, {{1, "overflow"}}));
  const std::string program = COROLINT_WITH_BROKEN_RULE;
  folder.write("compile_flags.txt", "-std=c++20\n");
  CHECK(run_in(folder.path(), program + " plan . -o plan").status == 0);
  CHECK(run_in(folder.path(), program + " facts plan -o facts --reproducer lost").status == 3);
  CHECK(fs::exists(folder.path() / "lost/000001-unit1.cpp/report.txt"));
  CHECK(run_in(folder.path(), program + " link plan facts -o result").status == 0);
  const Outcome gated = run_in(folder.path(), program + " gate result --fail-on never");
  CHECK(gated.status == 3);
  CHECK(gated.err.find("unit1.cpp: analysis crashed: Segmentation fault") != std::string::npos);
}

TEST_CASE("isolation: very deep code is analysed, or told, and never ends the run") {
  std::string sum = "int total(int x) { return x", nested = "int nest(int x) { return ", braces;
  for (unsigned i = 0; i < 100'000; ++i) sum += " + x";
  for (unsigned i = 0; i < 100'000; ++i) nested += "(";
  for (unsigned i = 0; i < 100'000; ++i) braces += "{";
  std::string branches = "int branch(int x) {\n";
  for (unsigned i = 0; i < 20'000; ++i) branches += "if (x == " + std::to_string(i) + ") return 1; else\n";
  branches += "return 0; }\n";
  const std::string coroutine = "task works() { co_return; }\n";
  const ScratchFolder folder({{"sum.cpp", lazy_task + sum + "; }\n" + coroutine},
                              {"branches.cpp", lazy_task + branches + coroutine},
                              {"nested.cpp", lazy_task + nested},
                              {"braces.cpp", lazy_task + "void f() " + braces},
                              {"fine.cpp", lazy_task + coroutine}});
  const Outcome outcome = run_in(folder.path(), "timeout 300 " + std::string(COROLINT) +
                                                    " check . -o json -- -std=c++20 -fbracket-depth=1000000");
  CAPTURE(outcome.err);
  CHECK(outcome.status == 3);
  for (const std::string file : {"nested.cpp", "braces.cpp"})
    CHECK(outcome.err.find("not fully analysed: " + file) != std::string::npos);
  for (const std::string file : {"sum.cpp", "fine.cpp"})
    CHECK(outcome.err.find("not fully analysed: " + file) == std::string::npos);
}

// Each of these takes time that grows with the square of its length, or faster, where every part asks anew
// about all that is around it.
TEST_CASE(
    "isolation: thousands of calls in one expression, and types that share their parts, hold nothing up") {
  std::string chain = "many", nested = "7", pairs;
  for (unsigned i = 0; i < 1500; ++i) chain += "()";
  for (unsigned i = 0; i < 250; ++i) nested = "id(" + nested + ")";
  for (unsigned i = 1; i < 60; ++i)
    pairs += "using t" + std::to_string(i) + " = pair<t" + std::to_string(i - 1) + ", t" +
             std::to_string(i - 1) + ">;\n";
  const ScratchFolder folder(std::map<std::string, std::string>{
      {"a.cpp", lazy_task + "struct chained { chained& operator()(); };\nint id(int x) { return x; }\n" +
                    "template <class A, class B> struct pair {};\nusing t0 = int;\n" + pairs +
                    "void takes(t59*, void (*)(t59)) {}\n" + "task f(chained& many) { " + chain + "; id(" +
                    nested + "); takes(nullptr, nullptr); co_return; }\n"}});
  const Outcome outcome = run_corolint(folder.path(), "check a.cpp --unit-timeout 60 -- -std=c++20");
  CHECK_MESSAGE(outcome.status == 0, outcome.err);
}

TEST_CASE("isolation: random faults in random workers lose what they must, and nothing else") {
  std::mt19937 random(20);
  for (unsigned i = 0; i < 6; ++i) run_with_random_faults(random);
}

TEST_CASE("soak: 200 runs with random faults" * doctest::skip()) {
  std::mt19937 random(std::random_device{}());
  for (unsigned i = 0; i < 200; ++i) run_with_random_faults(random);
}
