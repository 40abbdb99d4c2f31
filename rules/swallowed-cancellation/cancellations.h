#pragma once

#include <optional>

#include "coroutines/caught.h"
#include "rule/limits.h"

namespace corolint::cancellation {

// Returns the exceptions by which cancellation arrives in `block` of the coroutine; nothing if in its library
// it comes by no exception, or not at all.
std::optional<Classes> cancellations(const Pass& pass, const Function& coroutine,
                                     const clang::CXXTryStmt& block);

// Returns the exceptions by which the library of the task type `task` cancels; nothing if there are none.
std::optional<Classes> cancellations_of(const Pass& pass, clang::QualType task);

// Does the library throw again at every later await of a cancelled coroutine, as Asio does? Then only a
// handler that catches that as well loses anything.
bool is_sticky(const Pass& pass, const Function& coroutine);

// Where the functions of a unit ask whether they are cancelled. An author who asks has thought of it.
class Questions {
 public:
  explicit Questions(const Pass& pass);

  // Is this the question itself, or a call of a function that asks it?
  bool asks(const clang::Stmt* stmt) const;
  // Does the handler ask whether it was cancellation that it caught?
  bool asked_in(const Function& coroutine, const clang::CXXCatchStmt& handler) const;

 private:
  bool asks_itself(const clang::Stmt* stmt) const;

  const Pass& pass_;
  Functions askers_;
};

// Returns those of the exceptions that still come past the handler, which takes some of them: of its classes'
// relatives only the bases. Nobody says that the others arrive here at all.
Classes past(const clang::CXXCatchStmt& handler, const Classes& exceptions);

}  // namespace corolint::cancellation
