// `check -`: one file as an editor holds it. What stands on stdin counts, the file on disk does not, and
// nothing of it is taken for the file on disk later.

#include <nlohmann/json.hpp>

#include "cached_project.h"
#include "fixture.h"
#include "program.h"
#include "sources.h"

using namespace corolint;
using nlohmann::json;
namespace fs = std::filesystem;

namespace {

const std::string clean = "#include \"slow.h\"\ntask a() { co_return; }\n";
const std::string blocks = "#include \"slow.h\"\n\ntask a() { slow(); co_return; }\n";

// A project with a cache, and a file that a shell gives as stdin.
struct Edited : CachedProject {
  Outcome check(const std::string& text, const std::string& arguments, const std::string& folder = "") const {
    write("stdin.txt", text);
    return run("check - " + arguments + " <" + (path() / "stdin.txt").string(), folder);
  }

  json findings(const std::string& text, const std::string& arguments) const {
    const Outcome outcome = check(text, arguments + " -o json");
    CAPTURE(outcome.err);
    REQUIRE((outcome.status == 0 || outcome.status == 1));
    return json::parse(outcome.out)["findings"];
  }
};

}  // namespace

TEST_CASE("stdin: what is not saved yet is checked, under the file's name and with its command") {
  const Edited project;
  project.write("tree/a.cpp", clean);
  const Outcome outcome = project.check(blocks, "--stdin-filename a.cpp -o full");
  CAPTURE(outcome.err);
  CHECK(outcome.status == 1);
  CHECK(outcome.out.find("--> a.cpp:3:12") != std::string::npos);
  CHECK(outcome.out.find("3 | task a() { slow(); co_return; }") != std::string::npos);
  CHECK(outcome.err.find("1 of 1 unit analysed") != std::string::npos);
  CHECK(read_file(project.path() / "tree/a.cpp") == clean);

  project.write("tree/a.cpp", blocks);
  CHECK(project.check(clean, "--stdin-filename a.cpp").status == 0);
  CHECK(project.check(blocks, "--stdin-filename a.cpp").status == 1);
  const json finding = project.findings("\n" + blocks, "--stdin-filename ./include/../a.cpp")[0];
  CHECK(finding["place"]["file"] == "a.cpp");
  CHECK(finding["place"]["line"] == 4);
}

TEST_CASE("stdin: nothing that was made of it is taken for the file on disk") {
  const Edited project;
  const std::string one = "#include \"slow.h\"\ntask a() { slow(); co_return; }\n";
  const std::string two = "#include \"slow.h\"\ntask a() { /*ow*/; co_return; }\n";  // as long
  project.write("tree/a.cpp", one);
  CHECK(project.known() == 0);
  CHECK(project.findings(two, "--stdin-filename a.cpp").empty());
  CHECK(project.findings(two, "--stdin-filename a.cpp").empty());
  CHECK(project.known() == 3);
  CHECK(project.run("check a.cpp -o concise").status == 1);
  project.write("tree/a.cpp", two);
  CHECK(project.known() == 2);
  CHECK(project.run("check a.cpp -o concise").status == 0);
  CHECK(project.findings(one, "--stdin-filename a.cpp").size() == 1);
  CHECK(project.known() == 3);
  CHECK(project.run("check a.cpp -o concise").status == 0);

  const std::size_t units = project.entries("units").size();
  for (unsigned i = 0; i < 3; ++i) project.check(std::string(i, '\n') + one, "--stdin-filename a.cpp");
  CHECK(project.entries("units").size() == units);
  CHECK(project.check(two, "--stdin-filename a.cpp").err.find("1 from the cache") != std::string::npos);
}

TEST_CASE("stdin: a file without a command is an error, one that is not on disk is none") {
  const Edited project;
  const Outcome unknown = project.check(blocks, "--stdin-filename new.cpp");
  CHECK(unknown.status == 2);
  CHECK_MESSAGE(unknown.err.find("new.cpp' is not in the compile database") != std::string::npos, unknown.err);
  fs::remove(project.path() / "tree/a.cpp");
  CHECK(project.check(blocks, "--stdin-filename a.cpp").status == 1);
  CHECK(!fs::exists(project.path() / "tree/a.cpp"));

  const ScratchFolder flags(std::map<std::string, std::string>{{"compile_flags.txt", "-std=c++20\n"}});
  flags.write("text", lazy_task + "extern \"C\" unsigned sleep(unsigned);\ntask f() { sleep(1); co_return; }\n");
  const Outcome fresh = run_in(flags.path(), COROLINT " check - --stdin-filename src/new.cpp -o concise <text");
  CHECK_MESSAGE(fresh.status == 1, fresh.err);
  CHECK_MESSAGE(fresh.out.starts_with("src/new.cpp:16:"), fresh.out);
  const Outcome given = run_in(flags.path(), COROLINT " check - --stdin-filename n.cc -o concise -- -std=c++20 <text");
  CHECK_MESSAGE(given.status == 1, given.err);
}

TEST_CASE("stdin: a header is checked through a unit that includes it, and is all that is reported") {
  const Edited project;
  const std::string slow = read_file(project.path() / "tree/include/slow.h");
  CHECK(project.run("check .").status == 1);
  CHECK(project.findings(slow, "--stdin-filename include/slow.h").empty());
  const json findings =
      project.findings(slow + "inline task c() { slow(); co_return; }\n", "--stdin-filename include/slow.h");
  REQUIRE(findings.size() == 1);
  CHECK(findings[0]["place"]["file"] == "include/slow.h");
  const Outcome elsewhere = project.check(slow + "inline task c() { slow(); co_return; }\n",
                                          "-p tree --stdin-filename tree/include/slow.h -o concise", ".");
  CHECK_MESSAGE(elsewhere.out.starts_with("tree/include/slow.h:"), elsewhere.err);

  project.write("tree/include/lonely.h", "");
  const Outcome lonely = project.check("", "--stdin-filename include/lonely.h");
  CHECK(lonely.status == 2);
  CHECK_MESSAGE(lonely.err.find("no unit of") != std::string::npos, lonely.err);
  project.write("tree/a.cpp", "#if 0\n#include \"lonely.h\"\n#endif\n");
  const Outcome unread = project.check("", "--stdin-filename include/lonely.h");
  CHECK(unread.status == 3);
  CHECK_MESSAGE(unread.err.find("is not read by a.cpp") != std::string::npos, unread.err);
}

TEST_CASE("stdin: the file is known again whatever way leads to it") {
  const ScratchFolder folder(std::map<std::string, std::string>{
      {"real/a.cpp", "#include \"../link/a.h\"\ntask f() { slow(); co_return; }\n"},
      {"real/a.h", "#pragma once" + lazy_task + "inline void slow() {}\n"},
      {"text", "#pragma once" + lazy_task + "extern \"C\" unsigned sleep(unsigned);\ninline void slow() { sleep(1); }\n" +
                   "inline task g() { slow(); co_return; }\n"},
      {"compile_flags.txt", "-std=c++20\n"}});
  fs::create_directory_symlink("real", folder.path() / "link");
  const Outcome outcome =
      run_in(folder.path(), COROLINT " check - --stdin-filename link/../real/a.h -o concise --no-cache <text");
  CHECK_MESSAGE(outcome.status == 1, outcome.err);
  CHECK(outcome.out.starts_with("real/a.h:"));
}

TEST_CASE("stdin: --diff shows changes of what was read, and changes nothing") {
  const ScratchFolder folder(std::map<std::string, std::string>{{"compile_flags.txt", "-std=c++20\n"}});
  folder.write("a.cpp", "int saved;\n");
  folder.write("text", lazy_task + "task g();\ntask f() {\n  g();\n  co_return;\n}\n");
  const Outcome outcome =
      run_in(folder.path(), COROLINT " check - --stdin-filename a.cpp --diff --unsafe-fixes <text");
  CAPTURE(outcome.err);
  CHECK(outcome.status == 1);
  CHECK(outcome.out.starts_with("--- a/a.cpp\n+++ b/a.cpp\n"));
  CHECK(outcome.out.find("-  g();\n+  co_await g();\n") != std::string::npos);
  CHECK(read_file(folder.path() / "a.cpp") == "int saved;\n");
  const Outcome applied = run_in(folder.path(), COROLINT
                                 " check - --stdin-filename a.cpp --diff --unsafe-fixes <text >patch;"
                                 " cp text a.cpp; patch -p1 -s <patch; grep -c 'co_await g' a.cpp");
  CHECK_MESSAGE(applied.out == "1\n", applied.err);
}

TEST_CASE("stdin: what cannot be is refused, with what to do instead") {
  const ScratchFolder folder(std::map<std::string, std::string>{{"compile_flags.txt", "-std=c++20\n"}, {"a.cpp", ""}});
  const std::vector<std::pair<std::string, std::string>> mistakes = {
      {"check -", "say which one with --stdin-filename FILE"},
      {"check a.cpp --stdin-filename a.cpp", "--stdin-filename goes with '-' for PATH"},
      {"check - a.cpp --stdin-filename a.cpp", "'-' reads one file from stdin, and stands alone"},
      {"check - --stdin-filename a.cpp --files-from -", "'-' reads one file from stdin, and stands alone"},
      {"check - --stdin-filename a.cpp --patch -", "write the patch to a file"},
      {"check - --stdin-filename a.cpp --fix", "--diff prints the changes as a patch"},
      {"plan - -o plan", "'-' does not exist"}};
  for (const auto& [arguments, told] : mistakes) {
    CAPTURE(arguments);
    const Outcome outcome = run_corolint(folder.path(), arguments);
    CHECK(outcome.status == 2);
    CHECK_MESSAGE(outcome.err.find(told) != std::string::npos, outcome.err);
  }
}
