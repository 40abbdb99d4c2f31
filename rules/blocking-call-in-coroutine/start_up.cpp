#include "start_up.h"

#include <algorithm>

#include "coroutines/flow.h"
#include "coroutines/suspends.h"

namespace corolint::blocking {

// Calls of a coroutine or handler that are made before it first suspends.
struct Early {
  std::string function;
  std::vector<std::uint32_t> places;  // line, column, line, column, …
};
RULE_RECORD(Early, function, places)

namespace {

// Returns what control comes to after `first` (null: from the beginning), to the next suspension.
Statements comes_to(const Function& function, const clang::Stmt* first, const Statements& ends) {
  Statements seen;
  function.flow()->comes_to(
      first, [&](const clang::Stmt* stmt) { return !seen.insert(stmt).second && false; },
      [&](const clang::Stmt* stmt) { return ends.contains(stmt); });
  return seen;
}

// Does the call run, or start, what it comes to no more often than itself?
bool is_once(const Edge& edge) {
  return edge.way != Way::posts && edge.way != Way::mentions && !edge.in_unbounded_loop && !edge.is_ambiguous;
}

// The functions that run a limited number of times in the life of a program, whatever it serves: `main`, and
// what only these come to, outside loops. In a recursion, and where a handler hands itself over again, one
// always comes from another of the circle, so that none is found.
class LimitedFunctions {
 public:
  explicit LimitedFunctions(const CallGraph& graph) : graph_(graph) {
    for (FunctionId id = 0; id < graph.functions().size(); ++id)
      for (const FunctionId target : graph.targets_of(id)) overridden_[target].insert(id);
    for (const FunctionId id : graph.mains()) add(id);
    while (!open_.empty()) {
      const FunctionId caller = open_.back();
      open_.pop_back();
      for (const EdgeId call : graph.calls_of(caller)) {
        const FunctionId callee = graph.edges()[call].callee;
        look_at(callee);
        for (const FunctionId target : graph.targets_of(callee)) look_at(target);
      }
    }
  }

  std::set<FunctionId> take() { return std::move(found_); }

 private:
  void add(FunctionId id) {
    if (found_.insert(id).second) open_.push_back(id);
  }

  void look_at(FunctionId id) {
    if (found_.contains(id) || !is_called_limited(id)) return;
    const auto overridden = overridden_.find(id);
    if (overridden == overridden_.end() ||
        std::ranges::all_of(overridden->second, [this](FunctionId base) { return is_called_limited(base); }))
      add(id);
  }

  bool is_called_limited(FunctionId id) const {
    return std::ranges::all_of(graph_.callers_of(id), [this](EdgeId call) {
      const Edge& edge = graph_.edges()[call];
      return found_.contains(edge.caller) && is_once(edge);
    });
  }

  const CallGraph& graph_;
  std::map<FunctionId, std::set<FunctionId>> overridden_;  // by method
  std::set<FunctionId> found_;
  std::vector<FunctionId> open_;
};

// Does the program do anything more often than that? An example of one coroutine does not: what it does is
// all that it is for, not its start.
bool serves(const CallGraph& graph, const std::set<FunctionId>& limited) {
  for (FunctionId id = 0; id < graph.functions().size(); ++id) {
    const FunctionNode& function = graph.function(id);
    if ((function.is_coroutine || function.is_handler) && function.is_defined && !limited.contains(id))
      return true;
  }
  return false;
}

}  // namespace

bool belongs_to_start(const std::string& subject) {
  return subject == "file" || subject == "local_db" || subject == "dns" || subject == "console" ||
         subject == "cpu";
}

Statements early_calls(const Function& function) {
  if (!function.flow()) return {};
  Statements suspensions;
  for (const Suspension& suspension : function.suspensions())
    if (may_suspend(suspension)) suspensions.insert(suspension.expr);
  const Statements first = comes_to(function, nullptr, suspensions);
  Statements late;
  for (const clang::Stmt* suspension : suspensions)
    if (first.contains(suspension)) late.merge(comes_to(function, suspension, {}));
  Statements early;
  for (const Call& call : function.calls())
    if (first.contains(call.expr) && !late.contains(call.expr)) early.insert(call.expr);
  return early;
}

void export_early_calls(Pass& pass, const Function& function, const Statements& early) {
  if (early.empty()) return;
  Early record{pass.key(function.declaration()), {}};
  for (const Call& call : function.calls()) {
    if (!early.contains(call.expr)) continue;
    const Place place = pass.unit().place_of(call.expr->getSourceRange());
    record.places.insert(record.places.end(), {place.line, place.column});
  }
  export_record(pass, "early", record);
}

void say_it_is_the_start(Finding& finding) {
  finding.level = Level::note;
  finding.label = "once, while the program starts: it takes longer to start";
}

StartUp::StartUp(const Program& program) : program_(program) {
  for (const Early& early : records_of<Early>(program, "early"))
    if (const FunctionId* id = program.graph().find(early.function))
      for (std::size_t i = 0; i + 1 < early.places.size(); i += 2)
        early_.insert({*id, {early.places[i], early.places[i + 1]}});
  if (early_.empty()) return;
  limited_ = LimitedFunctions(program.graph()).take();
  if (!serves(program.graph(), limited_)) limited_.clear();
}

bool StartUp::has(FunctionId function, const Place& call) const {
  return limited_.contains(function) && early_.contains({function, {call.line, call.column}});
}

bool StartUp::is_quiet(FunctionId function, const Place& call) const {
  return has(function, call) && !program_.options(call.file).flag(at_start.name);
}

}  // namespace corolint::blocking
