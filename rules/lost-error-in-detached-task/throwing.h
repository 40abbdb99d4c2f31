#pragma once

// Which coroutines may end with an exception: what is said here of one function, `conclude` follows through
// the program.

#include "rule/definition.h"
#include "rule/record.h"

namespace corolint::lost_errors {

// An exception may leave the coroutine: it comes from `at`.
struct Throws {
  std::string coroutine;
  Note at;
};
RULE_RECORD(Throws, coroutine, at)

// An exception of `callee`, which is awaited there, leaves the coroutine as well.
struct PassesOn {
  std::string coroutine;
  std::string callee;
};
RULE_RECORD(PassesOn, coroutine, callee)

// Returns what throws in the function, for sure or where a peer or the system fails, with no handler around
// it; null if nothing does.
const clang::Stmt* source_in(const Pass& pass, const Function& function);

// Tells `conclude` which exceptions leave the coroutine.
void export_exceptions(Pass& pass, const Function& coroutine);

// Returns the coroutine that the expression calls, or that the callable which it makes is or calls, and that
// the project has; null if it cannot be seen.
const clang::FunctionDecl* coroutine_behind(const Pass& pass, const clang::Expr* work);

}  // namespace corolint::lost_errors
