#include "cache/digest.h"

#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/BLAKE3.h"

namespace corolint {

namespace {

std::string final_digits(llvm::BLAKE3& hash) {
  return llvm::toHex(hash.final<16>(), /*LowerCase=*/true);
}

}  // namespace

std::string digest_of_bytes(llvm::StringRef bytes) {
  llvm::BLAKE3 hash;
  hash.update(bytes);
  return final_digits(hash);
}

std::string digest_of_texts(llvm::ArrayRef<std::string> texts) {
  llvm::BLAKE3 hash;
  for (const std::string& text : texts) {
    hash.update(std::to_string(text.size()) + ":");  // else "ab", "c" would be "a", "bc"
    hash.update(text);
  }
  return final_digits(hash);
}

}  // namespace corolint
