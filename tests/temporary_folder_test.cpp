// What a run keeps for itself while it runs goes with it, or with the next one.

#include "engine/temporary_folder.h"

#include <doctest/doctest.h>
#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <chrono>
#include <cstdlib>

#include "program.h"

using namespace corolint;
namespace fs = std::filesystem;

namespace {

// The system's temporary folder is this one as long as the object lives.
struct OwnTemporary : ScratchFolder {
  OwnTemporary() {
    if (const char* value = std::getenv("TMPDIR")) before = value;
    setenv("TMPDIR", path().c_str(), 1);
  }
  ~OwnTemporary() { before.empty() ? unsetenv("TMPDIR") : setenv("TMPDIR", before.c_str(), 1); }

  void leave(const std::string& name) const {
    write(name + "/prefix.pch", "x");
    fs::last_write_time(path() / name, fs::file_time_type::clock::now() - std::chrono::hours(1));
  }
  bool has(const std::string& name) const { return fs::exists(path() / name); }

  std::string before;
};

}  // namespace

TEST_CASE("temporary folder: it goes with the object, wherever that was moved to") {
  const OwnTemporary temporary;
  std::optional<TemporaryFolder> kept;
  {
    auto made = TemporaryFolder::make("kind");
    REQUIRE(made);
    CHECK(fs::is_directory(made->path()));
    kept = std::move(made);
  }
  CHECK(fs::is_directory(kept->path()));
  kept.reset();
  CHECK(fs::is_empty(temporary.path()));
}

TEST_CASE("temporary folder: what dead runs left goes, what is another's or in use stays") {
  const OwnTemporary temporary;
  for (const char* name : {"kind-dead", "kind-alive", "other-1", "kinder-1", "target"}) temporary.leave(name);
  temporary.write("kind-new/x", "");
  temporary.write("kind-file", "");
  fs::create_directory_symlink("target", temporary.path() / "kind-link");
  const int alive = open((temporary.path() / "kind-alive").c_str(), O_RDONLY | O_DIRECTORY);
  REQUIRE(flock(alive, LOCK_EX) == 0);
  const auto made = TemporaryFolder::make("kind");
  CHECK(!temporary.has("kind-dead"));
  for (const char* name : {"kind-alive", "other-1", "kinder-1", "target/prefix.pch", "kind-new", "kind-file"})
    CHECK_MESSAGE(temporary.has(name), name);
  close(alive);
  CHECK(TemporaryFolder::make("kind"));
  CHECK(!temporary.has("kind-alive"));
  CHECK(fs::is_directory(made->path()));
}

TEST_CASE("temporary folder: without a place for it there is none") {
  const OwnTemporary temporary;
  setenv("TMPDIR", (temporary.path() / "gone").c_str(), 1);
  CHECK(!TemporaryFolder::make("kind"));
}
