#include "undecided.h"

#include <algorithm>
#include <set>

#include "accepting.h"
#include "collected.h"
#include "coroutines/comparison.h"
#include "coroutines/loop.h"
#include "count_guard.h"
#include "rule/record.h"
#include "rule/test_code.h"

namespace corolint::fan_out {

struct Undecided {
  std::string function;             // key of the one that starts the work
  std::vector<std::string> starts;  // keys of the program's functions that the work consists of
  bool compares_depth;              // a number that the function is given is compared: a depth, it may be
  Place loop;
  Finding finding;
};
RULE_RECORD(Undecided, function, starts, compares_depth, loop, finding)

struct Counting {
  std::string function;
};
RULE_RECORD(Counting, function)

namespace {

bool compares_parameter(const Function& function) {
  const auto is_number_parameter = [](const clang::Expr* side) {
    const auto* name = llvm::dyn_cast<clang::DeclRefExpr>(bare(side));
    return name && llvm::isa<clang::ParmVarDecl>(name->getDecl()) &&
           name->getType()->isIntegralOrEnumerationType();
  };
  for (const auto* expr : function.all<clang::Expr>())
    if (const auto comparison = as_comparison(*expr);
        comparison && (is_number_parameter(comparison->left) || is_number_parameter(comparison->right)))
      return true;
  return false;
}

// Does the function wait for a permit: itself, or in the one function that it is a wrapper of or starts? A
// permit taken deeper down limits a part of the work, not how much of it there is.
bool takes_permit(const CallGraph& graph, FunctionId id) {
  if (graph.function(id).takes_permit) return true;
  const auto calls = graph.calls_of(id);
  if (calls.size() != 1) return false;
  const Edge& edge = graph.edges()[calls.front()];
  const bool runs_it =
      edge.way == Way::runs || edge.way == Way::awaits || edge.way == Way::starts || edge.way == Way::spawns;
  return runs_it && graph.function(edge.callee).takes_permit;
}

bool is_called_with_permit(const CallGraph& graph, const FunctionId* id) {
  if (!id || graph.callers_of(*id).empty()) return false;
  const auto& calls = graph.callers_of(*id);
  return std::all_of(calls.begin(), calls.end(),
                     [&](EdgeId call) { return graph.edges()[call].holds_permit; });
}

// Does `from` come to call `to`, on whatever way?
bool comes_to(const CallGraph& graph, FunctionId from, FunctionId to) {
  std::set<FunctionId> seen = {from};
  std::vector<FunctionId> open = {from};
  while (!open.empty() && !seen.contains(to)) {
    const FunctionId id = open.back();
    open.pop_back();
    for (const EdgeId call : graph.calls_of(id)) {
      const FunctionId callee = graph.edges()[call].callee;
      if (seen.insert(callee).second) open.push_back(callee);
      for (const FunctionId target : graph.targets_of(callee))
        if (seen.insert(target).second) open.push_back(target);
    }
  }
  return seen.contains(to);
}

}  // namespace

void leave_undecided(Pass& pass, const Function& function, const clang::Expr* work, const clang::Stmt* loop) {
  export_record(
      pass, "undecided",
      Undecided{pass.key(function.declaration()), functions_in(pass, function, work),
                compares_parameter(function), loop ? pass.unit().place_of(loop->getSourceRange()) : Place(),
                std::move(pass.take_kept().back())});
}

void export_counting(Pass& pass, const Function& function) {
  if (std::any_of(function.calls().begin(), function.calls().end(), [&](const Call& call) {
        return pass.find(Role::spawn, call) && loops_around(function, call.expr).empty() &&
               is_guarded_by_count(function, *function.body(), call.expr);
      }))
    export_record(pass, "counting", Counting{pass.key(function.declaration())});
}

void conclude(Program& program) {
  const CallGraph& graph = program.graph();
  std::set<std::string> counting;
  for (Counting& one : records_of<Counting>(program, "counting")) counting.insert(std::move(one.function));
  const LimitsItself limits_itself = [&](const std::string& key) {
    const FunctionId* id = graph.find(key);
    return counting.contains(key) || (id && takes_permit(graph, *id));
  };
  std::vector<InLoop> found = accepting_loops(program, limits_itself);
  for (Undecided& undecided : records_of<Undecided>(program, "undecided")) {
    const FunctionId* starter = graph.find(undecided.function);
    std::vector<FunctionId> started;
    for (const std::string& key : undecided.starts)
      if (const FunctionId* id = graph.find(key)) started.push_back(*id);
    if (is_called_with_permit(graph, starter) ||
        std::any_of(undecided.starts.begin(), undecided.starts.end(), limits_itself))
      continue;
    Finding& finding = undecided.finding;
    const bool is_recursive = starter && !undecided.compares_depth && finding.message_id != await_all.id &&
                              std::any_of(started.begin(), started.end(),
                                          [&](FunctionId id) { return comes_to(graph, id, *starter); });
    if (is_recursive) {
      finding.message_id = recursive.id;
      finding.message = fill_in(recursive.text, finding.arguments);
    }
    found.push_back({undecided.loop, std::move(finding)});
  }
  const TestCode tests(program);
  for (Finding& finding : one_per_loop(std::move(found)))
    if (!tests.is_left_out(finding.place.file))
      program.report(std::move(finding), "a limiter that they take is not known");
}

}  // namespace corolint::fan_out
