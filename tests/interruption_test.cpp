// Killed at any moment, or short of files, space and memory: outputs are whole or absent, or say themselves
// that the run was interrupted; nothing is left behind, and the exit status never says that all is well.

#include <doctest/doctest.h>
#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <csignal>
#include <fstream>
#include <nlohmann/json.hpp>
#include <random>
#include <set>
#include <sstream>
#include <thread>

#include "fixture.h"
#include "program.h"
#include "sources.h"

using namespace corolint;
namespace fs = std::filesystem;
using namespace std::chrono_literals;
using nlohmann::json;

namespace {

constexpr unsigned unit_count = 6;

// Units with a finding each.
struct UnitsProject : ScratchFolder {
  UnitsProject() {
    for (unsigned i = 0; i < unit_count; ++i)
      write("src/u" + std::to_string(i) + ".cpp", lazy_task +
                                                      "extern \"C\" unsigned sleep(unsigned);\ntask f" +
                                                      std::to_string(i) + "() { sleep(1); co_return; }\n");
    write("src/compile_flags.txt", "-std=c++20\n");
    fs::create_directory(path() / "out");
  }

  // Starts a check of the sources in a process group of its own and returns its id.
  pid_t start(const std::string& outputs) const {
    const std::string line = "exec " + std::string(COROLINT) + " check src -q -j 3 " + outputs;
    const auto handler = std::signal(SIGTERM, SIG_DFL);  // the test framework's is not for the child
    const pid_t process = fork();
    if (process == 0) {
      setpgid(0, 0);
      const int log = open("/dev/null", O_RDWR);
      for (const int stream : {0, 1, 2}) dup2(log, stream);
      if (chdir(path().c_str()) == 0) execl("/bin/sh", "sh", "-c", line.c_str(), nullptr);
      _exit(127);
    }
    setpgid(process, process);
    std::signal(SIGTERM, handler);
    return process;
  }

  std::set<std::string> outputs() const {
    std::set<std::string> names;
    for (const auto& entry : fs::directory_iterator(path() / "out")) names.insert(entry.path().filename());
    return names;
  }
  std::string output(const std::string& name) const { return read_file(path() / "out" / name); }
};

const std::string to_files = "-o sarif:out/a.sarif -o json:out/a.json -o full:out/a.txt";

// Returns the processes of the group that are alive, zombies included.
std::vector<pid_t> members(pid_t group) {
  std::vector<pid_t> found;
  for (const auto& entry : fs::directory_iterator("/proc")) {
    std::ifstream file(entry.path() / "stat");
    std::string text;
    if (!std::getline(file, text)) continue;
    std::istringstream rest(text.substr(text.rfind(')') + 2));
    char state = 0;
    pid_t parent = 0, its_group = 0;
    rest >> state >> parent >> its_group;
    if (its_group == group) found.push_back(std::stoi(entry.path().filename()));
  }
  return found;
}

// Waits until the group is empty; fails if that takes long.
void check_all_gone(pid_t group) {
  for (const auto limit = std::chrono::steady_clock::now() + 5s; !members(group).empty();) {
    REQUIRE(std::chrono::steady_clock::now() < limit);
    std::this_thread::sleep_for(2ms);
  }
}

int wait_for(pid_t process) {
  int status = 0;
  waitpid(process, &status, 0);
  return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

// What a run that nobody disturbs writes, and how long it takes.
struct Reference {
  explicit Reference(const UnitsProject& project) {
    const auto begin = std::chrono::steady_clock::now();
    CHECK(wait_for(project.start(to_files + " --no-cache")) == 1);
    time = std::chrono::duration_cast<std::chrono::microseconds>(std::chrono::steady_clock::now() - begin);
    for (const std::string& name : project.outputs()) files[name] = project.output(name);
    CHECK(files.size() == 3);
  }
  std::map<std::string, std::string> files;
  std::chrono::microseconds time;
};

// Does the output say that the run was interrupted, and is it whole as a document, with nothing in it that the
// undisturbed run does not tell?
void check_marked(const std::string& name, const std::string& text, const std::string& whole) {
  CAPTURE(text);
  if (name.ends_with(".txt")) {
    CHECK(text.find("corolint: interrupted by SIGTERM: ") != std::string::npos);
    return;
  }
  const json document = json::parse(text, nullptr, false), reference = json::parse(whole);
  REQUIRE(!document.is_discarded());
  if (name.ends_with(".json")) {
    CHECK(document["interrupted_by"] == "SIGTERM");
    CHECK(document["exit_status"] == 143);
    for (const json& finding : document["findings"])
      CHECK(std::ranges::find(reference["findings"], finding) != reference["findings"].end());
    CHECK(document["findings"].size() + document["broken_units"].size() == unit_count);
    return;
  }
  const json& run = document["runs"][0];
  const json& invocation = run["invocations"][0];
  CHECK(invocation["executionSuccessful"] == false);
  CHECK(invocation["exitSignalName"] == "SIGTERM");
  CHECK(invocation["toolExecutionNotifications"][0]["descriptor"]["id"] == "run-interrupted");
  for (const json& result : run["results"])
    CHECK(std::ranges::find(reference["runs"][0]["results"], result) != reference["runs"][0]["results"].end());
}

void check_whole_or_absent(const UnitsProject& project, const Reference& reference, bool may_be_marked = false) {
  for (const std::string& name : project.outputs()) {
    CAPTURE(name);
    REQUIRE(reference.files.contains(name));
    const std::string text = project.output(name), &whole = reference.files.at(name);
    if (may_be_marked && text != whole)
      check_marked(name, text, whole);
    else
      CHECK(text == whole);
  }
}

// Kills the run, or one of its workers, at a random moment.
void disturb(const UnitsProject& project, const Reference& reference, std::mt19937& random) {
  const bool has_old_files = random() % 2;
  for (const auto& [name, text] : reference.files) {
    fs::remove(project.path() / "out" / name);
    if (has_old_files) project.write("out/" + name, text);
  }
  const std::string caches[] = {"--no-cache", "--cache-dir cold", "--cache-dir warm"};
  fs::remove_all(project.path() / "cold");
  const pid_t run = project.start(to_files + " " + caches[random() % 3]);
  std::this_thread::sleep_for(std::chrono::microseconds(random() % (reference.time.count() * 11 / 10)));
  const int signal = random() % 2 ? SIGKILL : SIGTERM;
  const std::vector<pid_t> group = members(run);
  const bool is_worker = random() % 2 && group.size() > 1;
  const pid_t victim = is_worker ? group[1 + random() % (group.size() - 1)] : run;
  if (!group.empty()) kill(victim, signal);
  const int status = wait_for(run);
  CAPTURE(status);
  CAPTURE(is_worker);
  CAPTURE(signal);
  CAPTURE(has_old_files);
  check_all_gone(run);
  // SIGTERM ends the analysis early, and what is finished is told; SIGKILL leaves nobody to tell.
  check_whole_or_absent(project, reference, victim == run && signal == SIGTERM && status == 143);
  if (victim != run) {
    CHECK(status == 1);
    CHECK(project.outputs().size() == 3);
  } else {
    CHECK((status == 1 || status == 128 + signal));
  }
}

void disturb_often(unsigned times, std::mt19937& random) {
  const UnitsProject project;
  const Reference reference(project);
  for (unsigned i = 0; i < times; ++i) disturb(project, reference, random);
  // What killed runs have left in a cache does not show.
  for (const std::string cache : {"", " --cache-dir cold", " --cache-dir warm"}) {
    CHECK(wait_for(project.start(to_files + cache)) == 1);
    check_whole_or_absent(project, reference);
    CHECK(project.outputs().size() == 3);
  }
}

Outcome limited(const UnitsProject& project, const std::string& limit, const std::string& outputs) {
  return run_in(project.path(), limit + "; " + COROLINT + " check src -j 40 " + outputs);
}

// Root may write everywhere: it gives that up.
std::string without_privileges(const std::string& command) {
  const std::string give_up = "setpriv --bounding-set=-dac_override,-dac_read_search ";
  return (geteuid() == 0 ? give_up : "") + command;
}

}  // namespace

TEST_CASE("interruption: a run or a worker that is killed leaves whole outputs or none, and no process") {
  std::mt19937 random(3);
  disturb_often(25, random);
}

TEST_CASE("soak: 200 runs that are killed" * doctest::skip()) {
  std::mt19937 random(std::random_device{}());
  disturb_often(200, random);
}

TEST_CASE("interruption: Ctrl-C tells what is finished, marked as incomplete in every format") {
  const UnitsProject project;
  // A unit that never ends: an include that waits for a writer.
  project.write("src/z.cpp", "#include \"pipe.h\"\n");
  run_in(project.path(), "mkfifo src/pipe.h");
  for (const auto& [signal, status] : std::vector<std::pair<std::string, int>>{{"INT", 130}, {"TERM", 143}}) {
    const std::string name = "SIG" + signal, outputs =
        "-o sarif:out/a.sarif -o json:out/a.json -o jsonl:out/a.jsonl -o full:out/a.txt -o junit:out/a.xml "
        "-o markdown:out/a.md -o gitlab:out/gitlab.json -o concise --save out/saved";
    const Outcome outcome = run_in(
        project.path(), "env --default-signal=INT " COROLINT " check src -j 1 --no-cache " + outputs +
                            " & for i in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20; do sleep 0.1; done; kill -" +
                            signal + " $!; wait $!");
    CAPTURE(signal);
    CAPTURE(outcome.err);
    CHECK(outcome.status == status);
    CHECK(outcome.err.find("error: interrupted by " + name + ": ") != std::string::npos);
    CHECK(outcome.err.find("of 7 units were not analysed, so findings may be missing or wrong") != std::string::npos);
    CHECK(outcome.out.find("corolint: interrupted by " + name) != std::string::npos);
    const json log = json::parse(project.output("a.sarif"));
    const json& invocation = log["runs"][0]["invocations"][0];
    CHECK(invocation["executionSuccessful"] == false);
    CHECK(invocation["exitCode"] == status);
    CHECK(invocation["exitSignalName"] == name);
    const json report = json::parse(project.output("a.json"));
    CHECK(report["interrupted_by"] == name);
    const std::size_t left = report["broken_units"].size();
    CHECK(left >= 1);
    CHECK(report["findings"].size() + left == unit_count + 1);
    for (const char* file : {"a.jsonl", "a.txt"}) CHECK(project.output(file).find("interrupted") != std::string::npos);
    for (const char* file : {"a.xml", "a.md", "gitlab.json"})
      CHECK(project.output(file).find("analysis was interrupted") != std::string::npos);
    const Outcome gated = run_in(project.path(), COROLINT " gate out/saved -o json --on-broken warn");
    CHECK(gated.status == status);
    CHECK(json::parse(gated.out)["interrupted_by"] == name);
  }
}

TEST_CASE("interruption: nothing is fixed and no baseline made of a part of the project") {
  const UnitsProject project;
  project.write("src/z.cpp", "#include \"pipe.h\"\n");
  run_in(project.path(), "mkfifo src/pipe.h");
  const auto interrupted = [&](const std::string& arguments) {
    return run_in(project.path(), "env --default-signal=INT " COROLINT " " + arguments + " --no-cache -j 1 & sleep 2; kill -INT $!; wait $!");
  };
  CHECK(interrupted("baseline create src").status == 130);
  CHECK(!fs::exists(project.path() / "src/.corolint-baseline.json"));
  const Outcome fixed = interrupted("check src --fix --unsafe-fixes");
  CHECK(fixed.status == 130);
  CHECK(fixed.err.find("Fixed") == std::string::npos);
  CHECK(interrupted("check src --diff --unsafe-fixes -o concise").out.find("@@") == std::string::npos);
  CHECK(run_in(project.path(), COROLINT " plan src -o out/plan").status == 0);
  CHECK(interrupted("facts out/plan -o out/facts -q").status == 130);
  CHECK(!fs::exists(project.path() / "out/facts/000006.facts.json"));
}

TEST_CASE("interruption: a signal that is to be ignored is ignored") {
  const UnitsProject project;
  const Outcome outcome = run_in(project.path(), "trap '' INT; " COROLINT " check src -q --no-cache -o json & "
                                                 "sleep 0.3; kill -INT $!; wait $!");
  CHECK(outcome.status == 1);
  CHECK(json::parse(outcome.out)["findings"].size() == unit_count);
}

TEST_CASE("interruption: a file that cannot grow, a full disk and a closed stream are errors, not results") {
  const UnitsProject project;
  std::string big;
  for (unsigned i = 0; i < 3000; ++i) big += "task g" + std::to_string(i) + "() { sleep(1); co_return; }\n";
  project.write("src/big.cpp", lazy_task + "extern \"C\" unsigned sleep(unsigned);\n" + big);
  for (const std::string format : {"full", "concise", "json", "sarif"}) {
    const Outcome cut = limited(project, "ulimit -f 8", "-o " + format + ":out/cut");
    CAPTURE(cut.err);
    CHECK(cut.status == 2);
    CHECK(cut.err.find("cannot write out/cut: File too large") != std::string::npos);
    CHECK(project.outputs().empty());
    const Outcome full = limited(project, "true", "-o " + format + ":/dev/full");
    CHECK(full.status == 2);
    CHECK(full.err.find("cannot write /dev/full: No space left on device") != std::string::npos);
  }
  const Outcome full = limited(project, "true", ">/dev/full");
  CHECK(full.status == 2);
  CHECK(full.err.find("cannot write to stdout: No space left on device") != std::string::npos);
  CHECK(limited(project, "true", ">&-").status == 2);
  for (const std::string streams : {"2>&-", "2>/dev/full", "<&- 2>&-"}) {
    const Outcome outcome = limited(project, "true", "-o concise " + streams);
    CHECK(outcome.status == 1);
    CHECK(outcome.out.find("'f0'") != std::string::npos);
    CHECK(limited(project, "true", "--fail-on never " + streams).status == 0);
  }
}

TEST_CASE("interruption: a reader that goes away ends the run by the pipe's signal") {
  const UnitsProject project;
  const Outcome outcome = run_in(
      project.path(), "{ " + std::string(COROLINT) + " check src -o concise; echo $? >status; } | true");
  const std::string status = read_file(project.path() / "status");
  CHECK_MESSAGE((status == "141\n" || status == "2\n" || status == "1\n"), status);
}

TEST_CASE("interruption: few files, no temporary folder and a read-only tree change nothing") {
  const UnitsProject project;
  const std::string whole = limited(project, "true", "-q -o json").out;
  for (const std::string limit : {"ulimit -n 64", "ulimit -n 16", "export TMPDIR=/nowhere/at/all",
                                  "unset HOME PATH TMPDIR", "chmod -R a-w src"}) {
    const Outcome outcome = limited(project, limit, "-q -o json");
    CAPTURE(limit);
    CAPTURE(outcome.err);
    CHECK(outcome.status == 1);
    CHECK(outcome.out == whole);
  }
  fs::permissions(project.path() / "src", fs::perms::owner_all);
}

TEST_CASE("interruption: a cache and a tree that may only be read change nothing but for a note") {
  const UnitsProject project;
  const std::string check = without_privileges(COROLINT) + " check src -q -j 3 --cache-dir cache -o ";
  REQUIRE(run_in(project.path(), std::string(COROLINT) + " check src/u0.cpp -q --cache-dir cache").status == 1);
  run_in(project.path(), "chmod -R a-w .");
  REQUIRE(run_in(project.path(), without_privileges("touch new")).status != 0);
  const Outcome whole = run_in(project.path(), check + "json");
  const Outcome file = run_in(project.path(), check + "json:out/j");
  const Outcome fixed = run_in(project.path(), check + "concise --fix --unsafe-fixes");
  run_in(project.path(), "chmod -R u+w .");
  CAPTURE(whole.err);
  CHECK(whole.status == 1);
  CHECK(whole.out == run_in(project.path(), std::string(COROLINT) + " check src -q --no-cache -o json").out);
  CHECK(whole.err.find("cannot be written: Permission denied") != std::string::npos);
  CHECK(file.status == 2);
  CHECK(file.err.find("cannot write out/j: Permission denied") != std::string::npos);
  CHECK(project.outputs().empty());
  CHECK_MESSAGE((fixed.status == 1 || fixed.status == 2), fixed.err);
}

TEST_CASE("interruption: without memory for the work the units are named, or the run says why it ended") {
  if (is_instrumented) {
    MESSAGE("a program built with a sanitizer does not start with little memory");
    return;
  }
  const UnitsProject project;
  for (const unsigned megabytes : {400, 600, 1000, 3000}) {
    const Outcome outcome =
        limited(project, "ulimit -v " + std::to_string(megabytes * 1024), "-o json:out/j --fail-on never");
    CAPTURE(megabytes);
    CAPTURE(outcome.status);
    CAPTURE(outcome.err);
    CHECK((outcome.status == 0 || outcome.status == 3 || outcome.status == 70 || outcome.status == 127 ||
           outcome.status >= 128));
    if (outcome.status == 3) CHECK(outcome.err.find("not fully analysed: u0.cpp") != std::string::npos);
    if (outcome.status == 0) CHECK(outcome.err.find("6 of 6 units") != std::string::npos);
  }
}

TEST_CASE("interruption: an output that cannot be made is told, and a link's target is replaced") {
  const UnitsProject project;
  const Outcome nowhere = limited(project, "true", "-o sarif:no/such/folder/x");
  CHECK(nowhere.status == 2);
  CHECK(nowhere.err.find("cannot write no/such/folder/x: there is no folder no/such/folder") != std::string::npos);
  CHECK(limited(project, "true", "-o sarif:out").status == 2);
  project.write("real/target", "old");
  fs::create_symlink("../real/target", project.path() / "out/link");
  CHECK(limited(project, "true", "-o json:out/link").status == 1);
  CHECK(fs::is_symlink(project.path() / "out/link"));
  CHECK(read_file(project.path() / "real/target").starts_with("{"));
}
