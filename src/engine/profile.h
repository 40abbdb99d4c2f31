#pragma once

// Where the time and the memory of a run went, by stage and by file. Nothing of it is part of a result.

#include <map>
#include <string>
#include <vector>

#include "unit/unit_log.h"

namespace corolint {

class Profile {
 public:
  // Takes in the log of a unit, or of the run itself with an empty `file`.
  void add(const std::string& file, const UnitLog& log);

  // Returns a table for people: the stages by the time they took, then the files that took longest.
  std::string table() const;

  // Returns all spans as a Chrome trace, for chrome://tracing or https://ui.perfetto.dev. Format:
  // https://docs.google.com/document/d/1CvAClvFfyA5R-PhYUmn5OOQtYMH4h6I0nSsKchNAySU
  std::string trace() const;

 private:
  struct Row {
    std::string file;
    int process = 0;
    Span span;
  };

  std::vector<Row> rows_;
  std::map<std::string, std::uint64_t> counts_;
};

}  // namespace corolint
