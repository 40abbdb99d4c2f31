// Which comments silence what, and what is said of the comments themselves: the truth table.

#include <doctest/doctest.h>

#include <nlohmann/json.hpp>

#include "engine/suppression.h"
#include "fixture.h"
#include "program.h"
#include "sources.h"

using namespace corolint;
namespace fs = std::filesystem;

namespace {

const std::string head = lazy_task + "extern \"C\" unsigned sleep(unsigned);\n";
const std::string rule = "blocking-call-in-coroutine";

Outcome check(const ScratchFolder& folder, const std::string& arguments = "") {
  return run_corolint(folder.path(), "check -q -o concise --exit-zero . " + arguments + " -- -std=c++20");
}

// Returns what is reported of a coroutine whose body is `body`.
std::string reported(const std::string& body, const std::string& before = "",
                     const std::string& arguments = "") {
  const ScratchFolder folder({{"a.cpp", head + before + "task run() {\n" + body + "\n  co_return;\n}\n"}});
  return check(folder, arguments).out;
}

bool has(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

bool is_silent(const std::string& body, const std::string& before = "") {
  return !has(reported(body, before, "-A unused-suppression"), "[" + rule + "]");
}

bool is_unused(const std::string& body, const std::string& before = "") {
  return has(reported(body, before), "[unused-suppression]");
}

Suppression of(const std::string& text) {
  const auto found = suppressions_in({{{"a", 5, 1, 5, 9}, text, {}}});
  REQUIRE(found.size() == 1);
  return found[0];
}

std::size_t count_in(const std::string& text) {
  return suppressions_in({{{"a", 5, 1, 5, 9}, text, {}}}).size();
}

}  // namespace

TEST_SUITE_BEGIN("acceptance 5: suppressions");

TEST_CASE("suppressions: the truth table of comments that silence") {
  CHECK(!is_silent("  sleep(1);"));
  CHECK(is_silent("  sleep(1);  // NOLINT"));
  CHECK(is_silent("  sleep(1);  // NOLINT: why"));
  CHECK(is_silent("  sleep(1);  /* NOLINT */"));
  CHECK(is_silent("  sleep(1);  // NOLINT(" + rule + ")"));
  CHECK(is_silent("  sleep(1);  // NOLINT(bugprone-x, " + rule + "): at start-up"));
  CHECK(is_silent("  sleep(1);  // NOLINT(blocking-*)"));
  CHECK(is_silent("  sleep(1);  // NOLINT(*)"));
  CHECK(is_silent("  sleep(1);  // at start-up only. NOLINT(" + rule + ")"));
  CHECK(is_silent("  // NOLINTNEXTLINE(" + rule + ")\n  sleep(1);"));
  CHECK(is_silent("  /*\n   * NOLINTNEXTLINE(" + rule + ")\n   */\n  sleep(1);") == false);
  CHECK(is_silent("  // NOLINTBEGIN(" + rule + ")\n\n  sleep(1);\n  // NOLINTEND(" + rule + ")"));
  CHECK(is_silent("  sleep(1);", "// corolint: file-allow(" + rule + "): a tool\n"));
  CHECK(is_silent("  SLEEP;  // NOLINT(" + rule + ")", "#define SLEEP sleep(1)\n"));
}

TEST_CASE("suppressions: the truth table of comments that do not") {
  CHECK(!is_silent("  sleep(1);  // NOLINT(missing-timeout)"));
  CHECK(!is_silent("  sleep(1);  // NOLINT()"));
  CHECK(!is_silent("  sleep(1);  // NOLINT(-" + rule + ")"));
  CHECK(!is_silent("  sleep(1);  // see what the docs say of NOLINT"));
  CHECK(!is_silent("  sleep(1);  // a NOLINT(" + rule + ") here would hide it"));
  CHECK(!is_silent("  sleep(1);  // XNOLINT(" + rule + ")"));
  CHECK(!is_silent("  sleep(1);  // nolint"));
  CHECK(!is_silent("  // NOLINT(" + rule + ")\n  sleep(1);"));
  CHECK(!is_silent("  // NOLINTNEXTLINE(" + rule + ")\n\n  sleep(1);"));
  CHECK(!is_silent("  // NOLINTBEGIN(" + rule + ")\n  sleep(1);"));
  CHECK(!is_silent("  // NOLINTBEGIN(" + rule + ")\n  sleep(1);\n  // NOLINTEND(missing-timeout)"));
  CHECK(!is_silent("  const char* text = \"// NOLINT\"; sleep(1);"));
  CHECK(!is_silent("  const char* text = R\"(\n// NOLINTNEXTLINE\n)\"; sleep(1);"));
  CHECK(!is_silent("  SLEEP;", "#define SLEEP sleep(1) /* NOLINT */\n"));
}

TEST_CASE("suppressions: reasons are kept") {
  CHECK(of("// NOLINT(x): because y").reason == "because y");
  CHECK(of("/* NOLINT(x): because y */").reason == "because y");
  CHECK(of("// corolint: file-allow(x): a test").reason == "a test");
  CHECK(of("// NOLINT(x)").reason.empty());
  CHECK(of("// NOLINT(a, b-*)").rules == std::vector<std::string>{"a", "b-*"});
  CHECK(count_in("// NOLINT(a): NOLINT(b)") == 1);
  CHECK(count_in("// NOLINT(a) NOLINT(b)") == 2);
  CHECK(of("/*\n\n NOLINTNEXTLINE(a) */").first_line == 8);
}

TEST_CASE("suppressions: a comment on any step of a chain ends it there, and is used") {
  const std::string helper = "void deep() { sleep(1); }\nvoid helper() {\n  deep();@\n}\n";
  const auto with = [&](const std::string& comment) {
    std::string text = helper;
    return text.replace(text.find('@'), 1, comment);
  };
  CHECK(!is_silent("  helper();", with("")));
  CHECK(is_silent("  helper();", with("  // NOLINT(" + rule + "): short")));
  CHECK(!is_unused("  helper();", with("  // NOLINT(" + rule + "): short")));
  CHECK(!is_unused("  helper();  // NOLINT(" + rule + ")", with("")));
  const std::string sink = "void deep() { sleep(1); }  // NOLINT(" + rule + ")\n";
  CHECK(is_silent("  deep();", sink));
  CHECK(!is_unused("  deep();", sink));
}

TEST_CASE("suppressions: unused ones are told, with the comment's place and a fix that removes it") {
  CHECK(is_unused("  // NOLINTNEXTLINE(" + rule + ")\n  co_await std::suspend_never();"));
  CHECK(is_unused("  // NOLINTBEGIN(" + rule + ")\n  // NOLINTEND(" + rule + ")"));
  CHECK(is_unused("", "// corolint: file-allow(" + rule + "): none\n"));
  CHECK(is_unused("  sleep(1);  // NOLINT(" + rule + ", missing-timeout)"));
  CHECK(!is_unused("  sleep(1);  // NOLINT(" + rule + ")"));
  CHECK(!is_unused("  co_return;  // NOLINT"));
  CHECK(!is_unused("  co_return;  // NOLINT(*)"));
  CHECK(!is_unused("  co_return;  // NOLINT(bugprone-x)"));
  CHECK(!is_unused("  co_return;  // a sentence on NOLINT(" + rule + ") and more"));
}

TEST_CASE("suppressions: unused is only what ran everywhere and was seen whole") {
  const std::string unused = "  co_return;  // NOLINT(" + rule + ")";
  CHECK(has(reported(unused), "unused-suppression"));
  CHECK(!has(reported(unused, "", "-A " + rule), "unused-suppression"));
  const std::string text = head + "task run() {\n" + unused + "\n}\n";
  const ScratchFolder broken({{"a.cpp", text}, {"b.cpp", "#include \"missing.h\"\n"}});
  CHECK(!has(check(broken).out, "unused-suppression"));
  // What the line calls may block in a file that was not selected.
  const ScratchFolder part(
      {{"a.cpp", head + "void elsewhere();\nvoid helper() {\n  elsewhere();  // NOLINT(" + rule +
                     ")\n}\ntask run() { helper(); co_return; }\n"},
       {"b.cpp", "extern \"C\" unsigned sleep(unsigned);\nvoid elsewhere() { sleep(1); }\n"}});
  CHECK(!has(run_corolint(part.path(), "check -o concise a.cpp -- -std=c++20").out, "unused-suppression"));
  CHECK(check(part).out.empty());
}

TEST_CASE("suppressions: one in a header is used if any unit uses it") {
  const std::string header =
      "#pragma once\n" + head +
      "#ifdef SLOW\ninline void step() { sleep(1); }\n#else\ninline void step() {}\n#endif\n"
      "static task run() {\n  step();  // NOLINT(" +
      rule + "): only when slow\n  co_return;\n}\n";
  const ScratchFolder both(
      {{"a.h", header}, {"a.cpp", "#define SLOW\n#include \"a.h\"\n"}, {"b.cpp", "#include \"a.h\"\n"}});
  CHECK(check(both).out.empty());
  const ScratchFolder neither(
      {{"a.h", header}, {"b.cpp", "#include \"a.h\"\n"}, {"c.cpp", "#include \"a.h\"\n"}});
  const std::string out = check(neither).out;
  CHECK(has(out, "a.h:"));
  CHECK(has(out, "[unused-suppression]"));
  CHECK(std::count(out.begin(), out.end(), '\n') == 1);
}

TEST_CASE("suppressions: --fix removes the unused ones, and nothing else") {
  const std::string text = head + "// NOLINTBEGIN(" + rule + ")\ntask run() {\n  co_return;  // NOLINT(" +
                           rule +
                           "): old\n}\n"
                           "// NOLINTEND(" +
                           rule + ")\n// words, NOLINT(" + rule + ")\n";
  const ScratchFolder folder(std::map<std::string, std::string>{{"a.cpp", text}});
  CHECK(run_corolint(folder.path(), "check -q --fix . -- -std=c++20").status == 0);
  CHECK(read_file(folder.path() / "a.cpp") ==
        head + "task run() {\n  co_return;\n}\n// words, NOLINT(" + rule + ")\n");
}

TEST_CASE("suppressions: blanket ones that hide something are told, reasons are asked for if configured") {
  CHECK(has(reported("  sleep(1);  // NOLINT"),
            "note: the suppression names no rule, and hides '" + rule + "' here"));
  CHECK(!has(reported("  co_return;  // NOLINT"), "blanket"));
  const ScratchFolder blocks_nobody(  // a blocking call, but in no coroutine and for none
      {{"a.cpp", head + "// NOLINTBEGIN\nvoid run() {\n  sleep(1);\n}\n// NOLINTEND\n"}});
  CHECK(check(blocks_nobody).out.empty());
  CHECK(!has(reported("  sleep(1);  // NOLINT(" + rule + ")"), "unexplained"));
  const std::string body = "  sleep(1);  // NOLINT(" + rule + ")";
  CHECK(has(reported(body, "", "-c suppressions.require-reason=true"),
            "warning: the suppression does not say why"));
  CHECK(!has(reported(body + ": why", "", "-c suppressions.require-reason=true"), "unexplained"));
  const std::string strict = "-c suppressions.require-reason=true -c strict=true";
  CHECK(has(reported(body, "", strict), "[" + rule + "]"));
  CHECK(has(reported(body, "", strict), "[unexplained-suppression]"));
  CHECK(!has(reported(body + ": why", "", strict), "[" + rule + "]"));
  CHECK(has(reported("  sleep(1);  // NOLINT", "", "-c suppressions.require-rule=true -c strict=true"),
            "[" + rule + "]"));
}

TEST_CASE("suppressions: suppress writes comments that hold") {
  const std::string text =
      head + "task run() {\n  sleep(1);\n  sleep(2);  // already a comment\n  co_return;\n}\n";
  const ScratchFolder folder(std::map<std::string, std::string>{{"a.cpp", text}});
  const Outcome outcome =
      run_corolint(folder.path(), "suppress . --reason 'before the loop runs' -- -std=c++20");
  CAPTURE(outcome.err);
  CHECK(outcome.status == 0);
  CHECK(has(outcome.err, "2 of 2 findings suppressed in 1 files."));
  CHECK(read_file(folder.path() / "a.cpp") ==
        head + "task run() {\n  sleep(1);  // NOLINT(" + rule +
            "): before the loop runs\n  // NOLINTNEXTLINE(" + rule +
            "): before the loop runs\n  sleep(2);  // already a comment\n  co_return;\n}\n");
  const Outcome after = run_corolint(folder.path(), "check . -o concise -- -std=c++20");
  CHECK(after.out.empty());
  CHECK(has(after.err, "2 hidden: 2 suppressed."));
  CHECK(run_corolint(folder.path(), "suppress . -- -std=c++20").status == 2);
}

TEST_CASE("suppressions: what they hide stays in a saved result, with the reason") {
  const ScratchFolder folder(
      {{"a.cpp", head + "task run() {\n  sleep(1);  // NOLINT(" + rule + "): why\n  co_return;\n}\n"}});
  CHECK(run_corolint(folder.path(), "check . --save r.json -- -std=c++20").status == 0);
  const auto hidden = nlohmann::json::parse(read_file(folder.path() / "r.json"))["hidden"];
  REQUIRE(hidden.size() == 1);
  CHECK(hidden[0]["reason"] == "why");
  CHECK(hidden[0]["finding"]["fingerprint"].get<std::string>().size() == 32);
}

TEST_SUITE_END();
