#pragma once

#include "clang/AST/ASTContext.h"
#include "unit/files.h"
#include "unit/prefix_watch.h"

namespace corolint {

// Returns a name that code of the project uses before it includes the header of the prefix that declares it;
// empty if there is none. Without the prefix the unit would not compile, or mean something else.
std::string used_too_early(clang::ASTContext& context, const Files& files, const PrefixWatch& watch);

}  // namespace corolint
