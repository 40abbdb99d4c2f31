// One mistake is told once, however many units see it and however they spell the way to its file.

#include <doctest/doctest.h>

#include <nlohmann/json.hpp>

#include "fixture.h"
#include "program.h"
#include "sources.h"

using namespace corolint;
using nlohmann::json;

namespace {

const std::string header = "#pragma once\n" + lazy_task +
                           "extern \"C\" unsigned sleep(unsigned);\n"
                           "inline task blocks() { sleep(1); co_return; }\n"
                           "template <typename T> task of(T) { sleep(2); co_return; }\n";

// Returns the lines of `text` that hold `part`.
std::size_t count(const std::string& text, const std::string& part) {
  std::size_t count = 0;
  for (std::size_t at = 0; (at = text.find(part, at)) != std::string::npos; ++at) ++count;
  return count;
}

}  // namespace

TEST_SUITE_BEGIN("acceptance 6: noise");

TEST_CASE("noise: a header's finding that 300 units see is one line, in every format") {
  std::map<std::string, std::string> files = {{"include/work.h", header},
                                              {"compile_flags.txt", "-std=c++20\n"}};
  const std::vector<std::string> ways = {"\"../include/work.h\"", "\"../src/../include/work.h\"",
                                         "\"./../include/./work.h\"", "\"..//include/work.h\""};
  for (int i = 0; i < 300; ++i)
    files["src/unit" + std::to_string(i) + ".cpp"] =
        "#include " + ways[i % ways.size()] + "\nstatic task use" + std::to_string(i) + "() { co_await of(" +
        (i % 2 == 0 ? "1" : "2L") + "); }\n";
  const ScratchFolder folder(files);
  const Outcome outcome =
      run_corolint(folder.path(),
                   "check src -o concise -o json:r.json -o sarif:r.sarif -o gitlab:r.gitlab --fail-on never");
  CHECK_MESSAGE(outcome.status == 0, outcome.err);
  CHECK(outcome.err.find("300 of 300 units analysed") != std::string::npos);
  CHECK(count(outcome.out, "\n") == 2);
  CHECK(count(outcome.out, "include/work.h:") == 2);
  CHECK(json::parse(read_file(folder.path() / "r.json"))["findings"].size() == 2);
  CHECK(json::parse(read_file(folder.path() / "r.sarif"))["runs"][0]["results"].size() == 2);
  CHECK(json::parse(read_file(folder.path() / "r.gitlab")).size() == 2);
}

TEST_CASE("noise: entries that name one source in several ways are one unit") {
  const ScratchFolder folder(std::map<std::string, std::string>{
      {"include/work.h", header}, {"src/a.cpp", "#include \"../include/work.h\"\n"}, {"build/x", ""}});
  const std::string here = folder.path().string();
  json entries = json::array();
  for (const std::string& name : {here + "/src/a.cpp", here + "/build/../src/a.cpp", here + "/src/./a.cpp"})
    entries.push_back(
        {{"directory", here + "/build"}, {"file", name}, {"command", "c++ -std=c++20 -c " + name}});
  folder.write("build/compile_commands.json", entries.dump());
  const Outcome outcome = run_corolint(folder.path(), "check -o concise --fail-on never");
  CHECK(count(outcome.out, "include/work.h:") == 2);
  CHECK_MESSAGE(outcome.err.find("1 of 1 unit analysed") != std::string::npos, outcome.err);
}

TEST_CASE("noise: what one source's commands have in common is told once") {
  const ScratchFolder folder(std::map<std::string, std::string>{{"a.cpp", header}});
  const std::string here = folder.path().string();
  json entries = json::array();
  for (const char* flags : {"-DA=1", "-DA=2", "-O2"})
    entries.push_back({{"directory", here},
                       {"file", here + "/a.cpp"},
                       {"command", std::string("c++ -std=c++20 ") + flags + " -c a.cpp"}});
  folder.write("compile_commands.json", entries.dump());
  CHECK(count(run_corolint(folder.path(), "check -o concise --fail-on never").out, "a.cpp:") == 2);
}

TEST_SUITE_END();
