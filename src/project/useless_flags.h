#pragma once

#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/StringRef.h"
#include "llvm/Option/Arg.h"

#include <string>

namespace corolint {

// Says flag by flag, in order, which of a command's flags parsing can do without.
class UselessFlags {
 public:
  // Is `flag`, written as `words`, an output, an input, a matter of code generation or linking, a plugin or a
  // precompiled header?
  bool has(const llvm::opt::Arg& flag, llvm::ArrayRef<const char*> words);

 private:
  bool has_frontend(llvm::StringRef word);
  bool drops_next_ = false;  // does the next -Xclang hold the value of a dropped one?
};

// Returns the names in `list` (address,undefined,…) that the preprocessor can see, joined by commas. The
// others may need flags that are dropped here, or GCC.
std::string visible_sanitizers(llvm::StringRef list);

}  // namespace corolint
