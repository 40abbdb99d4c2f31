// Every cause has its exit status and says what to do: a broken run must never look like a clean one.

#include <doctest/doctest.h>

#include "fixture.h"
#include "program.h"
#include "rule/rule.h"
#include "sources.h"

using namespace corolint;

namespace {

const std::string task = lazy_task + "extern \"C\" unsigned sleep(unsigned);\n";
const std::string bad = task + "task blocks() { sleep(1); co_return; }\n";
const std::string drops = task + "task work();\ntask drops() { work(); co_return; }\n";
const std::string good = task + "task fine() { co_return; }\n";

bool says(const Outcome& outcome, const std::string& text) {
  return outcome.err.find(text) != std::string::npos;
}

}  // namespace

TEST_CASE("exit 0: clean code, everything analysed") {
  const ScratchFolder folder(std::map<std::string, std::string>{{"good.cpp", good}});
  const Outcome outcome = run_corolint(folder.path(), "check good.cpp -- -std=c++20");
  CHECK(outcome.status == 0);
  CHECK(outcome.out.empty());
  CHECK(says(outcome, "1 of 1 unit"));
}

TEST_CASE("exit 1: findings at or above --fail-on") {
  const ScratchFolder folder(std::map<std::string, std::string>{{"bad.cpp", bad}});
  CHECK(run_corolint(folder.path(), "bad.cpp -- -std=c++20").status == 1);
  CHECK(run_corolint(folder.path(), "check --fail-on warning bad.cpp -- -std=c++20").status == 1);
  CHECK(run_corolint(folder.path(), "check --fail-on never bad.cpp -- -std=c++20").status == 0);
}

TEST_CASE("--fail-on decides which level fails the run") {
  const std::string lib = (fixtures_folder() / "lib").string();
  const std::string flags = " -q -- -std=c++20 -nostdinc++ -isystem '" + lib + "/std' -I '" + lib + "/asio'";
  const ScratchFolder folder({
      {"note.cpp", task + "task step();\ntask f() { for (;;) try { co_await step(); } catch (...) {} }\n"},
      {"warning.cpp",
       "#include <boost/asio.hpp>\nnamespace asio = boost::asio;\n"
       "asio::awaitable<void> f(asio::ip::tcp::socket& socket, asio::ip::tcp::endpoint peer) {\n"
       "  co_await socket.async_connect(peer, asio::use_awaitable);\n}\n"},
      {"error.cpp", bad},
  });
  const auto status = [&](const std::string& level, const std::string& fail_on) {
    const Outcome outcome =
        run_corolint(folder.path(), "check -o concise --fail-on " + fail_on + " " + level + ".cpp" + flags);
    CHECK(outcome.out.find(": " + level + ": ") != std::string::npos);
    return outcome.status;
  };
  const std::vector<std::string> levels = {"note", "warning", "error", "never"};
  for (std::size_t level = 0; level < 3; ++level)
    for (std::size_t fail_on = 0; fail_on < 4; ++fail_on)
      CHECK(status(levels[level], levels[fail_on]) == (level >= fail_on ? 1 : 0));
}

TEST_CASE("exit 2: the user's errors, each with its remedy") {
  const ScratchFolder folder(
      {{"a.cpp", good}, {"empty/compile_commands.json", "[]"}, {"broken/compile_commands.json", "[{"}});
  const auto fails = [&](const std::string& arguments, const std::string& text) {
    const Outcome outcome = run_corolint(folder.path(), arguments);
    CAPTURE(arguments);
    CAPTURE(outcome.err);
    CHECK(outcome.status == 2);
    CHECK(outcome.out.empty());
    CHECK(says(outcome, text));
  };
  for (const char* tool : {"CMake", "Meson", "Bazel", "bear"}) fails("check a.cpp", tool);
  fails("check missing.cpp -- -std=c++20", "missing.cpp");
  fails("check -p empty", "compile_commands.json");
  fails("check -p broken", "compile_commands.json");
  fails("check --no-such-option", "--no-such-option");
  fails("check -o yaml a.cpp -- -std=c++20", "unknown format 'yaml'");
  fails("check -o json -o sarif a.cpp -- -std=c++20", "stdout");
  fails("check -o sarif:no/such/folder/x.sarif a.cpp -- -std=c++20", "no/such/folder");
  fails("explain blocking-cal", "did you mean 'blocking-call-in-coroutine'");
}

TEST_CASE("exit 3: a unit that does not parse is named, with its first error, and counted") {
  const ScratchFolder folder({{"broken.cpp", "#include \"missing.h\"\n" + good}, {"good.cpp", good}});
  const Outcome outcome = run_corolint(folder.path(), "check broken.cpp good.cpp -- -std=c++20");
  CHECK(outcome.status == 3);
  CHECK(says(outcome, "broken.cpp"));
  CHECK(says(outcome, "'missing.h' file not found"));
  CHECK(says(outcome, "1 of 2 units"));
  CHECK(run_corolint(folder.path(), "check --on-broken=warn broken.cpp good.cpp -- -std=c++20").status == 0);
  CHECK(says(run_corolint(folder.path(), "check -q broken.cpp -- -std=c++20"), "missing.h"));
  CHECK(run_corolint(folder.path(), "check broken.cpp -- -no-such-flag -std=c++20").status != 0);
  const Outcome old = run_corolint(folder.path(), "check good.cpp -- -std=c++17");
  CHECK(old.status == 3);
  CHECK(says(old, "its command does not ask for C++20: add -std=c++20"));
}

TEST_CASE("a function with an error is left out, the others are analysed, and findings win over exit 3") {
  const ScratchFolder folder({{"half.cpp", bad + "task wrong() { sleep(1); no_such_name(); co_return; }\n"}});
  const Outcome outcome = run_corolint(folder.path(), "check half.cpp -o concise -- -std=c++20");
  CHECK(outcome.status == 1);
  CHECK(outcome.out.find("'blocks'") != std::string::npos);
  CHECK(outcome.out.find("'wrong'") == std::string::npos);
  CHECK(says(outcome, "no_such_name"));
  CHECK(run_corolint(folder.path(), "check --fail-on never half.cpp -- -std=c++20").status == 3);
}

TEST_CASE("help and version end with 0") {
  const ScratchFolder folder;
  const Outcome help = run_corolint(folder.path(), "check --help");
  CHECK(help.status == 0);
  for (const char* text :
       {"Input", "Output", "Gate", "Running", "Examples", "Exit status", "--output", "--build"})
    CHECK_MESSAGE(help.out.find(text) != std::string::npos, text);
  const Outcome version = run_corolint(folder.path(), "--version");
  CHECK(version.status == 0);
  CHECK(version.out.find("corolint 0.1.0") != std::string::npos);
  CHECK(version.out.find("22.") != std::string::npos);
  CHECK(run_corolint(folder.path(), "--help").status == 0);
}

TEST_CASE("rules are listed and explained") {
  const ScratchFolder folder;
  const Outcome rules = run_corolint(folder.path(), "rules");
  CHECK(rules.status == 0);
  for (const RuleEntry& rule : all_rules()) {
    const std::string name(rule.name);
    CHECK(rules.out.find(name + " ") != std::string::npos);
    const Outcome page = run_corolint(folder.path(), "explain " + name);
    CHECK(page.status == 0);
    CHECK(page.out.starts_with("# " + name));
    CHECK(page.out.find("## What goes wrong") != std::string::npos);
  }
}

TEST_CASE("a lazy task that is dropped is told with the declaration that makes it lazy") {
  const ScratchFolder folder(std::map<std::string, std::string>{{"drops.cpp", drops}});
  const Outcome outcome = run_corolint(folder.path(), "check drops.cpp -o full -- -std=c++20");
  CHECK(outcome.out.find("the 'task' returned by 'work' is dropped, so 'work' never runs") !=
        std::string::npos);
  CHECK(outcome.out.find("suspends before the body starts") != std::string::npos);
}
