// The scripts around the program: what CI calls, and that they hold nothing of one machine.

#include <doctest/doctest.h>

#include "fixture.h"
#include "program.h"

using namespace corolint;
namespace fs = std::filesystem;

namespace {

const fs::path root = SOURCE_DIR;

bool is_executable(const fs::path& file) {
  return (fs::status(file).permissions() & fs::perms::owner_exec) != fs::perms::none;
}

}  // namespace

TEST_CASE("CI runs ./dev test and nothing else") {
  CHECK(is_executable(root / ".ci/run"));
  CHECK(read_file(root / ".ci/run").ends_with("cd \"$(dirname \"$0\")/..\" && exec ./dev test\n"));
}

TEST_CASE("./dev is a valid script that tells its commands") {
  CHECK(is_executable(root / "dev"));
  CHECK(run_in(root, "bash -n dev").status == 0);
  for (const std::string command : {"./dev", "./dev no-such-command"}) {
    const Outcome usage = run_in(root, command);
    CHECK(usage.status == 2);
    for (const char* text : {"./dev run", "./dev test", "./dev format"})
      CHECK(usage.err.find(text) != std::string::npos);
  }
}

TEST_CASE("scripts and README name no machine and no registry") {
  for (const char* file :
       {"dev", ".ci/run", "README.md", "action.yml", "templates/corolint.yml", "templates/corolint.cmake"}) {
    const std::string text = read_file(root / file);
    for (const char* part : {"/home/", "/root", "/work", "/tmp", "http://", "https://"})
      CHECK_MESSAGE(text.find(part) == std::string::npos, file << " holds " << part);
  }
}
