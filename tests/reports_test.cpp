// What reaches stdout, stderr and files: stdout carries the report and nothing else, a file is whole or not
// there.

#include <doctest/doctest.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "fixture.h"
#include "program.h"

using namespace corolint;
namespace fs = std::filesystem;
using nlohmann::json;

namespace {

const std::string blocks =
    "#include <task.h>\nextern \"C\" unsigned sleep(unsigned);\ntask<> f() { sleep(1); co_return; }\n";

// Flags with the fakes of fixtures/lib, and one that Clang does not know.
std::string flags() {
  const std::string lib = (fixtures_folder() / "lib").string();
  return " -- -std=c++20 -fmodules-ts -nostdinc++ -isystem '" + lib + "/std' -I '" + lib + "/task'";
}

// A finding, a unit that does not parse, and a dropped flag: all that stderr may tell of.
ScratchFolder mixed_project() {
  return ScratchFolder({{"blocks.cpp", blocks}, {"broken.cpp", "#include \"missing.h\"\n"}});
}

std::vector<std::string> files_in(const fs::path& folder) {
  std::vector<std::string> files;
  for (const auto& entry : fs::directory_iterator(folder)) files.push_back(entry.path().filename().string());
  std::sort(files.begin(), files.end());
  return files;
}

std::size_t count(const std::string& text, const std::string& part) {
  std::size_t found = 0;
  for (std::size_t at = text.find(part); at != std::string::npos; at = text.find(part, at + 1)) ++found;
  return found;
}

}  // namespace

TEST_CASE("stdout carries the report and nothing else, in every format") {
  const ScratchFolder folder = mixed_project();
  const Outcome concise = run_corolint(folder.path(), "check . -o concise" + flags());
  CHECK(concise.status == 1);
  CHECK(count(concise.out, "\n") == 1);
  CHECK(concise.out.starts_with("blocks.cpp:3:14: error: 'sleep' blocks"));
  for (const std::string format : {"json", "sarif"}) {
    const Outcome outcome = run_corolint(folder.path(), "check . -o " + format + flags());
    CHECK_MESSAGE(json::accept(outcome.out), format);
    CHECK(outcome.err.find("missing.h") != std::string::npos);
  }
  const Outcome full = run_corolint(folder.path(), "check . -o full" + flags());
  CHECK(full.out.starts_with("error[blocking-call-in-coroutine]: "));
  CHECK(full.out.find("units analysed") == std::string::npos);
}

TEST_CASE("stderr tells of all dropped flags in one note") {
  const ScratchFolder folder({{"a.cpp", blocks}, {"b.cpp", blocks}});
  const Outcome outcome = run_corolint(folder.path(), "check . -o concise" + flags());
  CHECK(count(outcome.err, "note: ") == 1);
  CHECK(outcome.err.find("-fmodules-ts (2 units)") != std::string::npos);
  CHECK(run_corolint(folder.path(), "check . -q" + flags()).err.empty());
}

TEST_CASE("all formats in one run are the same bytes as each alone") {
  const ScratchFolder folder = mixed_project();
  CHECK(run_corolint(folder.path(), "check . -o full -o concise:c -o json:j -o sarif:s" + flags()).status ==
        1);
  CHECK(read_file(folder.path() / "c") == run_corolint(folder.path(), "check . -o concise" + flags()).out);
  CHECK(read_file(folder.path() / "j") == run_corolint(folder.path(), "check . -o json" + flags()).out);
  CHECK(read_file(folder.path() / "s") == run_corolint(folder.path(), "check . -o sarif" + flags()).out);
}

TEST_CASE("a file that cannot be written is an error, and nothing of it is left behind") {
  const ScratchFolder folder({{"blocks.cpp", blocks}, {"taken/file", ""}});
  const auto before = files_in(folder.path());
  for (const std::string target : {"taken", "no/such/folder/log", "blocks.cpp/log"}) {
    const Outcome outcome = run_corolint(folder.path(), "check . -o sarif:" + target + flags());
    CHECK(outcome.status == 2);
    CHECK(outcome.err.find("cannot write " + target) != std::string::npos);
  }
  CHECK(
      run_in(folder.path(), std::string(COROLINT) + " check . -o concise" + flags() + " >/dev/full").status ==
      2);
  CHECK(files_in(folder.path()) == before);
  CHECK(files_in(folder.path() / "taken") == std::vector<std::string>{"file"});
}

TEST_CASE("a file that was there is replaced as a whole") {
  const ScratchFolder folder({{"blocks.cpp", blocks}, {"log", std::string(100000, 'x')}});
  CHECK(run_corolint(folder.path(), "check . -o json:log" + flags()).status == 1);
  CHECK(json::accept(read_file(folder.path() / "log")));
}

TEST_CASE("a symlink stays one, and what it points to gets the report") {
  const ScratchFolder folder({{"blocks.cpp", blocks}, {"real", "old"}});
  fs::create_symlink("real", folder.path() / "link");
  CHECK(run_corolint(folder.path(), "check . -o json:link" + flags()).status == 1);
  CHECK(fs::is_symlink(folder.path() / "link"));
  CHECK(json::accept(read_file(folder.path() / "real")));
}

TEST_CASE("a pipe stays one, and its reader gets the report") {
  const ScratchFolder folder(std::map<std::string, std::string>{{"blocks.cpp", blocks}});
  const Outcome outcome =
      run_in(folder.path(), "mkfifo pipe; timeout 20 cat pipe >got & " + std::string(COROLINT) +
                                " check . -o json:pipe" + flags() + "; wait; test -p pipe");
  CHECK(outcome.status == 0);
  CHECK(json::accept(read_file(folder.path() / "got")));
}

TEST_CASE("rules and explain that cannot be written are no findings") {
  const ScratchFolder folder;
  for (const std::string command : {"rules", "explain missing-timeout"})
    CHECK(run_in(folder.path(), std::string(COROLINT) + " " + command + " >/dev/full").status == 2);
}
