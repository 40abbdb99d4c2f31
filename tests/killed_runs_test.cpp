// Killed at any moment: outputs are whole or absent, or say themselves that the run was interrupted; no
// process is left behind, and the next run does not notice.

#include <doctest/doctest.h>
#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <csignal>
#include <fstream>
#include <nlohmann/json.hpp>
#include <random>
#include <sstream>
#include <thread>

#include "units_project.h"

using namespace corolint;
namespace fs = std::filesystem;
using namespace std::chrono_literals;
using nlohmann::json;

namespace {

// Starts a check of the sources in a process group of its own and returns its id.
pid_t start(const UnitsProject& project, const std::string& outputs) {
  const std::string line = "exec " + std::string(COROLINT) + " check src -q -j 3 " + outputs;
  const auto handler = std::signal(SIGTERM, SIG_DFL);  // the test framework's is not for the child
  const pid_t process = fork();
  if (process == 0) {
    setpgid(0, 0);
    const int log = open("/dev/null", O_RDWR);
    for (const int stream : {0, 1, 2}) dup2(log, stream);
    if (chdir(project.path().c_str()) == 0) execl("/bin/sh", "sh", "-c", line.c_str(), nullptr);
    _exit(127);
  }
  setpgid(process, process);
  std::signal(SIGTERM, handler);
  return process;
}

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
    CHECK(wait_for(start(project, to_files + " --no-cache")) == 1);
    time = std::chrono::duration_cast<std::chrono::microseconds>(std::chrono::steady_clock::now() - begin);
    for (const std::string& name : project.outputs()) files[name] = project.output(name);
    CHECK(files.size() == 3);
  }
  std::map<std::string, std::string> files;
  std::chrono::microseconds time;
};

// Does the output say that the run was interrupted, and is it whole as a document, with nothing in it that
// the undisturbed run does not tell?
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
    CHECK(std::ranges::find(reference["runs"][0]["results"], result) !=
          reference["runs"][0]["results"].end());
}

// SIGKILL between the two steps that replace a file leaves its second name, with the whole output.
void forgive_second_name(const UnitsProject& project, const Reference& reference, pid_t run) {
  for (const auto& [name, whole] : reference.files) {
    const std::string second = "." + name + "." + std::to_string(run);
    if (!project.outputs().contains(second)) continue;
    CHECK(project.output(second) == whole);
    fs::remove(project.path() / "out" / second);
  }
}

void check_whole_or_absent(const UnitsProject& project, const Reference& reference,
                           bool may_be_marked = false) {
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
  const pid_t run = start(project, to_files + " " + caches[random() % 3]);
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
  if (victim == run && signal == SIGKILL) forgive_second_name(project, reference, run);
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
    CHECK(wait_for(start(project, to_files + cache)) == 1);
    check_whole_or_absent(project, reference);
    CHECK(project.outputs().size() == 3);
  }
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
