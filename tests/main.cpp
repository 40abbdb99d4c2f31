#define DOCTEST_CONFIG_IMPLEMENT
#include <doctest/doctest.h>

#include <cstdlib>
#include <filesystem>

// The programs under test keep what they find in a cache of this run, not in that of whoever runs the tests.
int main(int count, char** arguments) {
  std::string folder = (std::filesystem::temp_directory_path() / "corolint-test-cache-XXXXXX").string();
  if (!mkdtemp(folder.data())) return 2;
  setenv("COROLINT_CACHE_DIR", (folder + "/cache").c_str(), 1);
  const int status = doctest::Context(count, arguments).run();
  std::filesystem::remove_all(folder);
  return status;
}
