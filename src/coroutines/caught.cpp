#include "coroutines/caught.h"

#include <algorithm>

#include "unit/class_search.h"
#include "unit/names.h"

namespace corolint {

bool catches(const clang::CXXCatchStmt& handler, const Classes& exceptions) {
  if (handler.getCaughtType().isNull()) return true;
  const clang::CXXRecordDecl* caught = class_of(handler.getCaughtType());
  return caught && std::any_of(exceptions.begin(), exceptions.end(),
                               [&](const auto* exception) { return is_same_or_base(*caught, *exception); });
}

namespace {

// Returns the variable or member that the expression names, and for a member of another object that object:
// who has it has the member, too.
const clang::ValueDecl* holder_of(const clang::Expr* expr) {
  const auto* member = llvm::dyn_cast<clang::MemberExpr>(bare(expr));
  const clang::ValueDecl* object = member ? root_object(member->getBase()) : nullptr;
  return object ? object : root_object(expr);
}

}  // namespace

const clang::ValueDecl* kept_in(const Function& function, const clang::CXXCatchStmt& handler) {
  for (const Call& call : function.calls()) {
    const auto* operation = llvm::dyn_cast<clang::CXXOperatorCallExpr>(call.expr);
    if (!operation || operation->getOperator() != clang::OO_Equal || !function.is_inside(call.expr, &handler))
      continue;
    const auto names = class_names(operation->getArg(0)->getType());
    if (std::any_of(names.begin(), names.end(),
                    [](const auto& name) { return name.ends_with("exception_ptr"); }))
      return holder_of(operation->getArg(0));
  }
  return nullptr;
}

std::string spelling(const clang::CXXCatchStmt& handler) {
  if (handler.getCaughtType().isNull()) return "catch (...)";
  return "catch (" + qualified_name(*class_of(handler.getCaughtType())) + ")";
}

}  // namespace corolint
