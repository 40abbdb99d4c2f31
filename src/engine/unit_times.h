#pragma once

// How long units took, so that the longest are begun first: a long one begun last keeps everybody waiting.
// Nothing but the time of a run depends on it.

#include <cstdint>
#include <string>
#include <vector>

#include "llvm/ADT/StringMap.h"
#include "project/project.h"

namespace corolint {

class UnitTimes {
 public:
  // `text` is what `text` returned in an earlier run, or empty; what is no such text is not used.
  explicit UnitTimes(llvm::StringRef text = "");

  // Returns the microseconds that the unit took when it was last analysed, or nothing.
  std::optional<std::int64_t> find(const CompileCommand& command) const;
  void set(const CompileCommand& command, std::int64_t microseconds);

  // Returns the time of each unit; where none is known, one that fits the size of its source.
  std::vector<std::int64_t> estimates(const std::vector<const CompileCommand*>& commands) const;

  bool has_news() const { return has_news_; }
  std::string text() const;

 private:
  llvm::StringMap<std::int64_t> times_;
  bool has_news_ = false;
};

}  // namespace corolint
