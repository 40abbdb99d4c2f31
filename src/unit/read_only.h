#pragma once

#include "clang/Frontend/CompilerInvocation.h"

namespace corolint {

// Takes from the invocation all that would make Clang write files, print, load code or build modules: what a
// compile command asks for there is for its compiler, and the command may come from a stranger.
void make_read_only(clang::CompilerInvocation& invocation);

}  // namespace corolint
