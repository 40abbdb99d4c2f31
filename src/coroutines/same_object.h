#pragma once

#include "clang/AST/Expr.h"

namespace corolint {

// Do the two expressions name the same object, by the same way: `mutex_` and `this->mutex_`, `peer.lock` and
// `peer.lock`? An `&` before either is looked through.
bool names_same_object(const clang::Expr* one, const clang::Expr* other);

}  // namespace corolint
