#pragma once

// What can be told of an awaitable type from its own declaration, so that a home-made task needs no model.
// [expr.await], [dcl.fct.def.coroutine]: a type is awaitable by the three awaiter members or by a member or
// free `operator co_await`; a coroutine's body starts at once if its promise's `initial_suspend` does not
// suspend.

#include <optional>

#include "clang/AST/ASTContext.h"
#include "clang/AST/DeclCXX.h"

namespace corolint {

// What becomes of a coroutine's frame when the object is destroyed.
enum class FrameEnd {
  unknown,
  with_object,  // the destructor destroys it
  by_itself,    // it goes on, and destroys itself at its end: `final_suspend` does not suspend
  started,      // the destructor resumes it: to drop the object is how the coroutine is started
};

struct AwaitableShape {
  const clang::CXXRecordDecl* type = nullptr;
  bool is_coroutine_type = false;  // a coroutine may return it: it has a promise
  std::optional<bool> is_lazy;     // absent: the declaration does not tell
  FrameEnd frame_end = FrameEnd::unknown;
  const clang::Decl* evidence = nullptr;  // the `initial_suspend` that decides; null without a promise
};

// Returns the shape of the class of `type`, or nothing if co_await cannot take it by itself. What only a
// promise's `await_transform` takes is left to the models; a result type (a value or an error, there at once)
// is none, nor is what never suspends and holds nothing.
std::optional<AwaitableShape> awaitable_shape(clang::QualType type, const clang::ASTContext& context);

// Returns the shape of a type that coroutines return, awaitable or not (a generator, a fire-and-forget type);
// its `type` is null if no promise is found.
AwaitableShape coroutine_type_shape(clang::QualType type, const clang::ASTContext& context);

}  // namespace corolint
