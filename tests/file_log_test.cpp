// What a file system tells, as a log that another run can check.

#include <doctest/doctest.h>

#include <filesystem>

#include "cache/file_log.h"
#include "cache/file_states.h"
#include "cache/observations.h"
#include "cache/observed_lines.h"
#include "cache/tool_id.h"
#include "fixture.h"
#include "program.h"

using namespace corolint;
namespace fs = std::filesystem;

namespace {

llvm::IntrusiveRefCntPtr<llvm::vfs::FileSystem> recorded(const ScratchFolder& folder, FileLog& log) {
  auto files = llvm::vfs::createPhysicalFileSystem();
  files->setCurrentWorkingDirectory(folder.path().string());
  return recording(llvm::IntrusiveRefCntPtr<llvm::vfs::FileSystem>(files.release()), log);
}

// Reads, looks for and lists some files, as a parser does.
void look_around(llvm::vfs::FileSystem& files) {
  CHECK(static_cast<bool>(files.getBufferForFile("src/./a.h")));
  CHECK(!files.getBufferForFile("first/deep/a.h"));
  CHECK(files.exists("src"));
  static_cast<void>(files.openFileForRead("src"));  // as a parser does that looks for a header of that name
  CHECK(!files.exists("src/b.h"));
  std::error_code error;
  for (auto it = files.dir_begin("src", error), end = llvm::vfs::directory_iterator(); it != end;)
    it.increment(error);
}

bool holds(const std::string& observations, const fs::path& root) {
  FileStates states;
  ObservedLines lines(root.string(), states);
  return lines.hold(lines.numbers_of(observations));
}

}  // namespace

TEST_CASE("a log holds until something that was seen changes") {
  const ScratchFolder folder(std::map<std::string, std::string>{{"src/a.h", "int a;\n"}});
  FileLog log;
  look_around(*recorded(folder, log));
  FileStates states;
  const auto observations = observations_of(log, folder.path().string(), states);
  REQUIRE(observations);
  CHECK(observations->find(folder.path().string()) == std::string::npos);
  CHECK(observations->find("A first\n") != std::string::npos);  // nothing below it was looked for twice
  CHECK(holds(*observations, folder.path()));

  const auto changed = [&](const std::string& file, const std::string& text) {
    folder.write(file, text);
    const bool is_seen = !holds(*observations, folder.path());
    fs::remove_all(folder.path() / file);
    if (file.starts_with("first")) fs::remove_all(folder.path() / "first");
    return is_seen;
  };
  CHECK(changed("src/b.h", ""));
  CHECK(changed("src/new", ""));  // the folder was listed
  CHECK(changed("first/deep/a.h", ""));
  CHECK(!changed("elsewhere", ""));
  CHECK(holds(*observations, folder.path()));
  CHECK(changed("src/a.h", "int b;\n"));
  folder.write("src/a.h", "int a;\n");
  CHECK(holds(*observations, folder.path()));
  CHECK(!holds(*observations, "/"));
}

TEST_CASE("a log survives as text, and other text is refused") {
  const ScratchFolder folder(std::map<std::string, std::string>{{"src/a.h", "int a;\n"}});
  FileLog log;
  look_around(*recorded(folder, log));
  auto read = FileLog::from_text(log.text());
  REQUIRE(static_cast<bool>(read));
  CHECK(read->text() == log.text());
  CHECK(read->entries().size() == log.entries().size());
  for (const char* text : {"X path\n", "R 1 2 path\n", "A\n", "nonsense"})
    CHECK_MESSAGE(llvm::toString(FileLog::from_text(text).takeError()) == "no log of files", text);
}

TEST_CASE("a log leaves to another what that says as well, and nothing else") {
  using enum FileLog::Seen;
  const Stamp first{1, 1, 1}, second{2, 2, 2};
  FileLog shared, own;
  for (const auto& [path, seen] :
       {std::pair("/both", read), {"/more", read}, {"/less", file}, {"/other", read}})
    shared.add(path, seen, seen == read ? first : Stamp{});
  own.add("/both", read, first);
  own.add("/more", file);  // the other has read it
  own.add("/less", read, first);
  own.add("/other", read, second);  // another content: who keeps both sees that they do not fit
  own.add("/alone", absent);
  own.leave_to(shared);
  std::vector<std::string> left;
  for (const auto& [path, entry] : own.entries()) left.push_back(path);
  CHECK(left == std::vector<std::string>{"/alone", "/less", "/other"});
}

TEST_CASE("a file that changes while it is looked at makes the log useless") {
  const ScratchFolder folder(std::map<std::string, std::string>{{"a.h", "1"}});
  FileLog log;
  const auto files = recorded(folder, log);
  CHECK(static_cast<bool>(files->getBufferForFile("a.h")));
  folder.write("a.h", "22");
  FileStates states;
  CHECK(!observations_of(log, folder.path().string(), states));
  CHECK(static_cast<bool>(files->getBufferForFile("a.h")));
  CHECK(log.is_torn());
  log.forget_read((folder.path() / "a.h").string());
  CHECK(log.is_torn());
  FileLog appeared;
  const auto others = recorded(folder, appeared);
  CHECK(!others->exists("b.h"));
  folder.write("b.h", "");
  CHECK(others->exists("b.h"));
  CHECK(appeared.is_torn());
}

TEST_CASE("what lies below the cache's folder is no input") {
  const ScratchFolder folder({{"cache/prefix", "x"}, {"cached.h", "x"}});
  FileLog log;
  log.leave_out((folder.path() / "cache").string());
  const auto files = recorded(folder, log);
  CHECK(static_cast<bool>(files->getBufferForFile("cache/prefix")));
  CHECK(static_cast<bool>(files->getBufferForFile("cached.h")));
  CHECK(log.entries().size() == 1);
}

TEST_CASE("digests of files are remembered between runs while the files' stamps stay") {
  const ScratchFolder folder(std::map<std::string, std::string>{{"a", "1"}});
  const std::string file = (folder.path() / "a").string();
  fs::last_write_time(file, fs::file_time_type::clock::now() - std::chrono::hours(1));
  FileStates first;
  const std::string digest = first.digest(file);
  CHECK(first.has_news());
  FileStates second(first.table());
  CHECK(second.digest(file) == digest);
  CHECK(!second.has_news());
  for (const std::string& table : {first.table().substr(1), first.table() + "x", std::string("nonsense")}) {
    FileStates damaged(table);
    CHECK(damaged.digest(file) == digest);
    CHECK(damaged.has_news());
  }
  folder.write("a", "2");
  FileStates third(first.table());
  CHECK(third.digest(file) != digest);
  CHECK(third.table().empty());  // it has just been written, and may change again within the same tick
  CHECK(FileStates("nonsense\n").digest(file) == third.digest(file));
  CHECK(FileStates().digest((folder.path() / "missing").string()).empty());
}

TEST_CASE("the tool's id is that of the program") {
  CHECK(tool_id().size() == 32);
  CHECK(tool_id() == tool_id());
}
