#pragma once

// Which coroutines may end with an exception: what is said here of one function, `conclude` follows through
// the program.

#include "rule/definition.h"
#include "rule/record.h"

namespace corolint::lost_errors {

// An exception may leave the coroutine: it comes from `at`.
struct Throws {
  std::string coroutine;
  std::vector<std::string> classes;  // of the exception, its bases among them; empty: any handler catches it
  Note at;
};
RULE_RECORD(Throws, coroutine, classes, at)

// An exception of `callee`, which is awaited there, leaves the coroutine as well.
struct PassesOn {
  std::string coroutine;
  std::string callee;
  std::vector<std::string> caught;  // what handlers there catch; an empty name for what is no class
};
RULE_RECORD(PassesOn, coroutine, callee, caught)

// What throws, and the class of its exception; null if that is not known.
struct Source {
  const clang::Stmt* at;
  const clang::CXXRecordDecl* exception;
};

// Returns what throws in the function, for sure or where a peer or the system fails, with no handler around
// it that catches it.
std::vector<Source> sources_in(const Pass& pass, const Function& function);

// Returns the first of them, or null if nothing throws.
const clang::Stmt* source_in(const Pass& pass, const Function& function);

// Tells `conclude` which exceptions leave the coroutine.
void export_exceptions(Pass& pass, const Function& coroutine);

// Returns the coroutine that the expression calls, or that the callable which it makes is or calls, and that
// the project has; null if it cannot be seen.
const clang::FunctionDecl* coroutine_behind(const Pass& pass, const clang::Expr* work);

}  // namespace corolint::lost_errors
