// How many workers there are, which units they begin with, and what is shown meanwhile.

#include <doctest/doctest.h>
#include <sched.h>

#include <nlohmann/json.hpp>

#include "cli/progress.h"
#include "engine/processors.h"
#include "engine/unit_times.h"
#include "fixture.h"
#include "program.h"
#include "sources.h"

using namespace corolint;

namespace {

unsigned processors_in(const ScratchFolder& folder) {
  return usable_processors((folder.path() / "proc").string(), (folder.path() / "cgroup").string());
}

unsigned affinity() {
  cpu_set_t set;
  CPU_ZERO(&set);
  REQUIRE(sched_getaffinity(0, sizeof set, &set) == 0);
  return static_cast<unsigned>(CPU_COUNT(&set));
}

}  // namespace

TEST_CASE("the quota of a control group, or of one around it, limits the workers") {
  const ScratchFolder nothing;
  CHECK(processors_in(nothing) == affinity());
  CHECK(processors_in(ScratchFolder({{"proc/cgroup", "0::/job/step\n"},
                                     {"cgroup/job/step/cpu.max", "max 100000\n"},
                                     {"cgroup/job/cpu.max", "max 100000\n"}})) == affinity());
  CHECK(processors_in(ScratchFolder({{"proc/cgroup", "0::/job/step\n"},
                                     {"cgroup/job/step/cpu.max", "max 100000\n"},
                                     {"cgroup/job/cpu.max", "50000 100000\n"}})) == 1);
  // In a container the group's path is the host's, and the mount shows the group itself.
  CHECK(processors_in(ScratchFolder(
            {{"proc/cgroup", "0::/docker/1234\n"}, {"cgroup/cpu.max", "100000 100000\n"}})) == 1);
  CHECK(processors_in(ScratchFolder({{"proc/cgroup", "4:memory:/x\n3:cpu,cpuacct:/job\n"},
                                     {"cgroup/cpu,cpuacct/job/cpu.cfs_quota_us", "100000\n"},
                                     {"cgroup/cpu,cpuacct/job/cpu.cfs_period_us", "100000\n"}})) == 1);
  CHECK(processors_in(ScratchFolder({{"proc/cgroup", "3:cpu,cpuacct:/job\n"},
                                     {"cgroup/cpu/job/cpu.cfs_quota_us", "-1\n"},
                                     {"cgroup/cpu/job/cpu.cfs_period_us", "100000\n"}})) == affinity());
  CHECK(processors_in(ScratchFolder({{"proc/cgroup", "nonsense"}, {"cgroup/cpu.max", "\x01\x02"}})) ==
        affinity());
}

TEST_CASE("times of units outlive a run, and unknown ones are guessed from the size of the source") {
  const ScratchFolder folder({{"small.cpp", std::string(100, ' ')}, {"large.cpp", std::string(5000, ' ')}});
  const auto command = [&](const std::string& name) {
    const std::string file = (folder.path() / name).string();
    return CompileCommand{folder.path().string(), file, {"g++", file}};
  };
  const CompileCommand small = command("small.cpp"), large = command("large.cpp");
  UnitTimes times;
  CHECK(!times.find(small));
  CHECK(times.estimates({&small, &large})[0] < times.estimates({&small, &large})[1]);
  times.set(small, 3000);
  const UnitTimes read(times.text());
  CHECK(read.find(small) == 3000);
  CHECK(read.estimates({&large, &small}) == std::vector<std::int64_t>{150001, 3000});
  CHECK(!UnitTimes("no such text").find(small));
}

TEST_CASE("what no prefix spares its headers is begun first, until it was timed") {
  const std::string shared = "#include <regex>\nstd::regex all(\"a*\");\n" + std::string(5000, ' ') + "\n";
  const ScratchFolder folder({{"a.cpp", shared},
                              {"b.cpp", shared},
                              {"lone.cpp", "int lone;\n"},
                              {"compile_flags.txt", "-std=c++20\n"}});
  const auto first_unit = [&] {
    const Outcome run = run_corolint(folder.path(), "check . -j1 --profile=trace.json --cache-dir cache");
    REQUIRE(run.status == 0);
    std::map<std::int64_t, std::string> units;  // by when they were begun
    const auto trace = nlohmann::json::parse(read_file(folder.path() / "trace.json"));
    for (const auto& event : trace.at("traceEvents"))
      if (event.at("name") == "unit")
        units[event.at("ts").get<std::int64_t>()] = event.at("args").at("file").get<std::string>();
    REQUIRE(units.size() == 3);
    return std::filesystem::path(units.begin()->second).filename().string();
  };
  CHECK(first_unit() == "lone.cpp");
  for (const char* name : {"a.cpp", "b.cpp", "lone.cpp"})
    folder.write(name, read_file(folder.path() / name) + "\n");
  CHECK(first_unit() != "lone.cpp");
}

TEST_CASE("the progress line tells how far the run is and fits the terminal") {
  CHECK(progress_line(12, 200, 14.2, "/p/src/server.cpp", 80) ==
        "12 of 200 units, about 14 s left: server.cpp");
  CHECK(progress_line(0, 200, -1, "/p/a.cpp", 80) == "0 of 200 units: a.cpp");
  CHECK(progress_line(3, 200, 300, "", 80) == "3 of 200 units, about 5 min left");
  CHECK(progress_line(12, 200, 14.2, "/p/src/server.cpp", 20) == "12 of 200 units, abo");
}

TEST_CASE("progress is shown on a terminal only, and not when quiet") {
  const ScratchFolder folder({{"a.cpp", "int a() { return 1; }\n"}, {"compile_flags.txt", "-std=c++20\n"}});
  const auto on_terminal = [&](const std::string& options) {
    const std::string command = std::string(COROLINT) + " check . --no-cache " + options;
    const Outcome outcome = run_in(folder.path(), "script -qec '" + command + "' /dev/null");
    return outcome.out;
  };
  CHECK(on_terminal("").find("0 of 1 units: a.cpp") != std::string::npos);
  CHECK(on_terminal("-q").find("of 1 units") == std::string::npos);
  CHECK(run_corolint(folder.path(), "check . --no-cache").err.find("of 1 units") == std::string::npos);
}

TEST_CASE("a profile tells time and memory by stage and by file, and changes no output") {
  const ScratchFolder folder({{"a.cpp", "#pragma once" + lazy_task +
                                            "extern \"C\" unsigned sleep(unsigned);\n"
                                            "task a() { sleep(1); co_return; }\n"},
                              {"compile_flags.txt", "-std=c++20\n"}});
  const Outcome plain = run_corolint(folder.path(), "check . --no-cache -o json");
  const Outcome table = run_corolint(folder.path(), "check . --no-cache -o json --profile");
  CHECK(table.out == plain.out);
  CHECK(table.status == plain.status);
  const Outcome traced = run_corolint(folder.path(), "check . --no-cache -o json --profile=trace.json");
  CHECK(traced.out == plain.out);
  for (const std::string& err : {table.err, traced.err})
    for (const char* part : {"seconds    times        MiB  stage", "plan", "cache", "parse", "coroutines",
                             "rule ", "facts", "link", "output", "a.cpp"})
      CHECK_MESSAGE(err.find(part) != std::string::npos, part << " is not in " << err);
  const auto trace = nlohmann::json::parse(read_file(folder.path() / "trace.json"));
  bool has_parse = false;
  for (const auto& event : trace.at("traceEvents")) {
    CHECK(event.at("ph") == "X");
    CHECK(event.at("dur") >= 0);
    if (event.at("name") != "parse") continue;
    has_parse = true;
    CHECK(event.at("args").at("file") == (folder.path() / "a.cpp").string());
    CHECK(event.at("args").at("memory_kib") > 1000);
  }
  CHECK(has_parse);
}
