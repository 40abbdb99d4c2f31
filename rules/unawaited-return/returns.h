#pragma once

// The ways in which an awaitable that a plain function returns runs on without what the function had: a
// local, a guard, a handler.

#include <map>
#include <optional>

#include "rule/pass.h"

namespace corolint::unawaited {

inline constexpr Message uses_local{
    "local", "'{0}' is returned before it is done, and '{1}', which it uses, ends with this function"};
inline constexpr Message captures_local{
    "capture", "'{0}' is captured by reference and ends with this function, but the lambda runs later"};
inline constexpr Message guard{"guard", "'{1}' is released when this function returns, before '{0}' is done"};
inline constexpr Message out_of_try{
    "try", "'{0}' is returned out of the 'try', so the error of its work never comes to the handler"};

// Which objects end with a function: its locals, and its parameters by value whose objects the call makes for
// itself. Objects of other classes live as long as the caller's expression with most compilers; but a library
// that calls a callback does not await in that expression what it gets back. What a lambda captured ends with
// its closure.
class Ending {
 public:
  enum class Closure { stays, ends };
  Ending(const Function& function, bool is_callback, Closure closure)
      : function_(function), is_callback_(is_callback), closure_(closure) {}
  bool contains(const clang::ValueDecl* variable) const;
  const Function& function() const { return function_; }

 private:
  bool is_captured_copy(const clang::VarDecl& variable) const;

  const Function& function_;
  bool is_callback_;
  Closure closure_;
};

// What ends with the lambdas of a unit that libraries call, and with other functions.
class Endings {
 public:
  explicit Endings(const Pass& pass) : pass_(pass) {}
  Ending of(const Function& function);

 private:
  Ending::Closure closure_after(const Call& hand_over) const;

  const Pass& pass_;
  std::optional<std::map<const Function*, Call>>
      callbacks_;  // looked up when the first lambda is asked about
};

// Locals that the returned work refers to, by an argument or by a lambda that runs later.
void check_locals(Pass& pass, const Function& function, const Ending& ending, const clang::Expr* returned);
// Guards for coroutines (permits, locks that are awaited) that end before the work does.
void check_guards(Pass& pass, const Ending& ending, const clang::Expr* returned);
// Handlers that are there for the errors of the returned work.
void check_try(Pass& pass, const Function& function, const clang::Expr* returned);

// Returns the local object that the call refers to as long as its work runs: the one behind the argument for
// a parameter of the type, the object that a local owns alone, or null.
const clang::VarDecl* lent_object(const Ending& ending, const clang::Expr* argument, clang::QualType type);
const clang::VarDecl* owner_of(const Ending& ending, const clang::Expr* object, const clang::Expr* returned);

// Does the function of a library use the object behind this parameter as long as the work runs that it
// starts? A loop over a range does so with the range, or if it begins all at once with the elements, where
// the work takes these by reference.
bool library_keeps(const Pass& pass, const Call& call, unsigned position);

// Returns the name of what `returned` calls.
std::string called_name(const clang::Expr* returned);

}  // namespace corolint::unawaited
