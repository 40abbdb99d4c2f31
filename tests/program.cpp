#include "program.h"

#include <doctest/doctest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdlib>
#include <fstream>

#include "fixture.h"

namespace corolint {

namespace fs = std::filesystem;

Outcome run_in(const fs::path& folder, const std::string& command) {
  const ScratchFolder logs;
  const fs::path out = logs.path() / "out", err = logs.path() / "err";
  const std::string line = "cd '" + folder.string() + "' && { " + command + "\n} >'" + out.string() +
                           "' 2>'" + err.string() + "' </dev/null";
  const int status = std::system(line.c_str());
  return {WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status), read_file(out), read_file(err)};
}

Outcome run_corolint(const fs::path& folder, const std::string& arguments) {
  return run_in(folder, std::string(COROLINT) + " " + arguments);
}

ScratchFolder::ScratchFolder(const std::map<std::string, std::string>& files) {
  std::string name = (fs::temp_directory_path() / "corolint-test-XXXXXX").string();
  REQUIRE(mkdtemp(name.data()) != nullptr);
  path_ = fs::canonical(name);
  for (const auto& [file, text] : files) write(file, text);
}

ScratchFolder::~ScratchFolder() {
  fs::remove_all(path_);
}

void ScratchFolder::write(const std::string& file, const std::string& text) const {
  fs::create_directories((path_ / file).parent_path());
  std::ofstream(path_ / file, std::ios::binary) << text;
}

}  // namespace corolint
