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

// Where the exceptions come from that may leave each coroutine.
class Sources {
 public:
  explicit Sources(const Program& program) : definitions_(program) {
    const auto passed = records_of<PassesOn>(program, "passes-on");
    for (const PassesOn& one : passed) definitions_.add(one.coroutine);
    for (Throws& one : records_of<Throws>(program, "throws")) {
      definitions_.add(one.coroutine);
      sources_.emplace(one.coroutine, one.at);
    }
    for (bool is_done = false; !is_done;) {
      is_done = true;
      for (const PassesOn& one : passed)
        if (const Note* source = find(one.callee); source && !sources_.contains(one.coroutine)) {
          sources_.emplace(one.coroutine, *source);
          is_done = false;
        }
    }
  }

  const Note* find(const std::string& coroutine) const {
    const auto source = sources_.find(definitions_.find(coroutine));
    return source == sources_.end() ? nullptr : &source->second;
  }

 private:
  Definitions definitions_;
  std::map<std::string, Note> sources_;
};

void conclude(Program& program) {
  const Sources sources(program);
  std::set<Place> seen;
  for (Unseen& one : records_of<Unseen>(program, "unseen")) {
    const Note* source = sources.find(one.coroutine);
    if (!source || !seen.insert(one.finding.place).second) continue;
    one.finding.notes.push_back(*source);
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
