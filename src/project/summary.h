#pragma once

// What was left out or changed, counted over the whole project: one notice for each kind, not one for each
// unit.

#include "project/flags.h"
#include "project/language.h"

#include <map>
#include <set>
#include <string>
#include <vector>

namespace corolint {

class Summary {
 public:
  // Counts a source that is left out because it is not C++. Headers do not count: nobody
  // expects them among the units.
  void add(Language language, const std::string& file);

  // Counts a unit whose command lost `flags`.
  void add(const DroppedFlags& flags);

  // Returns the notices.
  std::vector<std::string> notices() const;

 private:
  using UnitCounts = std::map<std::string, std::size_t>;

  std::map<Language, std::set<std::string>> left_out_;
  UnitCounts unknown_, lost_headers_, lost_responses_;
};

}  // namespace corolint
