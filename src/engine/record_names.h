#pragma once

// Rules name functions in their records by key. Where several files define one of that key, the records of a
// unit that defines one itself mean its own, and are made to say so.

#include <string>
#include <vector>

#include "facts/call_graph.h"

namespace corolint {

struct RecordOfUnit {
  std::size_t unit;   // counted as the graph counts them
  std::string value;  // JSON
};

// Returns the records with the names of definitions in place of such keys. A text of a record is a key, or a
// key with the position of a parameter, "key#0"; before it there may be one letter more, by which a rule says
// what it is.
std::vector<std::string> with_own_names(const CallGraph& graph, std::vector<RecordOfUnit> records);

}  // namespace corolint
