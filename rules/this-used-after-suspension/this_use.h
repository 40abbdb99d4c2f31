#pragma once

// Coroutines that use the object which they are a member of, or whose `this` they have captured, and do not
// keep it.

#include <optional>

#include "rule/pass.h"

namespace corolint::objects {

struct ThisUse {
  const clang::CXXRecordDecl* object = nullptr;  // the class of the object
  const clang::Stmt* at = nullptr;
  const clang::Expr* suspension = nullptr;  // after which it may come; null: it only comes late if all does
};

// Returns how the coroutine uses its object; nothing if it does not, or if its frame keeps the object: a
// parameter, a local or a capture owns it, or it has entered a gate.
std::optional<ThisUse> use_of_object(const Pass& pass, const Function& coroutine);

// Is `type` a pointer that owns an object of the class, of a base of it or of a class derived from it?
bool owns(clang::QualType type, const clang::CXXRecordDecl& object);

// Does anything in `inside`, a part of the function or all of it, make or name an owner of the object? The
// way to the object itself, `except`, does not count.
bool names_owner(const Function& function, const clang::Stmt* inside, const clang::CXXRecordDecl& object,
                 const clang::Stmt* except = nullptr);

// Is the class made to be shared: does a base give out owners of the object (enable_shared_from_this,
// winrt::implements)?
bool is_shared_by_design(const clang::CXXRecordDecl& object);

// May the destructor of the class wait for what works with the object?
bool may_join(const Pass& pass, const clang::CXXRecordDecl& object);

}  // namespace corolint::objects
