#pragma once

// The observations that a run stands on. Thousands of units share most of theirs: each is held once, by
// number, and looked at again at most once in a run.

#include <cstdint>
#include <string>
#include <vector>

#include "cache/file_states.h"
#include "llvm/ADT/StringMap.h"

namespace corolint {

class ObservedLines {
 public:
  using Numbers = std::vector<std::uint32_t>;

  ObservedLines(std::string root, FileStates& states) : root_(std::move(root)), states_(states) {}

  // Returns the number of the line, and of each line of the text.
  std::uint32_t number_of(llvm::StringRef line);
  Numbers numbers_of(llvm::StringRef text);

  // Returns the line of that number.
  llvm::StringRef text(std::uint32_t number) const { return lines_[number]->first(); }

  // Tells that the lines were observed just now.
  void trust(const Numbers& numbers);

  // Would all of them be observed now?
  bool hold(const Numbers& numbers);

  // Returns the project's file that was read, if the line says so; see own_file.
  const std::string& own_file(std::uint32_t number);

 private:
  struct Line {
    std::uint32_t number = 0;
    enum { unknown, holds, fails } state = unknown;
    bool has_file = false;
    std::string file;
  };

  std::string root_;
  FileStates& states_;
  llvm::StringMap<Line> by_text_;
  std::vector<llvm::StringMapEntry<Line>*> lines_;
};

}  // namespace corolint
