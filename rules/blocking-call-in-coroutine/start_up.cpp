#include "start_up.h"

#include <algorithm>

#include "coroutines/loop.h"
#include "coroutines/suspends.h"

namespace corolint::blocking {

// The loops of a coroutine in which it waits: what stands there may run for as long as the program does.
struct Waiting {
  std::string function;
  std::vector<Place> loops;
};
RULE_RECORD(Waiting, function, loops)

namespace {

std::vector<const clang::Stmt*> waiting_loops(const Function& function) {
  std::vector<const clang::Stmt*> waiting;
  for (const Suspension& suspension : function.suspensions())
    if (may_suspend(suspension))
      for (const clang::Stmt* loop : loops_around(function, suspension.expr))
        if (std::ranges::find(waiting, loop) == waiting.end()) waiting.push_back(loop);
  return waiting;
}

// Does the place begin within the other one?
bool is_inside(const Place& inner, const Place& outer) {
  const auto begin = std::pair(inner.line, inner.column);
  return inner.file == outer.file && std::pair(outer.line, outer.column) <= begin &&
         begin <= std::pair(outer.end_line, outer.end_column);
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
    if (std::ranges::all_of(graph_.overridden_by(id),
                            [this](FunctionId base) { return is_called_limited(base); }))
      add(id);
  }

  bool is_called_limited(FunctionId id) const {
    return std::ranges::all_of(graph_.callers_of(id), [this](EdgeId call) {
      const Edge& edge = graph_.edges()[call];
      return found_.contains(edge.caller) && is_once(edge);
    });
  }

  const CallGraph& graph_;
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

Statements once_calls(const Function& function) {
  const auto loops = waiting_loops(function);
  Statements once;
  for (const Call& call : function.calls())
    if (std::ranges::none_of(loops, [&](const auto* loop) { return function.is_inside(call.expr, loop); }))
      once.insert(call.expr);
  return once;
}

void export_waiting_loops(Pass& pass, const Function& function) {
  Waiting waiting{pass.key(function.declaration()), {}};
  for (const clang::Stmt* loop : waiting_loops(function))
    waiting.loops.push_back(pass.unit().place_of(loop->getSourceRange()));
  if (!waiting.loops.empty()) export_record(pass, "waiting", waiting);
}

void say_it_is_the_start(Finding& finding) {
  finding.level = Level::note;
  finding.label = "once in the life of the program: all else waits for it then";
}

StartUp::StartUp(const Program& program) : program_(program) {
  limited_ = LimitedFunctions(program.graph()).take();
  if (!serves(program.graph(), limited_)) limited_.clear();
  if (limited_.empty()) return;
  for (const Waiting& waiting : records_of<Waiting>(program, "waiting"))
    if (const FunctionId* id = program.graph().find(waiting.function))
      loops_[*id].insert(loops_[*id].end(), waiting.loops.begin(), waiting.loops.end());
}

bool StartUp::has(FunctionId function, const Place& call) const {
  if (!limited_.contains(function)) return false;
  const auto loops = loops_.find(function);
  return loops == loops_.end() ||
         std::ranges::none_of(loops->second, [&](const Place& loop) { return is_inside(call, loop); });
}

bool StartUp::is_quiet(FunctionId function, const Place& call) const {
  return has(function, call) && !program_.options(call.file).flag(at_start.name);
}

}  // namespace corolint::blocking
