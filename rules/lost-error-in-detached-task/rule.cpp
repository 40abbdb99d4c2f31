#include <map>
#include <set>

#include "lost.h"
#include "throwing.h"

namespace corolint {

using namespace lost_errors;

namespace {

void check(Pass& pass) {
  check_promises(pass);
  for (const Function& function : pass.functions()) {
    if (function.is_pattern()) continue;
    if (function.is_coroutine()) export_exceptions(pass, function);
    check_spawns(pass, function);
    check_threads(pass, function);
    check_races(pass, function);
  }
}

// Returns where the exceptions come from that may leave each coroutine.
std::map<std::string, Note> sources_of(const Program& program) {
  std::map<std::string, Note> sources;
  for (Throws& one : records_of<Throws>(program, "throws")) sources.emplace(one.coroutine, one.at);
  const auto passed = records_of<PassesOn>(program, "passes-on");
  for (bool is_done = false; !is_done;) {
    is_done = true;
    for (const PassesOn& one : passed) {
      const auto source = sources.find(one.callee);
      if (source == sources.end() || sources.contains(one.coroutine)) continue;
      sources.emplace(one.coroutine, source->second);
      is_done = false;
    }
  }
  return sources;
}

void conclude(Program& program) {
  const auto sources = sources_of(program);
  std::set<Place> seen;
  for (Unseen& one : records_of<Unseen>(program, "unseen")) {
    const auto source = sources.find(one.coroutine);
    if (source == sources.end() || !seen.insert(one.finding.place).second) continue;
    one.finding.notes.push_back(source->second);
    program.report(std::move(one.finding), "");
  }
}

}  // namespace

Rule lost_error_in_detached_task() {
  return {.check = check,
          .messages = {lost, fatal, race, eats},
          .level = Level::note,
          .cwe = 755,
          .conclude = conclude,
          .group = "lost-work"};
}

}  // namespace corolint
