// A file that is replaced: old or new at any moment, and nothing beside it once the process has ended.

#include <doctest/doctest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <random>
#include <thread>

#include "cli/whole_file.h"
#include "fixture.h"
#include "program.h"

using namespace corolint;
namespace fs = std::filesystem;

namespace {

// Starts a process that replaces the file again and again.
pid_t start_writer(const std::string& file) {
  const auto handler = std::signal(SIGTERM, SIG_DFL);  // the test framework's is not for the child
  const pid_t process = fork();
  while (process == 0)
    for (const char letter : {'a', 'b'})
      if (write_to_file(file, std::string(5000, letter))) _exit(1);
  std::signal(SIGTERM, handler);
  return process;
}

}  // namespace

TEST_CASE("output file: a writer that SIGTERM ends leaves one whole file and no second name") {
  const ScratchFolder project;
  const std::string file = project.path() / "out" / "report";
  fs::create_directory(project.path() / "out");
  std::mt19937 random(7);
  for (int i = 0; i < 300; ++i) {
    project.write("out/report", std::string(5000, 'a'));
    const pid_t writer = start_writer(file);
    std::this_thread::sleep_for(std::chrono::microseconds(2000 + random() % 1000));
    kill(writer, SIGTERM);
    int status = 0;
    waitpid(writer, &status, 0);
    CHECK(WIFSIGNALED(status));
    const auto names = fs::directory_iterator(project.path() / "out");
    REQUIRE(std::distance(begin(names), end(names)) == 1);
    const std::string text = read_file(file);
    CHECK(text == std::string(5000, text.at(0)));
  }
}
