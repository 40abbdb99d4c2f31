// The bytes of a report are a function of sources, configuration and version: not of workers, shards, the
// order of the database, or what the worker did before.

#include <doctest/doctest.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <random>

#include "fixture.h"
#include "program.h"

using namespace corolint;
namespace fs = std::filesystem;
using nlohmann::json;

namespace {

// A program of many files with a database that can be shuffled.
struct ShuffledProject : ScratchFolder {
  ShuffledProject() {
    const fs::path fixture = fixtures_folder() / "blocking-call-in-coroutine" / "chain_of_12";
    for (const auto& entry : fs::directory_iterator(fixture)) {
      fs::copy(entry.path(), path());
      if (entry.path().extension() == ".cpp") add(entry.path().filename());
    }
    write(".git/HEAD", "");
  }

  void add(const std::string& name) {
    const std::string lib = (fixtures_folder() / "lib").string();
    entries.push_back({{"directory", path().string()},
                       {"file", name},
                       {"arguments",
                        {"clang++", "-std=c++20", "-nostdinc++", "-isystem", lib + "/std", "-isystem",
                         lib + "/task", name}}});
  }

  // Returns the bytes of all formats of one run, done in a random way.
  std::string run(std::mt19937& random) {
    std::shuffle(entries.begin(), entries.end(), random);
    write("compile_commands.json", json(entries).dump());
    const std::string outputs = " -q -o json:a.json -o sarif:a.sarif -o full:a.txt -o concise:b.txt";
    const std::string caches[] = {" --no-cache", " --cache-dir warm", " --cache-dir cold"};
    fs::remove_all(path() / "cold");
    const std::string jobs = " -j " + std::to_string(1 + random() % 9) + caches[random() % 3];
    if (random() % 2)
      CHECK(run_corolint(path(), "check -p ." + jobs + outputs).status == 1);
    else
      run_stages(1 + random() % 6, jobs, outputs, random);
    std::string bytes;
    for (const char* name : {"a.json", "a.sarif", "a.txt", "b.txt"}) bytes += read_file(path() / name);
    return bytes;
  }

  void run_stages(unsigned shards, const std::string& jobs, const std::string& outputs,
                  std::mt19937& random) {
    CHECK(run_corolint(path(), "plan -p . -o plan").status == 0);
    std::vector<unsigned> order;
    for (unsigned i = 1; i <= shards; ++i) order.push_back(i);
    std::shuffle(order.begin(), order.end(), random);
    fs::remove_all(path() / "facts");
    for (const unsigned shard : order)
      CHECK(run_corolint(path(), "facts plan -o facts --shard " + std::to_string(shard) + "/" +
                                     std::to_string(shards) + jobs)
                .status == 0);
    CHECK(run_corolint(path(), "link plan facts -o result").status == 0);
    CHECK(run_corolint(path(), "gate result" + outputs).status == 1);
  }

  std::vector<json> entries;
};

void check_runs(unsigned times, std::mt19937& random) {
  ShuffledProject project;
  const std::string first = project.run(random);
  CHECK(first.find("twelve_calls") != std::string::npos);
  for (unsigned i = 1; i < times; ++i) CHECK(project.run(random) == first);
}

}  // namespace

TEST_SUITE_BEGIN("acceptance 4: determinism");

TEST_CASE("determinism: workers, shards and the order of the database do not show") {
  std::mt19937 random(11);
  check_runs(8, random);
}

TEST_CASE("soak: 50 runs in random ways give one set of bytes" * doctest::skip()) {
  std::mt19937 random(std::random_device{}());
  check_runs(50, random);
}

TEST_SUITE_END();
