// The folder that keeps results between runs: shared, killed, damaged, full, cleaned.

#include <algorithm>
#include <nlohmann/json.hpp>

#include "cached_project.h"
#include "fixture.h"
#include "program.h"
#include "sources.h"

using namespace corolint;
using nlohmann::json;
namespace fs = std::filesystem;

namespace {

void damage(const CachedProject& project, const std::function<std::string(std::string)>& change) {
  for (const char* kind : {"units", "runs", "results", "stats", "times"}) {
    const auto files = project.entries(kind);
    CHECK(!files.empty());
    for (const fs::path& file : files)
      project.write(fs::relative(file, project.path()).string(), change(read_file(file)));
  }
}

}  // namespace

TEST_CASE("entries that are damaged, cut off or of another version are analysed anew and replaced") {
  const CachedProject project;
  const std::string cold = project.run("check . -o json").out;
  const std::vector<std::function<std::string(std::string)>> changes = {
      [](std::string text) { return text.substr(0, text.size() / 2); },
      [](std::string) { return std::string(); },
      [](std::string text) { return text.back() = '?', text; },
      [](std::string text) { return text.replace(text.find('1'), 1, "9"); },
  };
  for (const auto& change : changes) {
    damage(project, change);
    CHECK(project.known() == 0);
    CHECK(project.known() == 3);
    CHECK(project.run("check . -o json").out == cold);
  }
}

TEST_CASE("runs at once share a cache, and a killed run leaves what it had finished") {
  const CachedProject project;
  const std::string cold = project.run("check . --no-cache -o json").out;
  const std::string line = std::string(COROLINT) + " check . -q -o json:";
  const Outcome many =
      run_in(project.path() / "tree", "export COROLINT_CACHE_DIR='" + project.cache().string() +
                                          "'; for i in 1 2 3 4 5 6; do " + line +
                                          "out-$i & done; wait; for i in 1 2 3; do timeout -s KILL 0.0$i " +
                                          line + "killed; rm -rf \"$COROLINT_CACHE_DIR/units\"; done");
  CHECK(many.err.find("note:") == std::string::npos);
  for (const char* i : {"1", "2", "3", "4", "5", "6"})
    CHECK(read_file(project.path() / "tree" / ("out-" + std::string(i))) == cold);
  CHECK(project.run("check . -o json").out == cold);
  CHECK(project.known() == 3);
}

TEST_CASE("a cache that cannot be written or found costs a note, not the run") {
  const CachedProject project;
  const std::string cold = project.run("check . --no-cache -o json").out;
  project.write("file", "");
  const Outcome no_folder = project.run("check . -o json --cache-dir ../file/cache");
  CHECK(no_folder.out == cold);
  CHECK(no_folder.err.find("note: the cache " + (project.path() / "file/cache").string() +
                           " cannot be written: ") != std::string::npos);
  const Outcome others = project.run("check . -o json --cache-dir ..");
  CHECK(others.out == cold);
  CHECK(others.err.find("it holds other files; name a folder of its own") != std::string::npos);
  const Outcome full = run_in(project.path() / "tree",
                              "(ulimit -f 1; trap '' XFSZ; export COROLINT_CACHE_DIR=\"$PWD/../full\"; " +
                                  std::string(COROLINT) + " check . -o json) | cat");
  CHECK(full.out == cold);
  CHECK_MESSAGE(full.err.find("cannot be written: File too large") != std::string::npos, full.err);
  const Outcome homeless =
      run_in(project.path() / "tree", "env -u HOME -u XDG_CACHE_HOME -u COROLINT_CACHE_DIR " +
                                          std::string(COROLINT) + " check . -o json");
  CHECK(homeless.out == cold);
  CHECK(homeless.err.find("note: there is no place for the cache") != std::string::npos);
}

TEST_CASE("cache stat, dir and clean") {
  const CachedProject project;
  project.known();
  CHECK(project.run("cache dir").out == project.cache().string() + "\n");
  const std::string stat = project.run("cache stat").out;
  CHECK_MESSAGE(stat.find("in 3 files\n") != std::string::npos, stat);
  CHECK(project.run("cache clean").status == 0);
  CHECK(project.entries("units").empty());
  CHECK(project.known() == 0);
  const Outcome foreign = project.run("cache clean --cache-dir .");
  CHECK(foreign.status == 2);
  CHECK(foreign.err.find("is no cache of corolint") != std::string::npos);
  CHECK(fs::exists(project.path() / "tree/a.cpp"));
}

TEST_CASE("beyond its limit the cache drops what was used longest ago") {
  const CachedProject project;
  CHECK(project.known() == 0);
  const auto old = project.entries("units");
  const auto hour_ago = fs::file_time_type::clock::now() - std::chrono::hours(1);
  for (const char* kind : {"units", "runs", "results"})
    for (const fs::path& file : project.entries(kind)) fs::last_write_time(file, hour_ago);
  project.write("cache/units/unfinished-1234", "left by a killed run");
  fs::last_write_time(project.cache() / "units/unfinished-1234", hour_ago - std::chrono::hours(1));
  const std::uintmax_t limit = fs::file_size(old.front()) + 2000;
  project.write("tree/a.cpp", "int a() { return 1; }\n");
  const Outcome outcome = project.run("check . -o json --cache-limit " + std::to_string(limit));
  CHECK(outcome.err.find("(2 from the cache)") != std::string::npos);
  std::uintmax_t sum = 0;
  for (const char* kind : {"units", "runs", "results", "stats", "times"})
    for (const fs::path& file : project.entries(kind)) sum += fs::file_size(file);
  CHECK(sum <= limit);
  CHECK(!fs::exists(project.cache() / "units/unfinished-1234"));
  CHECK(project.run("check . --cache-limit nonsense").status == 2);
  const Outcome variable = run_in(project.path() / "tree",
                                  "COROLINT_CACHE_LIMIT=nonsense " + std::string(COROLINT) + " cache dir");
  CHECK(variable.err == "corolint: error: COROLINT_CACHE_LIMIT: 'nonsense' is no size such as 500M\n");
}
