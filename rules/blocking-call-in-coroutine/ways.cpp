#include "ways.h"

#include <algorithm>

#include "blocking_calls.h"
#include "facts/holders.h"

namespace corolint::blocking {

namespace {

constexpr std::size_t most_functions = 100;
constexpr std::size_t most_stored = 8;

std::set<FunctionId> allowed_in(const Program& program) {
  std::set<FunctionId> ids;
  for (const Allowed& one : records_of<Allowed>(program, "allowed"))
    if (const FunctionId* id = program.graph().find(one.function)) ids.insert(*id);
  return ids;
}

bool is_inside(const Place& place, const Place& around) {
  return place.file == around.file &&
         std::pair(place.line, place.column) >= std::pair(around.line, around.column) &&
         std::pair(place.end_line, place.end_column) <= std::pair(around.end_line, around.end_column);
}

}  // namespace

Ways::Ways(const Program& program, const Excuses& excuses, Looked looked,
           const std::set<FunctionId>& answered)
    : program_(program),
      graph_(program.graph()),
      excuses_(excuses),
      looked_(looked),
      answered_(answered),
      openings_(program),
      finished_(program),
      allowed_(allowed_in(program)),
      sinks_(sinks_of(program, looked.with_waits, looked.at_start)),
      sure_(graph_, seeds(false), rules(true, false)),
      sure_unless_ready_(graph_, seeds(true), rules(true, true)),
      possible_(graph_, seeds(false), rules(false, false)),
      possible_unless_ready_(graph_, seeds(true), rules(false, true)) {}

// Returns the functions with sinks that are, or are not, over at once after an await.
std::vector<FunctionId> Ways::seeds(bool ready_after_await) const {
  std::vector<FunctionId> ids;
  for (const auto& [id, sinks] : sinks_)
    if (first_sink(id, ready_after_await) && !answered_.contains(id)) ids.push_back(id);
  return ids;
}

const Sink* Ways::first_sink(FunctionId id, bool ready_after_await) const {
  for (const Sink& sink : sinks_.at(id))
    if (sink.is_ready_after_await() == ready_after_await) return &sink;
  return nullptr;
}

// Blocking is handed up by what runs in the caller's thread. A coroutine or a handler is reported itself.
SpreadRules Ways::rules(bool all_overriders, bool unless_ready) const {
  return {[this, all_overriders](const Edge& edge) {
            return runs_here(edge.way, graph_.function(edge.callee).is_coroutine) && !edge.is_elsewhere &&
                   (all_overriders || !holds_many(edge.callee)) &&
                   !is_allowed(options_at(edge), graph_.name(edge.callee)) && !program_.is_cut(edge);
          },
          [this, unless_ready](FunctionId id) {
            const FunctionNode& function = graph_.function(id);
            const bool is_ready = unless_ready && graph_.name(id).ends_with("::await_resume");
            return !function.is_coroutine && !function.is_handler && !function.is_nonblocking && !is_ready &&
                   !answered_.contains(id);
          },
          all_overriders};
}

// What a queue of work runs, such as an executor's, says nothing about one call of it.
bool Ways::holds_many(FunctionId callee) const {
  if (!is_holder(graph_, callee)) return false;
  const auto [known, is_new] = holds_many_.try_emplace(callee, false);
  if (is_new) known->second = holds_more_than(graph_, callee, most_stored);
  return known->second;
}

std::vector<EdgeId> Ways::calls() const {
  std::vector<EdgeId> found;
  for (FunctionId id = 0; id < graph_.functions().size(); ++id)
    if ((graph_.function(id).is_coroutine || graph_.function(id).is_handler) &&
        !excuses_.offloaded.contains(id) && allowed_.contains(id) != looked_.with_waits)
      for (const EdgeId call : calls_of(id)) found.push_back(call);
  return found;
}

bool Ways::is_at_start(EdgeId call) const {
  const Edge& edge = graph_.edges()[call];
  return belongs_to_start(sink_of(call).subject) && excuses_.start_up.has(edge.caller, graph_.place(edge));
}

// A coroutine that calls one helper often is one mistake, at the first call; another, if it is called at the
// start and later.
std::vector<EdgeId> Ways::calls_of(FunctionId id) const {
  std::vector<EdgeId> found;
  std::set<std::pair<FunctionId, bool>> helpers;
  for (const EdgeId call : graph_.calls_of(id)) {
    const Edge& edge = graph_.edges()[call];
    // Another program of the tree may have a plain function of that name.
    if (!edge.in_async || excuses_.leave_files_out(id, graph_.place(edge)) != looked_.at_start) continue;
    const FoundWay way = way_of(edge);
    if (!way.spread || is_on_open_object(call, way) || is_too_long(call, way)) continue;
    if (way.ready_after_await && finished_.has(graph_.place(edge))) continue;
    if (is_by_callables_of_others(call, way)) continue;
    if (helpers.insert({edge.callee, is_at_start(call)}).second) found.push_back(call);
  }
  return found;
}

const Options& Ways::options_at(const Edge& edge) const {
  const auto [found, is_new] = options_.try_emplace(edge.file);
  if (is_new) found->second = program_.options(graph_.place(edge).file);
  return found->second;
}

bool Ways::is_too_long(EdgeId call, const FoundWay& way) const {
  const std::int64_t most = options_at(graph_.edges()[call]).number(max_chain.name);
  return most != 0 && static_cast<std::int64_t>(way.spread->way_from(call).size()) > most;
}

// A database in memory has no disk to wait for, and no server.
bool Ways::is_on_open_object(EdgeId call, const FoundWay& way) const {
  return openings_.waits_for_nothing(graph_.place(graph_.edges()[call])) &&
         first_sink(way.spread->seed_of(call), way.ready_after_await)->subject == "local_db";
}

// `co_await awaiter{[] { … }}` makes the object that it awaits: what others have stored in objects of that
// class does not run here.
bool Ways::is_by_callables_of_others(EdgeId call, const FoundWay& way) const {
  const std::vector<FunctionId> functions = functions_on(call);
  if (std::none_of(functions.begin(), functions.end(),
                   [this](FunctionId id) { return is_holder(graph_, id); }))
    return false;
  const Place around = graph_.place(graph_.edges()[call]);
  bool has_own = false;
  for (const EdgeId id : graph_.calls_of(graph_.edges()[call].caller)) {
    const Edge& edge = graph_.edges()[id];
    if (edge.way != Way::mentions || !is_inside(graph_.place(edge), around)) continue;
    if (way.spread->has(edge.callee)) return false;
    has_own = true;
  }
  return has_own;
}

std::vector<FunctionId> Ways::functions_on(EdgeId call) const {
  std::vector<FunctionId> functions;
  for (const EdgeId step : way_of(graph_.edges()[call]).spread->way_from(call))
    functions.push_back(graph_.edges()[step].callee);
  return functions;
}

const Sink& Ways::sink_of(EdgeId call) const {
  const FoundWay way = way_of(graph_.edges()[call]);
  return *first_sink(way.spread->seed_of(call), way.ready_after_await);
}

FoundWay Ways::way_of(const Edge& edge) const {
  if (sure_.has(edge)) return {&sure_, true, false};
  if (sure_unless_ready_.has(edge)) return {&sure_unless_ready_, true, true};
  if (possible_.has(edge)) return {&possible_, false, false};
  if (possible_unless_ready_.has(edge)) return {&possible_unless_ready_, false, true};
  return {};
}

// Looking ends after some functions:
// in a program where everything calls everything, counting would take longer than all else.
std::string Ways::other_sinks(EdgeId first) const {
  const Spread& spread = *of(first).spread;
  std::set<FunctionId> seen;
  std::vector<FunctionId> open;
  const auto go_to = [&](const Edge& edge) {
    if (!spread.has(edge)) return;
    if (edge.way == Way::may_run)
      for (const FunctionId target : graph_.targets_of(edge.callee))
        if (seen.insert(target).second) open.push_back(target);
    if (seen.insert(edge.callee).second) open.push_back(edge.callee);
  };
  std::size_t count = 0;
  for (go_to(graph_.edges()[first]); !open.empty() && seen.size() < most_functions;) {
    const FunctionId id = open.back();
    open.pop_back();
    if (const auto sinks = sinks_.find(id); sinks != sinks_.end()) count += sinks->second.size();
    for (const EdgeId call : graph_.calls_of(id)) go_to(graph_.edges()[call]);
  }
  if (!open.empty()) return "many";
  return count > 1 ? std::to_string(count) : "";
}

}  // namespace corolint::blocking
