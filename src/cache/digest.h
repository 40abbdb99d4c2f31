#pragma once

#include <string>

#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/StringRef.h"

namespace corolint {

// Returns 128 bits of BLAKE3 over `bytes`, as 32 hexadecimal digits.
std::string digest_of_bytes(llvm::StringRef bytes);

// Returns a digest of several texts that no other texts in that order have.
std::string digest_of_texts(llvm::ArrayRef<std::string> texts);

}  // namespace corolint
