#pragma once

#include "rule/pass.h"
#include "start_up.h"

namespace corolint::blocking {

inline const Option allow{"allow", std::vector<std::string>(),
                          "qualified names of functions that may be called although they block"};
inline const Option max_chain{
    "max-chain", std::int64_t{0},
    "the most calls on the way from a coroutine to a blocking call that are reported; 0 for any number"};

// Does the option `allow` name the function?
bool is_allowed(const Options& options, std::string_view function);

// Calls `visit` for each call of the function that blocks the thread, with what the models say of it. A file
// counts once, where it is first used, or twice, if that is one of the `once` calls, which may belong to the
// program's start, and another is not; calls that are known not to block here are left out.
void each_blocking_call(const Pass& pass, const Function& function, const Statements& once,
                        llvm::function_ref<void(const Call&, const Entry&)> visit);

// An object whose destructor blocks the thread: a local variable at the end of its scope, or, if that is
// null, what the call `maker` returns at the end of the statement.
struct BlockingEnd {
  const clang::VarDecl* variable;
  const Call* maker;
  const Entry* entry;
};

// Calls `visit` for each such object of the function: a jthread, the future that std::async returned. One
// that is dropped without a word is discarded-awaitable's.
void each_blocking_end(const Pass& pass, const Function& function,
                       llvm::function_ref<void(const BlockingEnd&)> visit);

// Does the call block only if its descriptor does?
bool is_on_descriptor(const Entry& blocker);

// Returns the classes that answer for the descriptor of the call, where the call may block only if that does:
// the one whose object holds the descriptor, and the one whose method makes the call.
std::vector<std::string> owners_of_descriptor(const Function& function, const Call& call,
                                              const Entry& blocker);

}  // namespace corolint::blocking
