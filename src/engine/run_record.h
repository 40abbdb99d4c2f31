#pragma once

// What a run took from where: each unit's entry in the cache, and the observations that it stands on. The
// next run looks at each observation once and needs no entry of a unit whose observations all hold.

#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "cache/observed_lines.h"

namespace corolint {

struct RunRecord {
  using Numbers = ObservedLines::Numbers;

  struct Unit {
    std::string variant;  // which of its entries; empty: it was not parsed
    std::string digest;   // of its facts
    std::string shared;   // the name of observations that it shares with others; empty: none
    Numbers own;          // its other observations
  };

  std::string report;                           // its name
  std::map<std::string, Unit> units;            // by their names
  std::map<std::string, Numbers> shared;        // by their names: observations
  std::map<std::string, std::string> prefixes;  // by their files' names: the observations of their headers
  Numbers scans;                                // on which scans of units' words stand
};

// Returns the numbers of all observations that the record stands on, each once, sorted.
ObservedLines::Numbers lines_of(const RunRecord& record);

// Returns the record as bytes, and back, with numbers in `lines`; nothing if they are none.
std::string to_bytes(const RunRecord& record, const ObservedLines& lines);
std::optional<RunRecord> run_record_from(std::string_view bytes, ObservedLines& lines);

}  // namespace corolint
