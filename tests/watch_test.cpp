// `--watch`: runs again when a file changes that was read, and analyses only what that reaches.

#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <csignal>
#include <thread>

#include "cached_project.h"
#include "fixture.h"
#include "program.h"

using namespace corolint;
namespace fs = std::filesystem;
using namespace std::chrono_literals;

namespace {

// A check that watches the project, until this is destroyed.
class Watching {
 public:
  explicit Watching(const CachedProject& project, const std::string& arguments = "") : project_(project) {
    const std::string line = "exec " COROLINT " check . --watch -o concise --cache-dir ../cache " + arguments;
    for (const char* stream : {"out", "err"}) project.write(stream, "");
    process_ = fork();
    if (process_ == 0) {
      std::signal(SIGINT, SIG_DFL);
      dup2(open((project.path() / "out").c_str(), O_CREAT | O_WRONLY | O_APPEND, 0666), STDOUT_FILENO);
      dup2(open((project.path() / "err").c_str(), O_CREAT | O_WRONLY | O_APPEND, 0666), STDERR_FILENO);
      if (chdir((project.path() / project.root).c_str()) == 0) execl("/bin/sh", "sh", "-c", line.c_str(), nullptr);
      _exit(127);
    }
  }
  ~Watching() {
    if (process_ > 0) interrupt();
  }

  std::string out() const { return read_file(project_.path() / "out"); }
  std::string err() const { return read_file(project_.path() / "err"); }

  // Waits for the end of so many runs and returns what stands on stderr.
  std::string after_runs(std::size_t count) const {
    for (const auto limit = std::chrono::steady_clock::now() + 30s; runs() < count;) {
      REQUIRE_MESSAGE(std::chrono::steady_clock::now() < limit, err());
      std::this_thread::sleep_for(20ms);
    }
    return err();
  }

  std::size_t runs() const {
    const std::string text = err();
    std::size_t count = 0;
    for (std::size_t at = text.find("Watching "); at != std::string::npos; at = text.find("Watching ", at + 1)) ++count;
    return count;
  }

  int interrupt() {
    kill(process_, SIGINT);
    int status = 0;
    waitpid(std::exchange(process_, -1), &status, 0);
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
  }

 private:
  const CachedProject& project_;
  pid_t process_ = -1;
};

std::string last_lines(const std::string& text) {
  const std::size_t before = text.rfind("Watching ", text.rfind("Watching ") - 1);
  return text.substr(before == std::string::npos ? 0 : before);
}

}  // namespace

TEST_CASE("watch: a change is checked, and only what it reaches is analysed") {
  const CachedProject project;
  Watching watching(project);
  CHECK(watching.after_runs(1).find("3 of 3 units analysed") != std::string::npos);

  project.write("tree/a.cpp", "#include \"slow.h\"\ntask a() { co_return; }\n");
  const std::string second = last_lines(watching.after_runs(2));
  CHECK_MESSAGE(second.find("(2 from the cache)") != std::string::npos, second);
  CHECK_MESSAGE(second.find("Found 1 problem") != std::string::npos, second);

  project.write("tree/include/slow.h", "#pragma once\n#include \"task.h\"\ninline void slow() {}\n");
  const std::string third = last_lines(watching.after_runs(3));
  CHECK_MESSAGE(third.find("Found no problems.") != std::string::npos, third);

  std::this_thread::sleep_for(1s);
  CHECK(watching.runs() == 3);
  CHECK(watching.interrupt() == 130);
}

TEST_CASE("watch: the database and the configuration count, and a mistake in them does not end it") {
  const CachedProject project;
  Watching watching(project);
  watching.after_runs(1);
  project.write("tree/.corolint.yaml", "version: 1\nrules:\n  blocking-call-in-coroutine: off\n");
  CHECK(last_lines(watching.after_runs(2)).find("Found no problems.") != std::string::npos);
  project.write("tree/.corolint.yaml", "version: 1\nrulez: {}\n");
  CHECK(last_lines(watching.after_runs(3)).find("did you mean 'rules'") != std::string::npos);
  fs::remove(project.path() / "tree/.corolint.yaml");
  CHECK(last_lines(watching.after_runs(4)).find("Found 2 problems") != std::string::npos);
  project.write("tree/compile_commands.json", "[]");
  CHECK(last_lines(watching.after_runs(5)).find("error") != std::string::npos);
  project.write_database(project.root);
  CHECK(last_lines(watching.after_runs(6)).find("3 of 3 units analysed") != std::string::npos);
  CHECK(watching.interrupt() == 130);
}

TEST_CASE("watch: a unit with errors is checked again when it is put right, with a cache and without") {
  for (const std::string arguments : {"", "--no-cache"}) {
    const CachedProject project;
    project.write("tree/c.cpp", "int c() { return x; }\n");
    Watching watching(project, arguments);
    CHECK(watching.after_runs(1).find("2 of 3 units analysed") != std::string::npos);
    project.write("tree/c.cpp", "int c() { return 1; }\n");
    CHECK(last_lines(watching.after_runs(2)).find("3 of 3 units analysed") != std::string::npos);
  }
}

TEST_CASE("watch: what is wrong from the start ends it, and what changes the files does not go with it") {
  const ScratchFolder folder(std::map<std::string, std::string>{{"a.cpp", ""}});
  CHECK(run_corolint(folder.path(), "check --watch").status == 2);
  const Outcome fix = run_corolint(folder.path(), "check --watch --fix");
  CHECK(fix.err.find("--fix and --watch cannot be given together") != std::string::npos);
  const Outcome in = run_corolint(folder.path(), "check - --stdin-filename a.cpp --watch");
  CHECK(in.err.find("--watch waits for files to change") != std::string::npos);
}
