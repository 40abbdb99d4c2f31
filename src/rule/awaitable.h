#pragma once

#include <optional>
#include <string>

#include "coroutines/awaitable_shape.h"
#include "models/models.h"

namespace corolint {

// An awaitable type with what is known of it: from its library's model where there is one, else from its
// shape.
struct Awaitable {
  std::string word;                       // as a message calls it: "awaitable", never an internal name
  Start start = Start::unknown;           // when a coroutine of this type, or the operation, starts
  Drop drop = Drop::unknown;              // what destroying it without awaiting does
  Discard discard = Discard::error;       // is that a mistake?
  bool is_coroutine_type = false;         // coroutines return it; else it is an operation or an awaiter
  const clang::Decl* evidence = nullptr;  // the declaration that decides `start`; null if the model does

  // Does dropping it mean that the work never happens?
  bool never_runs() const { return start == Start::lazy; }
  // Is it an awaiter, which a function makes that may have begun its work? Awaiting it does the rest.
  bool is_operation() const { return start == Start::lazy && !is_coroutine_type; }
  // Does the work end with the object, so that a named one is a scope for it?
  bool owns_work() const {
    return start == Start::eager &&
           (drop == Drop::cancel || drop == Drop::cancel_wait || drop == Drop::block);
  }
};

// Returns what is known of `type` if it can be awaited, by a model or by its shape.
std::optional<Awaitable> awaitable_of(clang::QualType type, const Models& models,
                                      const clang::ASTContext& context);

// Is it a type of coroutines that start at once and that nobody can ever wait for (winrt::fire_and_forget)?
bool runs_alone(clang::QualType type, const Models& models, const clang::ASTContext& context);

}  // namespace corolint
