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
  const auto permits = permits_in(pass, function);
  const auto waits_first = [&](const clang::Expr* permit) {
    return function.flow() &&
           std::any_of(function.calls().begin(), function.calls().end(), [&](const Call& call) {
             const Entry* wait = call.expr == permit ? nullptr : pass.find(Role::io_wait, call);
             return wait && is_for_peer(*wait) && function.flow()->always_before(call.expr, permit);
           });
  };
  return !std::all_of(permits.begin(), permits.end(), waits_first);
}

}  // namespace corolint
