#pragma once

// A race that does not end who loses it: `co_await seastar::with_timeout(deadline, work(x))` ends at the
// deadline, and the work goes on with `x`.

#include "rule/pass.h"

namespace corolint {

struct LostRace {
  const clang::Expr* await = nullptr;
  bool throws = false;  // an exception tells that the time is over: the result has no room for it
};

// Returns the race that `work`, a call, takes part in and may lose, if it is awaited and does not end it.
std::optional<LostRace> lost_race(const Pass& pass, const Function& function, const clang::Expr* work);

// Does the local variable end when the race is lost, for sure? Not if the function catches the exception, or
// goes on, and waits again where the variable lives.
bool ends_after(const Pass& pass, const Function& function, const LostRace& race,
                const clang::VarDecl& local);

}  // namespace corolint
