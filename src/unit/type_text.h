#pragma once

#include <string>

#include "clang/AST/PrettyPrinter.h"
#include "clang/AST/Type.h"

namespace corolint {

// Returns the canonical type as text. Types share their parts, their text repeats them: what would fill
// pages, or memory, is named by its outermost template alone.
std::string type_text(clang::QualType type, const clang::PrintingPolicy& policy);

}  // namespace corolint
