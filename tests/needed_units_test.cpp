// Units without asynchronous code are not parsed, and that changes no byte of a report.

#include <doctest/doctest.h>

#include "cache/file_log.h"
#include "engine/analysis.h"
#include "engine/unit_words.h"
#include "fixture.h"
#include "program.h"
#include "rule/rule.h"

using namespace corolint;
namespace fs = std::filesystem;

namespace {

const std::string task_header =
    "#pragma once\n#include <coroutine>\n"
    "struct task {\n  struct promise_type {\n    task get_return_object() { return {}; }\n"
    "    std::suspend_always initial_suspend() { return {}; }\n"
    "    std::suspend_always final_suspend() noexcept { return {}; }\n"
    "    void return_void() {}\n    void unhandled_exception() {}\n  };\n"
    "  bool await_ready() { return false; }\n  void await_suspend(std::coroutine_handle<>) {}\n"
    "  void await_resume() {}\n};\n";

// A coroutine that calls what other units define, and a unit that nobody calls.
struct WholeProgram : ScratchFolder {
  WholeProgram(const std::string& api, const std::string& body, const std::string& plain) {
    write("compile_flags.txt", "-std=c++20\n");
    write("task.h", task_header);
    write("api.h", "#pragma once\n#include <functional>\n" + api);
    write("service.cpp", "#include \"task.h\"\n#include \"api.h\"\n" + body);
    write("plain.cpp", "#include \"api.h\"\n#include <unistd.h>\n" + plain);
    write("idle.cpp", "#include <unistd.h>\nvoid idle() { sleep(1); }\nint main() { idle(); }\n");
  }

  // Checks that leaving units out changes nothing, and returns how many were left out.
  int left_out(const std::string& flags = " --no-cache", int findings = 1) const {
    const ScratchFolder out;
    const auto run = [&](const std::string& name, const std::string& more) {
      const std::string file = (out.path() / name).string();
      return run_corolint(path(), "check . --fail-on never --profile -o json:'" + file + ".json' -o full:'" +
                                      file + ".full'" + more);
    };
    const Outcome with = run("with", " --skip-synchronous" + flags), without = run("without", " --no-cache");
    CHECK(with.status == without.status);
    const std::string json = read_file(out.path() / "without.json");
    CHECK(read_file(out.path() / "with.json") == json);
    CHECK(read_file(out.path() / "with.full") == read_file(out.path() / "without.full"));
    std::size_t count = 0;
    for (std::size_t at = 0; (at = json.find("\"message_id\"", at)) != std::string::npos; ++at) ++count;
    CHECK_MESSAGE(count == static_cast<std::size_t>(findings), json);
    const std::string words = "  units without asynchronous code, not parsed";
    const std::size_t at = with.err.find(words);
    if (at == std::string::npos) return 0;
    const std::size_t line = with.err.rfind('\n', at) + 1;
    return std::stoi(with.err.substr(line, at - line));
  }
};

}  // namespace

TEST_CASE("units that asynchronous code comes to are parsed, the others are not") {
  CHECK(WholeProgram("void save();", "task run() { save(); co_return; }", "void save() { sleep(1); }")
            .left_out() == 1);
  CHECK(WholeProgram("void save();", "task run() { co_return; }", "void save() { sleep(1); }")
            .left_out(" --no-cache", 0) == 2);
}

TEST_CASE("units are found by what asynchronous code calls, in whatever way it is defined") {
  const auto one_is_left_out = [](const std::string& api, const std::string& body, const std::string& plain) {
    CAPTURE(plain);
    CHECK(WholeProgram(api, body, plain).left_out() == 1);
  };
  one_is_left_out("struct file { void save(); };", "task run(file& f) { f.save(); co_return; }",
                  "void file::save() { sleep(1); }");
  one_is_left_out("struct file { virtual void save() = 0; };", "task run(file& f) { f.save(); co_return; }",
                  "struct disk : file { void save() override { sleep(1); } };");
  one_is_left_out("struct file { file(); };", "task run() { file f; co_return; }",
                  "file::file() { sleep(1); }");
  one_is_left_out("struct file { ~file(); };", "task run() { file f; co_return; }",
                  "file::~file() { sleep(1); }");
  one_is_left_out("struct file { void operator+=(int); };", "task run(file& f) { f += 1; co_return; }",
                  "void file::operator+=(int) { sleep(1); }");
  one_is_left_out("struct file { operator bool(); };", "task run(file& f) { if (f) co_return; }",
                  "file::operator bool() { sleep(1); return true; }");
  one_is_left_out("namespace disk { void save(); }", "task run() { disk::save(); co_return; }",
                  "namespace disk { void save() { sleep(1); } }");
  one_is_left_out("void save();\n#define HANDLER(name) void name()", "task run() { save(); co_return; }",
                  "HANDLER(save) { sleep(1); }");
  one_is_left_out("void save();\n#define HANDLER(name) void name() { sleep(1); }",
                  "task run() { save(); co_return; }", "HANDLER(save)");
}

TEST_CASE("units that store what asynchronous code runs are parsed") {
  CHECK(WholeProgram("struct hooks { std::function<void()> on_close; };",
                     "task run(hooks& h) { h.on_close(); co_return; }",
                     "void set(hooks& h) { h.on_close = [] { sleep(1); }; }")
            .left_out() == 1);
  CHECK(WholeProgram("struct hooks { std::function<void()> on_close; void set(std::function<void()> f); };",
                     "void hooks::set(std::function<void()> f) { on_close = f; }\n"
                     "task run(hooks& h) { h.on_close(); co_return; }",
                     "void install(hooks& h) { h.set([] { sleep(1); }); }")
            .left_out() == 1);
}

TEST_CASE("what was left out is parsed when an edit wants it, and the cache knows the rest") {
  WholeProgram program("void save();", "task run() { co_return; }", "void save() { sleep(1); }");
  const ScratchFolder cache;
  const std::string flags = " --cache-dir '" + cache.path().string() + "'";
  CHECK(program.left_out(flags, 0) == 2);
  const Outcome again = run_corolint(program.path(), "check . --skip-synchronous --profile" + flags);
  CHECK(again.err.find("not parsed") == std::string::npos);  // nothing changed: no unit was looked at
  CHECK(again.status == 0);
  program.write("service.cpp", "#include \"task.h\"\n#include \"api.h\"\ntask run() { save(); co_return; }");
  CHECK(program.left_out(flags) == 1);
  program.write("idle.cpp",
                "#include \"task.h\"\n#include <unistd.h>\ntask idle() { sleep(1); co_return; }\n");
  CHECK(program.left_out(flags, 2) == 0);
}

// Leaving units out is asked for, because this goes with it.
TEST_CASE("what does not compile is seen by a run that leaves nothing out, and only there") {
  const WholeProgram program("", "task run() { co_return; }", "int broken = ;");
  const ScratchFolder cache;
  const std::string flags = " --cache-dir '" + cache.path().string() + "'";
  CHECK(run_corolint(program.path(), "check . --skip-synchronous" + flags).status == 0);
  const Outcome whole = run_corolint(program.path(), "check ." + flags);
  CHECK(whole.status == 3);
  CHECK(whole.err.find("plain.cpp") != std::string::npos);
}

// The words of every fixture with something to find say that it may be asynchronous.
TEST_CASE("no unit with a finding is left out: all fixtures") {
  const Vocabulary vocabulary(fixture_models().libraries());
  const ParseSettings settings = fixture_settings();
  FileLog log;
  UnitWordScan scan(settings, vocabulary, log);
  std::size_t checked = 0;
  for (const RuleEntry& rule : all_rules())
    for (const fs::path& fixture : fixtures_in(fixtures_folder() / rule.name)) {
      if (fs::is_directory(fixture) ||
          read_file(fixture).find("// expect: " + std::string(rule.name)) == std::string::npos)
        continue;
      ++checked;
      CHECK_MESSAGE(!scan.look_at(fixture_command(fixture)).reason.empty(), fixture.string());
    }
  CHECK(checked > 100);
}
