// Fixes: what they write, what they leave alone, and that what they write is analysed again without findings.

#include <doctest/doctest.h>

#include "engine/fixes.h"
#include "fixture.h"
#include "program.h"
#include "sources.h"

using namespace corolint;
namespace fs = std::filesystem;

namespace {

const std::string drops = lazy_task +
                          "task flush();\n"
                          "task run() {\n"
                          "  flush();\n"
                          "  auto later = flush();\n"
                          "  co_return;\n"
                          "}\n";

Outcome check(const ScratchFolder& folder, const std::string& arguments) {
  return run_corolint(folder.path(), "check -o concise . " + arguments + " -- -std=c++20");
}

std::string text(const ScratchFolder& folder, const std::string& file) {
  return read_file(folder.path() / file);
}

bool has(const std::string& text, const std::string& part) {
  if (text.find(part) != std::string::npos) return true;
  MESSAGE(text);
  return false;
}

// Returns a report on files of the folder with a finding for each fix.
Report report_with(const ScratchFolder& folder, const std::vector<Fix>& fixes) {
  Report report;
  report.root = folder.path().string();
  for (const Fix& fix : fixes) {
    Finding& finding = report.findings.emplace_back();
    finding.place = fix.edits.front().place;
    finding.fixes = {fix};
  }
  return report;
}

Fix safe(std::vector<Edit> edits) {
  return {"tidy", Applicability::safe, std::move(edits)};
}

}  // namespace

TEST_CASE("fixes: dropped awaitables are awaited, and the result has no findings") {
  const ScratchFolder folder(std::map<std::string, std::string>{{"a.cpp", drops}});
  const Outcome fixed = check(folder, "--fix --unsafe-fixes");
  CHECK(fixed.status == 0);
  CHECK(fixed.out.empty());
  CHECK(has(fixed.err, "Fixed 2 problems in 1 file."));
  CHECK(has(text(folder, "a.cpp"), "  co_await flush();\n  co_await flush();\n  co_return;\n"));
  CHECK(check(folder, "").status == 0);
}

TEST_CASE("fixes: unsafe ones are applied only if they are asked for, and told of") {
  const ScratchFolder folder(std::map<std::string, std::string>{{"a.cpp", drops}});
  const Outcome outcome = check(folder, "--fix");
  CHECK(outcome.status == 1);
  CHECK(has(outcome.err, "2 problems more can be fixed with --unsafe-fixes"));
  CHECK(text(folder, "a.cpp") == drops);
  CHECK(check(folder, "--unsafe-fixes").status == 2);
  CHECK(check(folder, "--fix --diff").status == 2);
}

TEST_CASE("fixes: --diff prints a patch that applies, and changes nothing") {
  const ScratchFolder folder(std::map<std::string, std::string>{{"a.cpp", drops}});
  const Outcome outcome = check(folder, "-q --diff --unsafe-fixes");
  CHECK(outcome.status == 1);
  CHECK(text(folder, "a.cpp") == drops);
  CHECK(has(outcome.out,
            "-  flush();\n+  co_await flush();\n-  auto later = flush();\n+  co_await flush();\n"));
  folder.write("fix.patch", outcome.out);
  CHECK(run_in(folder.path(), "git init -q && git apply fix.patch").status == 0);
  const Outcome after = check(folder, "-q --diff --unsafe-fixes");
  CHECK(after.status == 0);
  CHECK(after.out.empty());
}

TEST_CASE("fixes: a coroutine is awaited only where its promise takes it") {
  const std::string picky = R"(
#include <coroutine>
struct other { bool await_ready(); void await_suspend(std::coroutine_handle<>); void await_resume(); };
struct picky {
  struct promise_type {
    picky get_return_object();
    std::suspend_always initial_suspend();
    std::suspend_always final_suspend() noexcept;
    void return_void();
    void unhandled_exception();
    picky await_transform(picky);
  };
  bool await_ready();
  void await_suspend(std::coroutine_handle<>);
  void await_resume();
};
)";
  const ScratchFolder folder({{"a.cpp", picky + lazy_task +
                                            "task work();\npicky mine();\n"
                                            "picky run() {\n  work();\n  mine();\n"
                                            "  try { co_await mine(); } catch (int) { mine(); }\n}\n"}});
  CHECK(check(folder, "--fix --unsafe-fixes").status == 1);
  CHECK(has(text(folder, "a.cpp"),
            "  work();\n  co_await mine();\n  try { co_await mine(); } catch (int) { mine(); }"));
}

TEST_CASE("fixes: what stands in a macro or outside a coroutine has none") {
  const ScratchFolder folder(
      {{"a.cpp", lazy_task + "task flush();\n#define FLUSH flush()\n"
                             "task run() { FLUSH; co_return; }\nvoid plain() { flush(); }\n"}});
  const std::string before = text(folder, "a.cpp");
  CHECK(check(folder, "--fix --unsafe-fixes").status == 1);
  CHECK(text(folder, "a.cpp") == before);
}

TEST_CASE("fixes: a handler that swallows cancellation gets one before it that lets it out") {
  const ScratchFolder folder({{"a.cpp", lazy_task + R"(
#include <exception>
struct operation_cancelled : std::exception {};
task step();
task run() {
  for (;;) {
    try {
      co_await step();
    } catch (const std::exception&) {
    }
  }
}
)"}});
  const std::string flags = "--fix --unsafe-fixes -W swallowed-cancellation";
  const Outcome fixed = check(folder, flags);
  CAPTURE(fixed.err);
  CHECK(fixed.out.find("swallowed-cancellation") == std::string::npos);
  CHECK(has(
      text(folder, "a.cpp"),
      "    } catch (const operation_cancelled&) {\n      throw;\n    } catch (const std::exception&) {\n"));
  CHECK(has(fixed.err, "1 of 1 unit analysed"));
}

TEST_CASE("fixes: one header finding of many units is fixed once") {
  const ScratchFolder folder(
      {{"a.h", "#pragma once\n" + drops}, {"a.cpp", "#include \"a.h\"\n"}, {"b.cpp", "#include \"a.h\"\n"}});
  CHECK(check(folder, "--fix --unsafe-fixes").status == 0);
  CHECK(text(folder, "a.h").find("co_await co_await") == std::string::npos);
  CHECK(has(text(folder, "a.h"), "  co_await flush();\n"));
}

TEST_CASE("fixes: line ends, other bytes and rights stay as they are") {
  std::string crlf = "// gr\xC3\xBC\xC3\x9F \xF0\x9F\x98\x80\n" + drops;
  for (std::size_t at = 0; (at = crlf.find('\n', at)) != std::string::npos; at += 2) crlf.insert(at, "\r");
  const ScratchFolder folder(std::map<std::string, std::string>{{"a.cpp", crlf}});
  fs::permissions(folder.path() / "a.cpp", fs::perms::owner_all | fs::perms::group_read);
  CHECK(check(folder, "--fix --unsafe-fixes").status == 0);
  const std::string after = text(folder, "a.cpp");
  CHECK(has(after, "  co_await flush();\r\n  co_await flush();\r\n"));
  CHECK(std::count(after.begin(), after.end(), '\r') == std::count(after.begin(), after.end(), '\n'));
  CHECK(fs::status(folder.path() / "a.cpp").permissions() == (fs::perms::owner_all | fs::perms::group_read));
}

TEST_CASE("fixes: edits by UTF-16 columns, insertions of lines take the file's line ends") {
  const ScratchFolder folder(std::map<std::string, std::string>{{"a.txt", "\xF0\x9F\x98\x80 b\r\nc\r\n"}});
  const auto fixed = fixed_files(
      report_with(folder, {safe({{{"a.txt", 1, 4, 1, 5}, "B"}}), safe({{{"a.txt", 2, 1, 2, 1}, "x\n"}})}),
      false);
  CHECK(fixed.applied == 2);
  CHECK(fixed.files.at("a.txt").after == "\xF0\x9F\x98\x80 B\r\nx\r\nc\r\n");
}

TEST_CASE("fixes: conflicts are left out and said, equal edits made once") {
  const ScratchFolder folder(std::map<std::string, std::string>{{"a.txt", "one two three\n"}});
  const Edit two{{"a.txt", 1, 5, 1, 8}, "2"}, wide{{"a.txt", 1, 1, 1, 8}, "1 2"},
      three{{"a.txt", 1, 9, 1, 14}, "3"};
  const auto fixed =
      fixed_files(report_with(folder, {safe({two}), safe({wide}), safe({two}), safe({three})}), false);
  CHECK(fixed.applied == 3);
  CHECK(fixed.files.at("a.txt").after == "one 2 3\n");
  REQUIRE(fixed.notices.size() == 1);
  CHECK(has(fixed.notices[0], "a.txt:1: the fix (tidy) is left out: it overlaps another fix"));
  const auto half = fixed_files(report_with(folder, {safe({two}), safe({three, wide})}), false);
  CHECK(half.files.at("a.txt").after == "one 2 three\n");
}

TEST_CASE("fixes: nothing outside the project is touched, by no way") {
  const ScratchFolder outside(std::map<std::string, std::string>{{"x.txt", "x\n"}}), folder(std::map<std::string, std::string>{{"a.txt", "a\n"}});
  fs::create_symlink(outside.path() / "x.txt", folder.path() / "link.txt");
  fs::create_directory_symlink(outside.path(), folder.path() / "dir");
  for (const std::string& file :
       {(outside.path() / "x.txt").string(), std::string("link.txt"), std::string("dir/x.txt"),
        "../" + outside.path().filename().string() + "/x.txt"}) {
    CAPTURE(file);
    const auto fixed = fixed_files(report_with(folder, {safe({{{file, 1, 1, 1, 2}, "y"}})}), false);
    CHECK(fixed.files.empty());
    CHECK(fixed.notices.size() == 1);
  }
  const auto gone = fixed_files(report_with(folder, {safe({{{"a.txt", 9, 1, 9, 2}, "y"}})}), false);
  CHECK(has(gone.notices.at(0), "the file has changed"));
}

TEST_CASE("fixes: a patch is one that git takes, whatever changes") {
  std::string before;
  for (int i = 1; i <= 30; ++i) before += "line " + std::to_string(i) + "\n";
  before += "last";
  const ScratchFolder folder(std::map<std::string, std::string>{{"a.txt", before}});
  const auto fixed = fixed_files(
      report_with(folder,
                  {safe({{{"a.txt", 1, 1, 1, 1}, "new first\n"}}), safe({{{"a.txt", 5, 1, 7, 1}, ""}}),
                   safe({{{"a.txt", 15, 1, 15, 5}, "LINE"}}), safe({{{"a.txt", 16, 1, 16, 5}, "LINE"}}),
                   safe({{{"a.txt", 31, 5, 31, 5}, " one"}})}),
      false);
  REQUIRE(fixed.applied == 5);
  folder.write("p", as_patch(fixed));
  const Outcome applied = run_in(folder.path(), "git init -q && git apply --check p && git apply p");
  CAPTURE(applied.err);
  CHECK(applied.status == 0);
  CHECK(text(folder, "a.txt") == fixed.files.at("a.txt").after);
}
