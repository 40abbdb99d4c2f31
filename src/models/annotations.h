#pragma once

// What the code itself says of a function or type: Clang's function effects ([[clang::blocking]],
// [[clang::nonblocking]]) and [[clang::annotate("corolint:WORD")]] with one of the words blocking,
// nonblocking, offload, detach-ok, limiter, deadline. It goes before what models say.

#include "clang/AST/Decl.h"
#include "models/entry.h"

namespace corolint {

// Returns what an attribute of `decl` says of it in the role, or null.
const Entry* annotated(Role role, const clang::NamedDecl& decl);

// Does an attribute say that calling `decl` never blocks?
bool is_marked_nonblocking(const clang::NamedDecl& decl);

}  // namespace corolint
