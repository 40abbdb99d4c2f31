#pragma once

#include "rule/record.h"

namespace corolint::lost_errors {

inline constexpr Message lost{"lost", "an exception that leaves '{0}' is lost: nobody sees it"};
inline constexpr Message fatal{"fatal", "an exception that leaves '{0}' ends the program"};
inline constexpr Message race{"race", "an exception of '{0}' is lost when the other side of '{1}' succeeds"};
inline constexpr Message eats{"eats", "this promise drops the exceptions of its coroutines, such as '{0}'"};

// A finding that is right if an exception may leave the coroutine.
struct Unseen {
  std::string coroutine;
  Finding finding;
};
RULE_RECORD(Unseen, coroutine, finding)

// Work that is started and let go (DET-01).
void check_spawns(Pass& pass, const Function& function);
// Threads that are started in a coroutine and let go (DET-08).
void check_threads(Pass& pass, const Function& function);
// Races whose result nobody looks at (DET-05).
void check_races(Pass& pass, const Function& function);
// Promise types (DET-03).
void check_promises(Pass& pass);

}  // namespace corolint::lost_errors
