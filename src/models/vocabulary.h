#pragma once

// The words without which no code is asynchronous. A unit whose files hold none of them can be told from its
// text alone: it need not be parsed.

#include <string>
#include <vector>

#include "llvm/ADT/BitVector.h"
#include "llvm/ADT/StringMap.h"
#include "models/entry.h"

namespace corolint {

// Which words of a vocabulary there are, by their number.
using WordSet = llvm::BitVector;

class Vocabulary {
 public:
  // Of the language, and of these libraries.
  explicit Vocabulary(const std::vector<Library>& libraries);

  // Returns a set with no words.
  WordSet none() const { return WordSet(static_cast<unsigned>(numbers_.size())); }

  // Adds the word to `words` if it is one of the vocabulary.
  void add(llvm::StringRef word, WordSet& words) const;

  // Returns what makes asynchronous code possible in a unit whose own files hold the words `own`, and all its
  // files together the words `all`: "co_await", "boost::asio::post". Empty if nothing does.
  std::string possible(const WordSet& own, const WordSet& all) const;

  // Returns the same for what the own files alone show: a coroutine.
  std::string possible(const WordSet& own) const;

 private:
  // A name of a library: a call of a function, or of a constructor, shows its last word in the unit's own
  // files; a value of a class may come out of a call.
  struct Name {
    std::string shown;
    std::vector<unsigned> words;
    std::optional<unsigned> called;
  };

  unsigned number_of(llvm::StringRef word);
  void add_entry(const Entry& entry, const Library& library);

  llvm::StringMap<unsigned> numbers_;
  std::vector<std::pair<std::string, unsigned>> coroutine_words_;  // in the unit's own files
  std::vector<unsigned> awaitable_words_;                          // in any file
  std::vector<Name> names_;
};

}  // namespace corolint
