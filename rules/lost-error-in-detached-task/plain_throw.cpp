#include "plain_throw.h"

#include "coroutines/children.h"
#include "llvm/ADT/SmallPtrSet.h"
#include "thrown.h"

namespace corolint::lost_errors {

namespace {

constexpr int most_calls = 3;  // how far a chain of functions is followed

// Is it what a function of a result comes to when none of its cases was the one?
bool is_after_all_cases(const clang::FunctionDecl& function, const clang::Stmt* thrown) {
  const auto* block = llvm::dyn_cast<clang::CompoundStmt>(function.getBody());
  const auto* last = block && block->size() > 1 ? llvm::dyn_cast<clang::Expr>(block->body_back()) : nullptr;
  return last && !function.getReturnType()->isVoidType() && last->IgnoreImplicit() == thrown;
}

class Search {
 public:
  explicit Search(const Pass& pass) : pass_(pass) {}

  const clang::CXXThrowExpr* in_call(const clang::FunctionDecl* callee, int depth) {
    const clang::FunctionDecl* body = callee ? callee->getDefinition() : nullptr;
    if (!body || depth == 0 || !pass_.unit().is_project(body->getLocation()) || !body->getBody() ||
        llvm::isa<clang::CoroutineBodyStmt>(body->getBody()) || is_nothrow(*body) ||
        !seen_.insert(body).second)
      return nullptr;
    const clang::CXXThrowExpr* thrown = in_part(body->getBody(), depth);
    return thrown && is_after_all_cases(*body, thrown) ? nullptr : thrown;
  }

 private:
  static bool is_nothrow(const clang::FunctionDecl& function) {
    const auto* type = function.getType()->getAs<clang::FunctionProtoType>();
    return type && !clang::isUnresolvedExceptionSpec(type->getExceptionSpecType()) && type->isNothrow();
  }

  const clang::CXXThrowExpr* in_part(const clang::Stmt* stmt, int depth) {
    if (!stmt || llvm::isa<clang::LambdaExpr, clang::DefaultStmt>(stmt)) return nullptr;
    if (const auto* block = llvm::dyn_cast<clang::CXXTryStmt>(stmt)) return in_handlers(*block, depth);
    if (const auto* thrown = llvm::dyn_cast<clang::CXXThrowExpr>(stmt);
        thrown && thrown->getSubExpr() && !tells_of_mistake(*thrown) &&
        !tells_of_cancellation(pass_, *thrown))
      return thrown;
    for (const clang::Stmt* child : written_children(*stmt))
      if (const auto* thrown = in_part(child, depth)) return thrown;
    const auto call = llvm::isa<clang::Expr>(stmt) ? as_call(stmt) : std::nullopt;
    return call ? in_call(call->function(), depth - 1) : nullptr;
  }

  // What the block throws is taken to be caught.
  const clang::CXXThrowExpr* in_handlers(const clang::CXXTryStmt& block, int depth) {
    for (unsigned i = 0; i < block.getNumHandlers(); ++i)
      if (const auto* thrown = in_part(block.getHandler(i)->getHandlerBlock(), depth)) return thrown;
    return nullptr;
  }

  const Pass& pass_;
  llvm::SmallPtrSet<const clang::FunctionDecl*, 16> seen_;
};

}  // namespace

const clang::CXXThrowExpr* thrown_by(const Pass& pass, const Call& call) {
  return Search(pass).in_call(call.function(), most_calls);
}

}  // namespace corolint::lost_errors
