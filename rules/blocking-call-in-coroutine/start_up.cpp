#include "start_up.h"

#include <algorithm>

#include "coroutines/flow.h"

namespace corolint::blocking {

// Calls of a coroutine that are made before it first suspends.
struct Early {
  std::string coroutine;
  std::vector<std::uint32_t> places;  // line, column, line, column, …
};
RULE_RECORD(Early, coroutine, places)

namespace {

// Returns what control comes to after `first` (null: from the beginning), to the next suspension.
Statements comes_to(const Function& coroutine, const clang::Stmt* first, const Statements& ends) {
  Statements seen;
  coroutine.flow()->comes_to(
      first, [&](const clang::Stmt* stmt) { return !seen.insert(stmt).second && false; },
      [&](const clang::Stmt* stmt) { return ends.contains(stmt); });
  return seen;
}

bool is_main(const CallGraph& graph, FunctionId id) {
  return graph.name(id) == "main" && !graph.function(id).is_coroutine && graph.function(id).is_defined;
}

}  // namespace

bool belongs_to_start(const std::string& subject) {
  return subject == "file" || subject == "local_db";
}

Statements early_calls(const Function& coroutine) {
  if (!coroutine.flow() || coroutine.suspensions().empty()) return {};
  Statements suspensions;
  for (const Suspension& suspension : coroutine.suspensions()) suspensions.insert(suspension.expr);
  const Statements first = comes_to(coroutine, nullptr, suspensions);
  Statements late;
  for (const clang::Stmt* suspension : suspensions)
    if (first.contains(suspension)) late.merge(comes_to(coroutine, suspension, {}));
  Statements early;
  for (const Call& call : coroutine.calls())
    if (first.contains(call.expr) && !late.contains(call.expr)) early.insert(call.expr);
  return early;
}

void export_early_calls(Pass& pass, const Function& coroutine, const Statements& early) {
  if (early.empty()) return;
  Early record{pass.key(coroutine.declaration()), {}};
  for (const Call& call : coroutine.calls()) {
    if (!early.contains(call.expr)) continue;
    const Place place = pass.unit().place_of(call.expr->getSourceRange());
    record.places.insert(record.places.end(), {place.line, place.column});
  }
  export_record(pass, "early", record);
}

void say_it_is_the_start(Finding& finding) {
  finding.level = Level::note;
  finding.label =
      "once, before the coroutine that main starts first waits: the program takes longer to start";
}

StartUp::StartUp(const Program& program) {
  for (const Early& early : records_of<Early>(program, "early"))
    if (const FunctionId* id = program.graph().find(early.coroutine))
      for (std::size_t i = 0; i + 1 < early.places.size(); i += 2)
        early_.insert({*id, {early.places[i], early.places[i + 1]}});
  if (early_.empty()) return;
  find_plain(program.graph());
  find_coroutines(program.graph());
}

bool StartUp::is_early(FunctionId coroutine, const Place& call) const {
  return early_.contains({coroutine, {call.line, call.column}});
}

bool StartUp::has(FunctionId coroutine, const Place& call) const {
  return coroutines_.contains(coroutine) && is_early(coroutine, call);
}

// Functions that run while `main` does, called by nobody else.
void StartUp::find_plain(const CallGraph& graph) {
  for (FunctionId id = 0; id < graph.functions().size(); ++id)
    if (is_main(graph, id)) plain_.insert(id);
  const auto runs_once = [&](EdgeId call) {
    const Edge& edge = graph.edges()[call];
    return edge.way == Way::runs && only_starts(edge);
  };
  std::vector<FunctionId> open(plain_.begin(), plain_.end());
  while (!open.empty()) {
    const FunctionId caller = open.back();
    open.pop_back();
    for (const EdgeId call : graph.calls_of(caller)) {
      const FunctionId id = graph.edges()[call].callee;
      const FunctionNode& function = graph.function(id);
      const auto& callers = graph.callers_of(id);
      if (function.is_coroutine || function.is_handler || plain_.contains(id)) continue;
      if (!std::all_of(callers.begin(), callers.end(), runs_once)) continue;
      plain_.insert(id);
      open.push_back(id);
    }
  }
}

// Coroutines that only those start, or that another such coroutine awaits before it first suspends.
void StartUp::find_coroutines(const CallGraph& graph) {
  const auto starts_once = [&](EdgeId call) {
    const Edge& edge = graph.edges()[call];
    const bool is_started = edge.way == Way::runs || edge.way == Way::awaits || edge.way == Way::starts ||
                            edge.way == Way::spawns;
    return is_started && (only_starts(edge) || has(edge.caller, graph.place(edge))) &&
           !edge.in_unbounded_loop && !edge.is_ambiguous;
  };
  std::vector<FunctionId> open(plain_.begin(), plain_.end());
  while (!open.empty()) {
    const FunctionId caller = open.back();
    open.pop_back();
    for (const EdgeId call : graph.calls_of(caller)) {
      const FunctionId id = graph.edges()[call].callee;
      const auto& callers = graph.callers_of(id);
      if (!graph.function(id).is_coroutine || coroutines_.contains(id)) continue;
      if (!std::all_of(callers.begin(), callers.end(), starts_once)) continue;
      coroutines_.insert(id);
      open.push_back(id);
    }
  }
}

bool StartUp::only_starts(const Edge& edge) const {
  return plain_.contains(edge.caller) && !edge.in_unbounded_loop && !edge.is_ambiguous;
}

}  // namespace corolint::blocking
