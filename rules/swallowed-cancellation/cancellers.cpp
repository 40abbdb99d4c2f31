#include "cancellers.h"

#include <algorithm>
#include <set>

#include "coroutines/suspends.h"
#include "facts/reached.h"
#include "rule/record.h"
#include "unit/names.h"

namespace corolint::cancellation {

// A loop that accepts connections goes into another round after an error.
struct Round {
  std::string function;
  Finding finding;
};
RULE_RECORD(Round, function, finding)

// Something cancels acceptors, or whatever waits.
struct Canceller {
  std::string name;  // of what is called
};
RULE_RECORD(Canceller, name)

// The function is called in a race or under a limit, whose end cancels it.
struct Raced {
  std::string function;
};
RULE_RECORD(Raced, function)

namespace {

bool is_accept(const Entry* entry) {
  return entry && entry->subject == "accept";
}

// Is it of a class on which connections are accepted?
bool is_acceptor(const Pass& pass, clang::QualType type) {
  const auto names = class_names(type);
  const auto operations = pass.models().all(Role::io_wait);
  return std::any_of(operations.begin(), operations.end(), [&](const Entry* entry) {
    return is_accept(entry) &&
           std::any_of(entry->match.names.begin(), entry->match.names.end(), [&](llvm::StringRef name) {
             const std::string type_name = name.rsplit("::").first.str();
             return std::find(names.begin(), names.end(), type_name) != names.end();
           });
  });
}

bool cancels(const Pass& pass, const Call& call) {
  const auto* method = llvm::dyn_cast_or_null<clang::CXXMethodDecl>(call.function());
  if (!method || !method->getIdentifier() || !call.receiver) return false;
  const llvm::StringRef name = method->getName();
  if (name == "emit") return qualified_name(*method->getParent()).ends_with("cancellation_signal");
  return (name == "cancel" || name == "close" || name == "release") &&
         is_acceptor(pass, call.receiver->getType());
}

void export_raced(Pass& pass, const Function& function, const Call& race) {
  for (const Call& call : function.calls())
    if (call.function() && call.expr != race.expr && function.is_inside(call.expr, race.expr) &&
        pass.unit().is_project(call.function()->getLocation()))
      export_record(pass, "raced", Raced{pass.key(*call.function())});
}

// Returns the functions that a race or a limit may cancel: those called there, and what these come to.
std::set<FunctionId> cancellable(const Program& program) {
  const CallGraph& graph = program.graph();
  std::vector<FunctionId> open;
  for (const Raced& raced : records_of<Raced>(program, "raced"))
    for (const FunctionId id : graph.definitions_of(raced.function)) open.push_back(id);
  for (const Edge& edge : graph.edges())
    if (edge.is_limited) open.push_back(edge.callee);
  return reached_from(graph, std::move(open), [](const Edge& edge) { return edge.way != Way::mentions; });
}

}  // namespace

void export_cancellers(Pass& pass) {
  for (const Function& function : pass.functions())
    for (const Call& call : function.calls()) {
      if (cancels(pass, call)) export_record(pass, "canceller", Canceller{qualified_name(*call.callee)});
      if (pass.find(Role::combine, call) || pass.find(Role::timeout, call))
        export_raced(pass, function, call);
    }
}

bool only_accepts(const Pass& pass, const Function& coroutine, const clang::Stmt* block) {
  const auto& suspensions = coroutine.suspensions();
  return std::all_of(suspensions.begin(), suspensions.end(), [&](const Suspension& suspension) {
    if (!coroutine.is_inside(suspension.expr, block) || !may_suspend(suspension)) return true;
    const auto call = suspension.is_yield ? std::nullopt : as_call(bare(suspension.operand));
    return call && is_accept(pass.find(Role::io_wait, *call));
  });
}

void leave_round(Pass& pass, const Function& coroutine) {
  export_record(pass, "round", Round{pass.key(coroutine.declaration()), std::move(pass.take_kept().back())});
}

void report_rounds(Program& program) {
  const bool may_be_cancelled = program.graph().mains().empty() || !program.is_complete() ||
                                !records_of<Canceller>(program, "canceller").empty();
  const std::set<FunctionId> raced = may_be_cancelled ? std::set<FunctionId>() : cancellable(program);
  for (Round& round : records_of<Round>(program, "round")) {
    const FunctionId* function = program.graph().find(round.function);
    if (may_be_cancelled || !function || raced.contains(*function))
      program.report(std::move(round.finding), {});
  }
}

}  // namespace corolint::cancellation
