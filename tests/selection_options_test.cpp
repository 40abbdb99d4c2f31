// Options of the command line that say which files are looked at, with which flags, and where findings count.

#include <doctest/doctest.h>

#include <nlohmann/json.hpp>

#include "fixture.h"
#include "program.h"
#include "project/path_map.h"
#include "sources.h"

using namespace corolint;
using nlohmann::json;

namespace {

// A project with a finding in each of two sources and two headers.
ScratchFolder project(const std::string& config = "") {
  const std::string head = "#pragma once\n#include \"task.h\"\n";
  const auto blocks = [](const std::string& name) {
    return "inline task " + name + "() { sleep(1); co_return; }\n";
  };
  return ScratchFolder(std::map<std::string, std::string>{
      {"include/task.h", "#pragma once\n" + lazy_task + "extern \"C\" unsigned sleep(unsigned);\n"},
      {"include/api.h", head + blocks("in_api")},
      {"src/inner.h", head + blocks("in_inner")},
      {"src/a.cpp", "#include \"api.h\"\n#include \"inner.h\"\n" + blocks("in_a")},
      {"tests/b.cpp", "#include \"api.h\"\n" + blocks("in_b")},
      {"compile_flags.txt", "-std=c++20\n-Iinclude\n"},
      {".corolint.yaml", config}});
}

// Returns the files with findings, in order.
std::string files(const Outcome& outcome) {
  std::string names;
  const json report = json::parse(outcome.out, nullptr, false);
  if (report.is_discarded()) return outcome.err;
  for (const json& finding : report["findings"])
    names += (names.empty() ? "" : " ") + finding["place"]["file"].get<std::string>();
  return names;
}

std::string checked(const ScratchFolder& folder, const std::string& arguments) {
  return files(run_corolint(folder.path(), "check -q -o json " + arguments));
}

const std::string all = "include/api.h src/a.cpp src/inner.h tests/b.cpp";

}  // namespace

TEST_CASE("selection: --headers and its key decide in which headers something is reported") {
  const ScratchFolder folder = project();
  CHECK(checked(folder, "") == all);
  CHECK(checked(folder, "--headers project") == all);
  CHECK(checked(folder, "--headers none") == "src/a.cpp tests/b.cpp");
  CHECK(checked(folder, "--headers 'include/**'") == "include/api.h src/a.cpp tests/b.cpp");
  CHECK(checked(project("headers: none\n"), "") == "src/a.cpp tests/b.cpp");
  CHECK(checked(project("headers: [\"src/*\"]\n"), "") == "src/a.cpp src/inner.h tests/b.cpp");
  CHECK(checked(project("headers: none\n"), "--headers project") == all);
  const Outcome from_below =
      run_in(folder.path() / "include", std::string(COROLINT) + " check -q -o json .. --headers api.h");
  CHECK(files(from_below) == "include/api.h src/a.cpp tests/b.cpp");
  CHECK(run_corolint(project("headers: none\n").path(), "config show").out.find("headers: none") !=
        std::string::npos);
}

TEST_CASE("selection: --exclude takes files out, as the configuration's key does") {
  const ScratchFolder folder = project();
  CHECK(checked(folder, "--exclude 'tests/**'") == "include/api.h src/a.cpp src/inner.h");
  CHECK(checked(folder, "--exclude tests --exclude '**/*.h'") == "src/a.cpp");
  CHECK(checked(project("exclude: [tests]\n"), "--exclude 'src/**'").find("excludes all 2 selected units") !=
        std::string::npos);
}

TEST_CASE("selection: --extra-arg and --remove-arg change the commands") {
  const ScratchFolder folder = project();
  folder.write("src/c.cpp", "#ifdef ASYNC\n#include \"api.h\"\n#endif\n");
  CHECK(checked(folder, "src/c.cpp") == "");
  CHECK(checked(folder, "src/c.cpp --extra-arg=-DASYNC") == "include/api.h");
  const Outcome broken =
      run_corolint(folder.path(), "check -q src/c.cpp --extra-arg=-DASYNC --remove-arg '-Iincl*'");
  CHECK(broken.status == 3);
}

TEST_CASE("selection: --files-from reads a list, and an empty one never means the whole project") {
  const ScratchFolder folder = project();
  folder.write("list", "src/a.cpp\r\ninclude/api.h\nREADME.md\n\n");
  folder.write("nothing", "");
  CHECK(checked(folder, "--files-from list") == "include/api.h src/a.cpp src/inner.h");
  CHECK(files(run_in(folder.path(), "cat list | " COROLINT " check -q -o json --files-from -")) ==
        "include/api.h src/a.cpp src/inner.h");
  const Outcome told = run_corolint(folder.path(), "check -o concise --files-from list");
  CHECK(told.err.find("note: 2 files listed in list are headers or no C++") != std::string::npos);
  const Outcome empty = run_corolint(folder.path(), "check -q --files-from nothing");
  CHECK(empty.status == 2);
  CHECK(empty.err.find("nothing to analyse: nothing lists no files (--allow-empty makes this a success)") !=
        std::string::npos);
}

TEST_CASE("selection: --allow-empty makes nothing to do a success, with every report written") {
  const ScratchFolder folder = project();
  folder.write("nothing", "");
  const Outcome outcome = run_corolint(
      folder.path(), "check --files-from nothing --allow-empty -o concise -o sarif:out.sarif -o junit:j.xml");
  CHECK_MESSAGE(outcome.status == 0, outcome.err);
  CHECK(outcome.err.find("note: nothing to analyse") != std::string::npos);
  CHECK(json::parse(read_file(folder.path() / "out.sarif"))["runs"][0]["results"].empty());
  CHECK(run_corolint(folder.path(), "check -q --allow-empty --exclude 'src/**' --exclude tests").status == 0);
  CHECK(run_corolint(folder.path(), "check -q --allow-empty none.cpp").status == 2);
}

TEST_CASE("selection: --path-map renames the folders of a database that was made elsewhere") {
  const std::string from = "/build-container/src";
  std::vector<CompileCommand> commands = {
      {from,
       from + "/a.cpp",
       {"c++", "-I" + from + "/include", "-I", from, "-DX=" + from + "2", "-I/home" + from, "a.cpp"}}};
  REQUIRE(!map_paths({from + "/=/here"}, commands));
  CHECK(commands[0].directory == "/here");
  CHECK(commands[0].file == "/here/a.cpp");
  CHECK(commands[0].arguments == std::vector<std::string>{"c++", "-I/here/include", "-I", "/here",
                                                          "-DX=" + from + "2", "-I/home" + from, "a.cpp"});
  const ScratchFolder folder = project();
  folder.write("build/compile_commands.json",
               json::array({{{"directory", from + "/build"},
                             {"file", from + "/src/a.cpp"},
                             {"command", "c++ -std=c++20 -I" + from + "/include -c ../src/a.cpp"}}})
                   .dump());
  const std::string here = folder.path().string();
  CHECK(run_corolint(folder.path(), "check -q -p build").status != 1);
  CHECK(checked(folder, "-p build --path-map " + from + "=" + here) == "include/api.h src/a.cpp src/inner.h");
}
