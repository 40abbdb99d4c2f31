#pragma once

#include "clang/Sema/Sema.h"
#include "unit/files.h"

namespace corolint {

// Instantiates, at the end of a unit, the functions and variables that concern the project: those of its own
// templates, and those of foreign templates that are given something of the project, a type or a function,
// and so may lead back into it. The other foreign ones, which are most, are left as they are.
void instantiate_for_project(clang::Sema& sema, const Files& files);

}  // namespace corolint
