#pragma once

#include <optional>

#include "clang/AST/ASTContext.h"
#include "clang/AST/DeclCXX.h"

namespace corolint {

// Returns the member of `record` or of one of its bases with that name, or null.
const clang::NamedDecl* find_member(const clang::CXXRecordDecl& record, clang::DeclarationName name);

// Returns the promise class of the coroutine type `record`: its `promise_type`, or the one that a
// specialisation of std::coroutine_traits gives. Null if it is no coroutine type.
const clang::CXXRecordDecl* promise_of(const clang::CXXRecordDecl& record, const clang::ASTContext& context);

// Does it suspend whoever awaits the awaiter? Nothing if its type and the body of `await_ready` do not tell.
std::optional<bool> awaiter_suspends(clang::QualType awaiter, const clang::ASTContext& context);

struct InitialSuspend {
  const clang::FunctionDecl* declaration = nullptr;
  std::optional<bool> suspends;  // absent: the declaration does not tell
};

// Returns what the promise's `initial_suspend` does, as far as its return type or the awaiter's body tell.
InitialSuspend initial_suspend(const clang::CXXRecordDecl& promise, const clang::ASTContext& context);

// Does the coroutine suspend at its end? If not, its frame destroys itself. Nothing if the declaration does
// not tell.
std::optional<bool> suspends_at_end(const clang::CXXRecordDecl& promise, const clang::ASTContext& context);

}  // namespace corolint
