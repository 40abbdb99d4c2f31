#pragma once

// What a source text might say, read off its tokens without preprocessing or parsing: whatever it does say is
// among it.

#include <string>

#include "llvm/ADT/StringRef.h"
#include "llvm/ADT/StringSet.h"

namespace corolint {

struct SourceWords {
  llvm::StringSet<> mentions;  // all identifiers and keywords

  // Functions that it may hold the bodies of: "f", "Class::f" where the name is qualified, "*::f" for every
  // one, and "(f)" where a macro may make one of that name.
  llvm::StringSet<> defines;

  bool may_define_anything = false;  // a macro of its own makes functions with names that cannot be told
};

// Returns what the C++ text might say.
SourceWords words_of(llvm::StringRef text);

// Calls `visit` with each identifier and keyword of the C++ text, comments and literals left out.
void each_word(llvm::StringRef text, llvm::function_ref<void(llvm::StringRef)> visit);

}  // namespace corolint
