#pragma once

// Which prefixes a run's units are to have, found out in a worker process: nobody knows what there is in
// their files.

#include <optional>
#include <vector>

#include "engine/analysis.h"
#include "engine/choose_prefixes.h"
#include "engine/workers.h"
#include "unit/unit_log.h"

namespace corolint {

// A unit that may have a new prefix.
struct OpenUnit {
  const CompileCommand* command;
  bool is_back = false;                  // an earlier run has parsed it: a later one will parse it again
  const FileLog* has_already = nullptr;  // the files of the prefix that it has
};

// Returns the plans for these units, each with one unit at least; a base comes before those that go on from
// it. Nothing if the scan fails; `log` is told.
std::optional<std::vector<PrefixPlan>> plans_for(const std::vector<OpenUnit>& units, const Analysis& analysis,
                                                 const WorkerLimits& limits, UnitLog& log);

// Returns plans as text, and back; of text that is not whole, the plans that are. `units` is how many there
// are.
std::string text_of(const std::vector<PrefixPlan>& plans);
std::vector<PrefixPlan> plans_from(llvm::StringRef text, std::size_t units);

}  // namespace corolint
