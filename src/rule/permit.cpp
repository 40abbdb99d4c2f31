#include "rule/permit.h"

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

}  // namespace corolint
