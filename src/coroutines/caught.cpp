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

const clang::ValueDecl* kept_in(const Function& function, const clang::CXXCatchStmt& handler) {
  for (const Call& call : function.calls()) {
    const auto* operation = llvm::dyn_cast<clang::CXXOperatorCallExpr>(call.expr);
    if (!operation || operation->getOperator() != clang::OO_Equal || !function.is_inside(call.expr, &handler))
      continue;
    const auto names = class_names(operation->getArg(0)->getType());
    if (std::any_of(names.begin(), names.end(),
                    [](const auto& name) { return name.ends_with("exception_ptr"); }))
      return root_object(operation->getArg(0));
  }
  return nullptr;
}

std::string spelling(const clang::CXXCatchStmt& handler) {
  if (handler.getCaughtType().isNull()) return "catch (...)";
  return "catch (" + qualified_name(*class_of(handler.getCaughtType())) + ")";
}

}  // namespace corolint
