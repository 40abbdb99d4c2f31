#pragma once

#include "llvm/Support/Error.h"

namespace corolint {

// There is nothing to analyse: an error, unless the user says that this may be.
class NothingSelected : public llvm::ErrorInfo<NothingSelected, llvm::StringError> {
 public:
  static char ID;  // LLVM tells kinds of errors apart by its address
  explicit NothingSelected(const llvm::Twine& message) : ErrorInfo(message, llvm::inconvertibleErrorCode()) {}
};

}  // namespace corolint
