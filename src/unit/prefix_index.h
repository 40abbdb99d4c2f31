#pragma once

// What has to be known of a prefix to tell whether a unit may use it: its files and which of them include
// which, the words in them, and the macros whose meaning changes on the way.

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "llvm/ADT/StringMap.h"
#include "llvm/ADT/StringSet.h"
#include "llvm/Support/Error.h"

namespace corolint {

struct PrefixIndex {
  struct File {
    std::string name;                     // as the preprocessor found it
    std::vector<std::uint32_t> includes;  // whether entered anew or not
  };

  std::vector<File> files;
  std::vector<std::uint32_t> top;                        // the files that the prefix names itself
  llvm::StringSet<> changing;                            // macros that are redefined or taken away by the end
  llvm::StringMap<std::vector<std::uint32_t>> definers;  // of a macro that several files define alike: these
  std::vector<std::uint64_t> words;  // digests of all identifiers that the preprocessor met, sorted
  std::string base;                  // the file of the prefix that it goes on from; empty if none
  std::string unusable;              // why no unit may use it; empty if it may be used

  // Returns the number of the file with this name.
  std::optional<std::uint32_t> number_of(llvm::StringRef name) const;
  // Does the word stand anywhere in the prefix?
  bool mentions(llvm::StringRef word) const;

  llvm::StringMap<std::uint32_t> numbers;  // of the files, by name
};

std::uint64_t digest_of_word(llvm::StringRef word);

std::string to_bytes(const PrefixIndex& index);
llvm::Expected<PrefixIndex> prefix_index_from_bytes(llvm::StringRef bytes);

}  // namespace corolint
