#include "rule/permit.h"

#include <algorithm>

#include "coroutines/flow.h"
#include "coroutines/promise.h"
#include "unit/names.h"

namespace corolint {

namespace {

// A home-made semaphore: what is acquired of it can be released.
bool acquires(const Call& call) {
  const clang::CXXRecordDecl* record = call.receiver ? class_of(bare(call.receiver)->getType()) : nullptr;
  const clang::IdentifierInfo* method = call.callee->getIdentifier();
  return record && method && method->getName().contains("acquire") &&
         find_member(*record, &record->getASTContext().Idents.get("release"));
}

// Does the operation wait for what the other side of a connection does?
bool is_for_peer(const Entry& wait) {
  return wait.subject != "timer" && wait.subject != "event" && wait.subject != "wait";
}

// Is it a function of the program's that takes a permit for its caller, as far as its body can be seen?
bool takes_permit(const Pass& pass, const clang::FunctionDecl& callee) {
  return std::any_of(pass.functions().begin(), pass.functions().end(), [&](const Function& function) {
    return function.declaration().getCanonicalDecl() == callee.getCanonicalDecl() &&
           !permits_in(pass, function).empty();
  });
}

// Returns the function of the program's that is awaited, or null.
const clang::FunctionDecl* awaited_function(const Pass& pass, const Suspension& suspension) {
  const auto call = suspension.operand ? as_call(bare(suspension.operand)) : std::nullopt;
  const clang::FunctionDecl* callee = call && !call->is_construction() ? call->function() : nullptr;
  const bool is_own =
      callee && pass.unit().is_project(callee->getLocation()) && !pass.models().describes(*callee);
  return is_own ? callee : nullptr;
}

// Returns where the function does what a permit is for: it waits for a peer, or for a function of the
// program's. A timer, a hop to an executor, and what only asks the promise something come before that.
std::vector<const clang::Expr*> work_of(const Pass& pass, const Function& function) {
  std::vector<const clang::Expr*> work;
  for (const Call& call : function.calls())
    if (const Entry* wait = pass.find(Role::io_wait, call); wait && is_for_peer(*wait))
      work.push_back(call.expr);
  for (const Suspension& suspension : function.suspensions())
    if (const auto* callee = awaited_function(pass, suspension);
        callee && !awaits_permit(pass, suspension) && !takes_permit(pass, *callee))
      work.push_back(suspension.expr);
  return work;
}

}  // namespace

bool awaits_permit(const Pass& pass, const Suspension& suspension) {
  if (suspension.is_yield || !suspension.operand) return false;
  if (pass.models().find(Role::limit, bare(suspension.operand)->getType())) return true;
  const auto call = as_call(bare(suspension.operand));
  return call && (pass.find(Role::limit, *call) || acquires(*call));
}

std::vector<const clang::Expr*> permits_in(const Pass& pass, const Function& function) {
  std::vector<const clang::Expr*> permits;
  for (const Call& call : function.calls())
    if (pass.find(Role::limit, call)) permits.push_back(call.expr);
  for (const Suspension& suspension : function.suspensions())
    if (awaits_permit(pass, suspension)) permits.push_back(suspension.expr);
  return permits;
}

bool begins_with_permit(const Pass& pass, const Function& function) {
  std::vector<const clang::Expr*> permits = permits_in(pass, function);
  if (permits.empty()) return false;
  for (const Suspension& suspension : function.suspensions())
    if (const auto* callee = awaited_function(pass, suspension); callee && takes_permit(pass, *callee))
      permits.push_back(suspension.expr);
  const std::vector<const clang::Expr*> work = work_of(pass, function);
  const auto comes_after_work = [&](const clang::Expr* permit) {
    return function.flow() && std::any_of(work.begin(), work.end(), [&](const clang::Expr* one) {
             return one != permit && function.flow()->always_before(one, permit);
           });
  };
  return !std::all_of(permits.begin(), permits.end(), comes_after_work);
}

}  // namespace corolint
