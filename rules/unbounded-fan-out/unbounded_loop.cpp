#include "unbounded_loop.h"

#include <algorithm>

#include "coroutines/comparison.h"
#include "coroutines/container.h"
#include "coroutines/flow.h"
#include "count_guard.h"
#include "limiters.h"
#include "peers.h"
#include "rule/waiting.h"
#include "unit/names.h"
#include "unit/type_argument.h"

namespace corolint::fan_out {

namespace {

// Returns the type of the elements that the loop goes over, by `for (x : range)` or up to `range.size()`;
// none if it does neither.
clang::QualType element_type(const clang::Stmt& loop) {
  if (const auto* range_loop = llvm::dyn_cast<clang::CXXForRangeStmt>(&loop))
    return range_loop->getLoopVariable()->getType().getNonReferenceType();
  const clang::Expr* condition = loop_condition(loop);
  const auto comparison = condition ? as_comparison(*condition) : std::nullopt;
  if (!comparison) return {};
  for (const clang::Expr* side : {comparison->left, comparison->right})
    if (const auto call = as_call(bare(side));
        call && call->receiver && call->callee->getIdentifier() && call->callee->getName() == "size")
      return type_argument(class_of(call->receiver->getType()));
  return {};
}

// A loop over awaitables only wraps work that its caller has collected: the caller answers for how much that
// is.
bool is_over_awaitables(const Pass& pass, const clang::Stmt& loop) {
  const clang::QualType element = element_type(loop);
  return !element.isNull() && pass.awaitable(element);
}

// Is it an object on which one of the operations is called?
bool has_operation(const std::vector<const Entry*>& operations, clang::QualType type) {
  const auto names = class_names(type);
  return std::any_of(operations.begin(), operations.end(), [&](const Entry* entry) {
    return std::any_of(entry->match.names.begin(), entry->match.names.end(), [&](const std::string& member) {
      const std::size_t end = member.rfind("::");
      return end != std::string::npos &&
             std::find(names.begin(), names.end(), member.substr(0, end)) != names.end();
    });
  });
}

// A loop over sockets or acceptors, or pointers to them: what is open already, with something to run for
// each. Or over event loops: of these there are a few.
bool is_over_io_objects(const Pass& pass, const clang::Stmt& loop) {
  const auto* range_loop = llvm::dyn_cast<clang::CXXForRangeStmt>(&loop);
  if (!range_loop) return false;
  std::vector<const Entry*> operations = pass.models().all(Role::io_wait);
  for (const Entry* entry : pass.models().all(Role::sync_wait))
    if (entry->subject == "loop") operations.push_back(entry);
  bool is_over = false;
  each_type_argument(range_loop->getLoopVariable()->getType().getNonReferenceType(),
                     [&](clang::QualType part) { is_over = is_over || has_operation(operations, part); });
  return is_over;
}

// Is what the loop counts to asked of a limiter, at the loop or where a local got the number?
bool counts_to_limit(const Pass& pass, const Function& function, const clang::Stmt& loop) {
  std::vector<const clang::Stmt*> asked = {loop_condition(loop)};
  if (!asked.front()) return false;
  for (const auto* name : function.all<clang::DeclRefExpr>())
    if (const auto* variable = llvm::dyn_cast<clang::VarDecl>(name->getDecl());
        variable && variable->isLocalVarDecl() && function.is_inside(name, asked.front()))
      if (variable->getInit()) asked.push_back(variable->getInit());
  return std::any_of(function.calls().begin(), function.calls().end(), [&](const Call& call) {
    return pass.find(Role::limit, call) &&
           std::any_of(asked.begin(), asked.end(),
                       [&](const clang::Stmt* part) { return function.is_inside(call.expr, part); });
  });
}

// Does what the work is collected in live for one round of the loop only? Then no more than that adds up.
bool is_collected_for_a_round(const Function& function, const clang::Stmt& loop, const clang::Expr* work) {
  const clang::ValueDecl* container = container_added_to(function, work);
  const auto statements = function.all<clang::DeclStmt>();
  return container &&
         std::any_of(statements.begin(), statements.end(), [&](const clang::DeclStmt* statement) {
           return function.is_inside(statement, loop_body(loop)) &&
                  std::find(statement->decl_begin(), statement->decl_end(), container) !=
                      statement->decl_end();
         });
}

// Does every round wait for a timer before the work starts, and for nothing that arrives? Then time says how
// often that is.
bool is_clock(const Pass& pass, const Function& function, const clang::Stmt& loop, const clang::Expr* work) {
  bool ticks = false;
  for (const Call& call : function.calls()) {
    const Entry* wait = function.is_inside(call.expr, &loop) ? pass.find(Role::io_wait, call) : nullptr;
    if (!wait) continue;
    if (wait->subject != "timer") return false;
    ticks = ticks || function.flow()->always_before(call.expr, work);
  }
  return ticks;
}

}  // namespace

const clang::Stmt* unbounded_loop(const Pass& pass, const Function& function, const clang::Expr* work) {
  if (!function.flow()->may_follow(work, work)) return nullptr;  // the loop is left after the first time
  const clang::Stmt* unbounded = nullptr;
  for (const clang::Stmt* loop : loops_around(function, work)) {
    // What the outer loop asks each time limits its rounds, not what one of them starts.
    if (unbounded && is_collected_for_a_round(function, *loop, work)) return unbounded;
    if (is_guarded_by_count(function, *loop, work) || limiters_in(pass, function, *loop, work).limit)
      return nullptr;
    if (is_collected_for_a_round(function, *loop, work)) return unbounded;
    if (!unbounded && trips_of(function, *loop) != Trips::bounded && !is_over_awaitables(pass, *loop) &&
        !is_over_io_objects(pass, *loop) && !is_over_peers(*loop) &&
        !counts_to_limit(pass, function, *loop) && !is_clock(pass, function, *loop, work))
      unbounded = loop;
  }
  return unbounded;
}

Trips trips_in(const Pass& pass, const Function& function, const clang::Stmt& loop) {
  const Trips trips = trips_of(function, loop);
  const bool may_accept = trips == Trips::by_data && !llvm::isa<clang::CXXForRangeStmt>(loop);
  return may_accept && waits_for(pass, function, "accept", &loop) ? Trips::endless : trips;
}

}  // namespace corolint::fan_out
