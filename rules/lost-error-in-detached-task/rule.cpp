#include <algorithm>
#include <map>
#include <set>
#include <tuple>

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
    for (const Throws& one : records_of<Throws>(program, "throws")) {
      definitions_.add(one.coroutine);
      add(one);
    }
    for (bool is_done = false; !is_done;) {
      is_done = true;
      for (const PassesOn& one : passed) is_done &= !pass_on(one);
    }
  }

  const Note* find(const std::string& coroutine) const {
    const auto sources = sources_.find(definitions_.find(coroutine));
    return sources == sources_.end() ? nullptr : &sources->second.front().at;
  }

 private:
  // Adds an exception of a class that the coroutine is not known to throw yet; returns whether it is one.
  bool add(const Throws& one) {
    std::vector<Throws>& known = sources_[one.coroutine];
    const bool is_known = std::any_of(known.begin(), known.end(),
                                      [&](const Throws& other) { return other.classes == one.classes; });
    if (!is_known) known.push_back(one);
    return !is_known;
  }

  bool pass_on(const PassesOn& one) {
    const auto sources = sources_.find(definitions_.find(one.callee));
    if (sources == sources_.end()) return false;
    bool is_new = false;
    for (const Throws& source : std::vector(sources->second))
      if (!is_caught(source, one.caught)) is_new |= add({one.coroutine, source.classes, source.at});
    return is_new;
  }

  static bool is_caught(const Throws& source, const std::vector<std::string>& caught) {
    if (source.classes.empty()) return !caught.empty();
    return std::find_first_of(source.classes.begin(), source.classes.end(), caught.begin(), caught.end()) !=
           source.classes.end();
  }

  Definitions definitions_;
  std::map<std::string, std::vector<Throws>> sources_;
};

// One coroutine that is started at several places of a file is one mistake: it is mended where it throws. A
// race is mended where it stands.
class Starts {
 public:
  void add(Unseen one) {
    if (!places_.insert(one.finding.place).second) return;
    const bool is_race = one.finding.message_id == race.id;
    const auto [at, is_first] =
        index_.try_emplace({one.coroutine, one.finding.message_id, one.finding.place.file}, findings_.size());
    if (is_first || is_race)
      findings_.push_back(std::move(one.finding));
    else
      findings_[at->second].notes.push_back({one.finding.place, "started here as well"});
  }
  std::vector<Finding> take() { return std::move(findings_); }

 private:
  std::set<Place> places_;
  std::map<std::tuple<std::string, std::string, std::string>, std::size_t> index_;
  std::vector<Finding> findings_;
};

void conclude(Program& program) {
  const Sources sources(program);
  Starts starts;
  auto unseen = records_of<Unseen>(program, "unseen");
  std::ranges::stable_sort(unseen, {}, [](const Unseen& one) { return one.finding.place; });
  for (Unseen& one : unseen) {
    const Note* source = sources.find(one.coroutine);
    if (!source) continue;
    one.finding.notes.push_back(*source);
    starts.add(std::move(one));
  }
  for (Finding& finding : starts.take()) program.report(std::move(finding), "");
}

}  // namespace

Rule lost_error_in_detached_task() {
  return {.check = check,
          .messages = {lost, fatal, race, eats},
          .level = Level::note,
          .cwe = 755,
          .conclude = conclude,
          .group = "lost-work",
          .precision = Precision::medium};
}

}  // namespace corolint
