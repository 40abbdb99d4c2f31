#pragma once

// A handler after which the coroutine ends. Where nobody awaits the coroutine that is how work stops; a
// caller that awaits it takes the cancelled work for done, and goes on.

#include "after_handler.h"
#include "arrival.h"

namespace corolint::cancellation {

inline constexpr Message ends{
    "ends", "'{0}' also catches cancellation, and coroutine '{1}' ends as if its work were done"};
inline constexpr Message ends_empty{
    "ends-empty",
    "'{0}' also catches cancellation, and coroutine '{1}' gives its caller an empty value instead"};
inline constexpr Message chain_ends{"chain-ends",
                                    "'{0}' also takes cancellation, and '{1}' ends as if its work were done"};
inline constexpr Message rewraps{
    "rewraps", "'{0}' also catches cancellation, and coroutine '{1}' throws '{2}' in its place"};

// Keeps back what is wrong with the end that the coroutine comes to from the handler, if anything is.
void keep_ending(Pass& pass, const Function& coroutine, const clang::CXXCatchStmt& handler,
                 const Suspension& suspended, const Classes& cancellations, const Questions& questions,
                 const Arrival& arrival);

// Keeps back that a continuation makes cancellation an end of the function as if its work were done.
void keep_chain_ending(Pass& pass, const Function& function, clang::SourceRange at,
                       std::vector<std::string> arguments, const Arrival& arrival);

// Exports the places where the coroutine awaits another one and goes on to wait for more.
void export_awaits(Pass& pass, const Function& coroutine);

// Reports the endings that some caller in the program takes for an end of the work, and the rounds that
// something in it cancels.
void conclude(Program& program);

}  // namespace corolint::cancellation
