#pragma once

#include "clang/AST/Stmt.h"
#include "llvm/ADT/SmallVector.h"

namespace corolint {

// Returns the parts of `stmt` that its author wrote and that run as part of the same function: not the bodies
// of lambdas, not unevaluated operands, not what the compiler adds around a co_await or a range-for.
llvm::SmallVector<const clang::Stmt*, 8> written_children(const clang::Stmt& stmt);

}  // namespace corolint
