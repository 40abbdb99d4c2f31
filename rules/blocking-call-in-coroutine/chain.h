#pragma once

// A blocking call behind helper functions, in whatever file: each unit exports the blocking calls of its
// plain functions, and the link follows the calls of coroutines and handlers to them.

#include "rule/program.h"

namespace corolint::blocking {

inline constexpr Message reaches{"reaches",
                                 "'{0}' blocks the thread that runs coroutine '{1}': it comes to '{2}'"};
inline constexpr Message reaches_loop{
    "reaches-loop",
    "'{0}' blocks the thread that runs this handler and the others of its executor: it comes to '{2}'"};
inline constexpr Message may_reach{
    "may-reach",
    "'{0}' may block the thread that runs '{1}': some of the functions that it may call come to '{2}'"};

// Reports the calls of coroutines and handlers that come to a blocking call; what blocks only on a blocking
// descriptor, if nothing in the program makes descriptors non-blocking.
void conclude(Program& program);

}  // namespace corolint::blocking
