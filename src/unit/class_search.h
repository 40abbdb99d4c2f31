#pragma once

#include <string>

#include "clang/AST/ASTContext.h"
#include "clang/AST/DeclCXX.h"

namespace corolint {

// Returns the defined class with that canonical name, or null if the unit knows none.
const clang::CXXRecordDecl* find_class(const clang::ASTContext& context, llvm::StringRef name);

// Calls `visit` for each class defined in a namespace, or in such a class, until it returns false.
void each_class(const clang::ASTContext& context,
                llvm::function_ref<bool(const clang::CXXRecordDecl&)> visit);

// Is `base` the class `derived` or one of its bases, by canonical name?
bool is_same_or_base(const clang::CXXRecordDecl& base, const clang::CXXRecordDecl& derived);

}  // namespace corolint
