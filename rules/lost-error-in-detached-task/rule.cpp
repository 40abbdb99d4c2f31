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

using Sources = std::map<Body, Note>;

// Returns where exceptions of the body come from; of a body that is elsewhere, of any that has its name.
Sources::const_iterator source_of(const Sources& sources, const Body& body) {
  if (!body.file.empty()) return sources.find(body);
  const auto first = sources.lower_bound(body);
  return first == sources.end() || first->first.key != body.key ? sources.end() : first;
}

// Returns where the exceptions come from that may leave each coroutine.
Sources sources_of(const Program& program) {
  Sources sources;
  for (Throws& one : records_of<Throws>(program, "throws")) sources.emplace(one.coroutine, one.at);
  const auto passed = records_of<PassesOn>(program, "passes-on");
  for (bool is_done = false; !is_done;) {
    is_done = true;
    for (const PassesOn& one : passed) {
      const auto source = source_of(sources, one.callee);
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
    const auto source = source_of(sources, one.coroutine);
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
