#pragma once

// Where the cancellation that a handler takes may come from. Most libraries cancel a coroutine wherever it
// awaits; some only where an operation was given a source of cancellation, as Seastar's abort_source: there a
// handler around other work swallows nothing.

#include <string>
#include <vector>

#include "cancellations.h"
#include "rule/record.h"

namespace corolint::cancellation {

struct Arrival {
  bool is_sure = false;                   // else only by way of the work that others do:
  std::vector<std::string> callees = {};  // out of these functions of the project
  bool is_unknown = false;                // or out of work that nothing here names
  bool counts_unknown = false;  // is such work, and a function that nobody has seen, taken for cancellable?
  bool counts_gates = false;    // is it also the end of a loop that a gate turns its work away?
};
RULE_RECORD(Arrival, is_sure, callees, is_unknown, counts_unknown, counts_gates)

// The function does something that may be cancelled, or holds what cancels.
struct Source {
  std::string function;
  bool is_gate = false;
  Note at;
};
RULE_RECORD(Source, function, is_gate, at)

// Tells which functions of the unit hold a source of cancellation, or do what may be cancelled.
void export_sources(Pass& pass);

// Returns where cancellation comes from when the function awaits `awaited`, parts of it, in the library of
// the task type `task`. `is_told`: the author says that it arrives here, as a handler does that names its
// class.
Arrival arrival_at(const Pass& pass, const Function& function, const std::vector<const clang::Expr*>& awaited,
                   clang::QualType task, bool is_told);

}  // namespace corolint::cancellation
