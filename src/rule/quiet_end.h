#pragma once

#include "clang/AST/Type.h"

namespace corolint {

// Is it sure that the end of an object of the type waits for nothing? Values end so: what can be copied holds no
// work that its end would have to wait for, as a pool, a scope or a guard may.
bool ends_quietly(clang::QualType type, const clang::ASTContext& context);

}  // namespace corolint
