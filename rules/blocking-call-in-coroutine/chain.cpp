#include "chain.h"

#include <algorithm>
#include <optional>
#include <ranges>
#include <tuple>

#include "blocking_calls.h"
#include "ways.h"
#include "wording.h"

namespace corolint::blocking {

namespace {

constexpr std::size_t most_alike = 3;     // more of a kind are one mistake
constexpr std::size_t most_callers = 10;  // likewise, of those that come to a helper on different ways
constexpr std::size_t most_shown = 10;
constexpr int most_rounds = 3;

class Chains {
 public:
  Chains(Program& program, const Excuses& excuses, Looked looked, const std::set<FunctionId>& answered)
      : program_(program), graph_(program.graph()), ways_(program, excuses, looked, answered) {}

  // Reports the helpers that many coroutines come to, and returns them; where there are none, or `is_last`,
  // also the other calls. Takes those of `by_policy` that it reports with others.
  std::set<FunctionId> report(bool is_last, std::vector<Finding>& by_policy) {
    const std::vector<EdgeId> calls = ways_.calls();
    const Callers callers = callers_of(calls);
    std::map<FunctionId, std::vector<EdgeId>> shared;                         // by helper
    std::map<std::pair<FunctionId, std::string>, std::vector<EdgeId>> alike;  // by caller and class of sink
    std::map<std::string, std::vector<EdgeId>> policies;                      // by class of sink
    for (const EdgeId call : calls) {
      const std::string& subject = ways_.sink_of(call).subject;
      const auto helper = shared_helper(call, callers);
      if (is_policy(subject))
        policies[subject].push_back(call);
      else if (helper)
        shared[*helper].push_back(call);
      else
        alike[{graph_.edges()[call].caller, subject}].push_back(call);
    }
    std::set<FunctionId> helpers;
    for (auto& [helper, its_calls] : shared)
      report_shared(helper, its_calls, callers.through.at(helper).size());
    for (FunctionId id = 0; id < graph_.functions().size() && !shared.empty(); ++id)
      if (shared.contains(code_of(id))) helpers.insert(id);  // instances that no way went through as well
    if (helpers.empty() || is_last) {
      for (auto& [caller_and_class, its_calls] : alike) report_alike(its_calls);
      for (auto& [subject, its_calls] : policies) report_policy(its_calls, by_policy);
    }
    return helpers;
  }

 private:
  // Returns the function, or of the instances of a template, which are one place to mend, the first that was
  // asked for.
  FunctionId code_of(FunctionId id) const {
    const Place& at = graph_.function(id).place;
    return at.is_somewhere() ? codes_.try_emplace(at, id).first->second : id;
  }

  // The coroutines and handlers whose ways go through a function, and those that call it themselves.
  struct Callers {
    std::map<FunctionId, std::set<FunctionId>> through, direct;
  };

  Callers callers_of(const std::vector<EdgeId>& calls) const {
    Callers callers;
    for (const EdgeId call : calls) {
      const Edge& edge = graph_.edges()[call];
      callers.direct[code_of(edge.callee)].insert(edge.caller);
      for (const FunctionId id : ways_.functions_on(call)) callers.through[code_of(id)].insert(edge.caller);
    }
    return callers;
  }

  // Returns the function on the way of the call at which it is mended for many: the one that most come to, or
  // else the one that is called, if many call it.
  std::optional<FunctionId> shared_helper(EdgeId call, const Callers& callers) const {
    std::vector<FunctionId> way = ways_.functions_on(call);
    for (FunctionId& id : way) id = code_of(id);
    const FunctionId helper = *std::max_element(way.begin(), way.end(), [&](FunctionId a, FunctionId b) {
      return callers.through.at(a).size() < callers.through.at(b).size();
    });
    if (callers.through.at(helper).size() > most_callers) return helper;
    const FunctionId called = code_of(graph_.edges()[call].callee);
    if (callers.direct.at(called).size() > most_alike) return called;
    return std::nullopt;
  }

  Place place(EdgeId call) const { return graph_.place(graph_.edges()[call]); }

  // Returns the call to report of several: one that blocks for sure and not just at the start, else the
  // first.
  EdgeId first_of(const std::vector<EdgeId>& calls) const {
    const auto order = [this](EdgeId call) {
      return std::tuple(!ways_.of(call).is_sure, ways_.is_at_start(call), place(call));
    };
    return *std::min_element(calls.begin(), calls.end(),
                             [&](EdgeId a, EdgeId b) { return order(a) < order(b); });
  }

  // Takes the call to report out of several, and sorts the others by place.
  EdgeId take_first(std::vector<EdgeId>& calls) const {
    const EdgeId first = first_of(calls);
    std::erase(calls, first);
    std::sort(calls.begin(), calls.end(), [this](EdgeId a, EdgeId b) { return place(a) < place(b); });
    return first;
  }

  // Reports each of the calls, if they are few.
  bool report_few(const std::vector<EdgeId>& calls) {
    if (calls.size() > most_alike) return false;
    for (const EdgeId call : calls) report_call(call);
    return true;
  }

  // A coroutine that comes to sinks of one class by many functions, one for each question to its database, is
  // one mistake: where the work runs. The other calls are its secondary places.
  void report_alike(std::vector<EdgeId>& calls) {
    if (report_few(calls)) return;
    Finding& finding = report_call(take_first(calls));
    const std::string all = std::to_string(calls.size());
    for (std::size_t i = 0; i < calls.size() && i < most_shown; ++i)
      finding.notes.push_back({place(calls[i]), outcome(calls[i]) + ": " + std::to_string(i + 1) + " of " +
                                                    all + " more calls of its kind in this function"});
  }

  // A program that does in place what it may do so by design does it wherever it comes to it: one decision,
  // not one mistake for each coroutine. What coroutines do so themselves, `direct`, is part of it.
  void report_policy(std::vector<EdgeId>& calls, std::vector<Finding>& direct) {
    if (report_few(calls)) return;
    const EdgeId first = take_first(calls);
    const std::vector<EdgeId> others = other_callers(first, calls);
    Finding& finding = report_call(first);
    const std::size_t all = calls.size() + direct.size();
    finding.notes.push_back({finding.place, "so do " + std::to_string(all) +
                                                " more calls of coroutines or handlers; they are not "
                                                "reported one by one"});
    std::ranges::sort(direct, {}, &Finding::place);
    for (const Finding& one : direct | std::views::take(most_shown))
      finding.notes.push_back({one.place, "'" + one.function + "' calls '" + one.sink + "'"});
    add_callers(finding, others);
    finding.help += ", for all of the program; or allow '" + finding.sink + "', if that is its design";
    direct.clear();
  }

  // A helper that many coroutines come to, such as a logger, is one mistake: its own. It is reported at the
  // first call.
  void report_shared(FunctionId helper, std::vector<EdgeId>& calls, std::size_t callers) {
    const EdgeId first = take_first(calls);
    Finding& finding = report_call(first);
    const Place& at = graph_.function(helper).place;
    finding.notes.push_back(
        {at.is_somewhere() ? at : finding.place,
         "changed here, it is changed for " + std::to_string(callers - 1) +
             " other coroutines or handlers that come here; they are not reported one by one"});
    add_callers(finding, other_callers(first, calls));
  }

  // Returns of `calls` the first one of each coroutine or handler but that of `first`.
  std::vector<EdgeId> other_callers(EdgeId first, const std::vector<EdgeId>& calls) const {
    std::vector<EdgeId> others;
    std::set<FunctionId> seen = {graph_.edges()[first].caller};
    for (const EdgeId call : calls)
      if (seen.insert(graph_.edges()[call].caller).second) others.push_back(call);
    return others;
  }

  void add_callers(Finding& finding, const std::vector<EdgeId>& calls) const {
    for (std::size_t i = 0; i < calls.size() && i < most_shown; ++i)
      finding.notes.push_back(
          {place(calls[i]),
           "'" + std::string(graph_.name(graph_.edges()[calls[i]].caller)) + "': " + outcome(calls[i])});
  }

  std::string outcome(EdgeId call) const {
    return "'" + std::string(graph_.name(graph_.edges()[call].callee)) + "' comes to '" +
           ways_.sink_of(call).name + "'";
  }

  Finding& report_call(EdgeId call) {
    const Edge& edge = graph_.edges()[call];
    const FoundWay way = ways_.of(call);
    const Message& message = !way.is_sure                                ? may_reach
                             : graph_.function(edge.caller).is_coroutine ? reaches
                                                                         : reaches_loop;
    const Sink& sink = ways_.sink_of(call);
    Finding& finding = program_.report(
        graph_.place(edge), edge.caller, message,
        {std::string(graph_.name(edge.callee)), std::string(graph_.name(edge.caller)), sink.name});
    finding.sink = sink.name;
    finding.level = way.is_sure ? level_of(sink.subject) : Level::note;
    finding.label = consequence(sink.subject);
    finding.path = steps_of(program_, way.spread->way_from(call));
    finding.path.push_back(
        {sink.place, std::string(graph_.name(way.spread->seed_of(call))), "'" + sink.name + "' blocks"});
    if (ways_.is_at_start(call)) say_it_is_the_start(finding);
    finding.help = remedy(program_.models(), graph_.library(edge.caller), sink.subject, sink.replace);
    if (const std::string others = ways_.other_sinks(call); !others.empty())
      finding.notes.push_back({sink.place, "the nearest of " + others + " blocking calls that '" +
                                               finding.arguments.front() + "' comes to"});
    return finding;
  }

  Program& program_;
  const CallGraph& graph_;
  const Ways ways_;
  mutable std::map<Place, FunctionId> codes_;  // by where they are defined
};

// The nearest blocking call behind a function may be that of the program's logger. So what is behind a helper
// that many coroutines come to is looked for once more without it.
void report_chains(Program& program, const Excuses& excuses, Looked looked, std::vector<Finding>& by_policy) {
  std::set<FunctionId> answered;
  for (int round = 1; round <= most_rounds; ++round) {
    const std::set<FunctionId> helpers =
        Chains(program, excuses, looked, answered).report(round == most_rounds, by_policy);
    if (helpers.empty()) return;
    answered.insert(helpers.begin(), helpers.end());
  }
}

}  // namespace

void conclude(Program& program) {
  const Excuses excuses{StartUp(program), offloaded_coroutines(program.graph()), TestCode(program)};
  std::vector<Finding> by_policy = report_kept(program, excuses);
  for (const bool at_start : {false, true})
    for (const bool with_waits : {true, false})
      report_chains(program, excuses, {with_waits, at_start}, by_policy);
  for (Finding& finding : by_policy) program.report(std::move(finding), {});
}

}  // namespace corolint::blocking
