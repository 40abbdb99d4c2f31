// What is kept between runs: what a unit was made of decides whether it is analysed again, and nothing of it
// shows in the outputs.

#include <algorithm>
#include <nlohmann/json.hpp>

#include "cached_project.h"
#include "fixture.h"
#include "program.h"
#include "sources.h"

using namespace corolint;
using nlohmann::json;
namespace fs = std::filesystem;

TEST_CASE("a second run analyses nothing, and only what an edit reaches is analysed again") {
  const CachedProject project;
  CHECK(project.known() == 0);
  CHECK(project.known() == 3);

  project.write("tree/c.cpp", "int c() { return 4; }\n");
  CHECK(project.known() == 2);
  CHECK(project.known() == 3);

  const std::string slow = read_file(project.path() / "tree/include/slow.h");
  project.write("tree/include/slow.h", slow + "inline void other() { sleep(2); }\n");
  CHECK(project.known() == 1);

  project.write("tree/include/slow.h", slow);  // as it was: what was known then is known still
  CHECK(project.known() == 3);
  CHECK(project.known() == 3);
}

TEST_CASE("a unit whose facts were taken away since the last run is analysed again where they are wanted") {
  const CachedProject project;
  CHECK(project.known() == 0);
  const auto takes_away = [&](const std::string& edit, bool is_wanted) {
    fs::remove_all(project.cache() / "units");
    project.write("tree/c.cpp", edit);
    const std::string out = project.run("check . -o json").out;
    CHECK(!project.entries("units").empty());
    CHECK((project.entries("units").size() == 3) == is_wanted);
    CHECK(project.run("check . --no-cache -o json").out == out);
    CHECK(project.run("check . -o json").out == out);
  };
  takes_away("int c() { return 3; } // edited\n", false);
  takes_away("#include \"slow.h\"\ntask c() { slow(); co_return; }\n", true);
}

TEST_CASE("a unit is what its files hold, not when they were written") {
  const CachedProject project;
  CHECK(project.known() == 0);
  for (const char* file : {"a.cpp", "include/slow.h"})
    fs::last_write_time(project.path() / "tree" / file, fs::file_time_type::clock::now());
  CHECK(project.known() == 3);

  // An edit that keeps the size and sets the time back, as archives and version control do.
  const auto time = fs::last_write_time(project.path() / "tree/c.cpp");
  project.write("tree/c.cpp", "int c() { return 5; }\n");
  fs::last_write_time(project.path() / "tree/c.cpp", time);
  CHECK(project.known() == 2);
}

TEST_CASE("a header that now comes first on the include path counts, also where its folder was missing") {
  const CachedProject project;
  const std::string shadow = "#pragma once\n#include \"task.h\"\ninline void slow() {}\n";
  CHECK(project.known() == 0);
  project.write("tree/first/slow.h", shadow);
  CHECK(project.run("check . -o concise").out.empty());
  fs::remove_all(project.path() / "tree/first");
  CHECK(project.known() == 3);
  fs::create_directory(project.path() / "tree/first");
  CHECK(project.known() == 1);  // with that folder there, only what finds nothing in it was analysed
  project.write("tree/first/slow.h", shadow);
  const Outcome outcome = project.run("check . -o concise");
  CHECK(outcome.out.empty());
  CHECK_MESSAGE(outcome.err.find("(3 from the cache)") != std::string::npos, outcome.err);
  fs::remove(project.path() / "tree/first/slow.h");
  CHECK(project.known() == 3);
}

TEST_CASE("what __has_include did not find is looked for again") {
  const CachedProject project;
  project.write("tree/c.cpp",
                "#if __has_include(\"extra.h\")\n#include \"extra.h\"\n#endif\nint c() { return 3; }\n");
  CHECK(project.known() == 0);
  CHECK(project.known() == 3);
  project.write("tree/include/extra.h", "#include \"slow.h\"\ninline task extra() { slow(); co_return; }\n");
  const Outcome outcome = project.run("check . -o concise");
  CHECK_MESSAGE(outcome.err.find("(2 from the cache)") != std::string::npos, outcome.err);
  CHECK(outcome.out.find("include/extra.h") != std::string::npos);
}

TEST_CASE("flags, models and the environment are part of what a unit is") {
  const CachedProject project;
  CHECK(project.known() == 0);
  const std::string database = read_file(project.path() / "tree/compile_commands.json");
  std::string other = database;
  other.replace(other.find("-std=c++20"), 10, "-std=c++23");
  project.write("tree/compile_commands.json", other);
  CHECK(project.known() == 2);
  project.write("tree/compile_commands.json", database);
  CHECK(project.known() == 3);
  project.write("acme.json",
                R"({"id": "acme", "title": "Acme", "entries": [
                    {"role": "block", "match": {"name": "slow"}, "class": "net"}]})");
  const Outcome modelled = project.run("check . --models ../acme.json -o concise");
  CHECK(modelled.err.find("from the cache") == std::string::npos);
  const Outcome elsewhere =
      run_in(project.path() / "tree", "CPATH=/nonexistent COROLINT_CACHE_DIR='" + project.cache().string() +
                                          "' " + COROLINT + " check .");
  CHECK(elsewhere.err.find("from the cache") == std::string::npos);
}

TEST_CASE("results move with the tree and with the cache") {
  const CachedProject project;
  const std::string cold = project.run("check . -o json").out;
  fs::rename(project.path() / "tree", project.path() / "moved");
  fs::rename(project.cache(), project.path() / "restored");
  fs::rename(project.path() / "restored", project.cache());
  for (const auto& entry : fs::recursive_directory_iterator(project.path() / "moved"))
    fs::last_write_time(entry.path(), fs::file_time_type::clock::now());
  project.write_database("moved");
  CHECK(project.known("moved") == 3);
  CHECK(project.run("check . -o json", "moved").out == cold);
}

TEST_CASE("a unit with errors is never known") {
  const CachedProject project;
  project.write("tree/c.cpp", "int c() { return missing; }\n");
  for (int i = 0; i < 3; ++i) {
    const Outcome outcome = project.run("check . -o concise");
    CHECK(outcome.err.find("2 of 3 units analysed") != std::string::npos);
    CHECK(outcome.err.find("c.cpp:1:18: use of undeclared identifier 'missing'") != std::string::npos);
    CHECK((outcome.err.find("(2 from the cache)") != std::string::npos) == (i > 0));
  }
}

TEST_CASE("the same bytes come out cold and warm, with one worker and four, with and without a cache") {
  const CachedProject project;
  const auto outputs = [&](const std::string& options) {
    const Outcome outcome =
        project.run("check . " + options + " -o full -o json:out.json -o sarif:out.sarif");
    return outcome.out + read_file(project.path() / "tree/out.json") +
           read_file(project.path() / "tree/out.sarif");
  };
  const std::string cold = outputs("-j1");
  CHECK(cold.find("slow.h") != std::string::npos);
  CHECK(outputs("-j1") == cold);
  CHECK(outputs("-j4") == cold);
  CHECK(outputs("--no-cache -j1") == cold);
  CHECK(outputs("--no-cache -j4") == cold);
  fs::remove_all(project.cache());
  CHECK(outputs("-j4") == cold);
  project.write("tree/c.cpp", "int c() { return 6; }\n");
  CHECK(outputs("-j4") == cold);  // partly known
}

TEST_CASE(
    "what tells a finding again is of the code as it is, also where an edit leaves the facts as they were") {
  const CachedProject project;
  const auto json_of = [&](const std::string& options) {
    return project.run("check . -o json" + options).out;
  };
  for (const char* seconds : {"1", "2", "3", "1"}) {
    project.write("tree/a.cpp",
                  "#include \"slow.h\"\ntask a() { sleep(" + std::string(seconds) + "); co_return; }\n");
    const std::string alone = json_of(" --no-cache");
    for (int i = 0; i < 3; ++i) CHECK(json_of("") == alone);
  }
}

TEST_CASE("the stages use the cache too, and write the same files") {
  const CachedProject project;
  CHECK(project.run("plan . -o plan.json").status == 0);
  CHECK(project.run("facts plan.json -o cold").status == 0);
  CHECK(!project.entries("units").empty());
  CHECK(project.run("facts plan.json -o warm").status == 0);
  CHECK(project.run("facts plan.json --no-cache -o without").status == 0);
  for (const char* file : {"000000.facts.json", "000001.facts.json", "000002.facts.json"}) {
    const std::string cold = read_file(project.path() / "tree/cold" / file);
    CHECK(read_file(project.path() / "tree/warm" / file) == cold);
    CHECK(read_file(project.path() / "tree/without" / file) == cold);
  }
}

TEST_CASE("a check of one file follows calls into units that an earlier run knows, and says when it cannot") {
  const CachedProject project;
  project.write("tree/include/slow.h", "#pragma once\n#include \"task.h\"\nvoid slow();\ntask b();\n");
  project.write("tree/b.cpp",
                "#include \"slow.h\"\nextern \"C\" unsigned sleep(unsigned);\nvoid slow() { sleep(1); }\n"
                "task b() { slow(); co_return; }\n");
  const Outcome alone = project.run("check a.cpp -o concise");
  CHECK(alone.out.empty());
  CHECK(alone.err.find("nothing is known of 2 other units of the project") != std::string::npos);
  const Outcome whole = project.run("check . -o concise");
  CHECK(whole.out.find("b.cpp:4:12") != std::string::npos);
  const Outcome again = project.run("check a.cpp -o concise");
  CHECK_MESSAGE(again.out.starts_with("a.cpp:2:12: error: 'slow' blocks"), again.out);
  CHECK(again.out.find("b.cpp:4:12") == std::string::npos);  // not asked about
  CHECK(again.err.find("nothing is known") == std::string::npos);
  CHECK(again.err.find("1 of 1 unit analysed") != std::string::npos);
  CHECK(project.run("check a.cpp -o concise").out == again.out);
  project.write("tree/c.cpp", "int c() { return 7; }\n");
  const Outcome partly = project.run("check a.cpp -o concise");
  CHECK(partly.out == again.out);
  CHECK(partly.err.find("nothing is known of 1 other unit of the project") != std::string::npos);
}
