#pragma once

// Accept loops whose work a called function starts: `session->start()` in the loop, or a function that takes
// one connection and starts what serves it, called for ever.

#include "per_loop.h"
#include "rule/pass.h"
#include "rule/program.h"
#include "unbounded_loop.h"

namespace corolint::fan_out {

inline constexpr Message per_event{
    "per-event", "'{0}' starts work for every event, and nothing limits how much runs at once"};

// Tells `accepting_loops` what the function starts, once each time it runs.
void export_starting(Pass& pass, const Function& function);

// Leaves the calls that the function's accept loops make to `accepting_loops`.
void export_accepting(Pass& pass, const Function& function);

// Returns the keys of the program's functions that `work` calls or is given.
std::vector<std::string> functions_in(const Pass& pass, const Function& function, const clang::Expr* work);

// Says whether a function that the program starts limits itself.
using LimitsItself = std::function<bool(const std::string& key)>;

// Returns what such loops start without a limit.
std::vector<InLoop> accepting_loops(const Program& program, const LimitsItself& limits_itself);

}  // namespace corolint::fan_out
