#pragma once

// Whether what a caller passes to asynchronous work is still read when the call has returned. A coroutine's
// frame keeps its parameters, but of a reference, a pointer or a view only that: what it refers to is the
// caller's.

#include "rule/pass.h"

namespace corolint {

// Does an object of the type only refer to something that another object owns: a reference, a pointer to an
// object, a view (string_view, span), an iterator, a reference to a callable (function_ref)?
bool is_borrowed(clang::QualType type);

// Does a coroutine of the type wait before its body starts, until it is awaited or started?
bool is_lazy(const Pass& pass, clang::QualType type);

// What is known of a use.
struct LateUse {
  enum Kind { no, yes, unknown };  // unknown: the body is not seen
  Kind kind = no;
  const clang::Stmt* at = nullptr;  // yes: the use
};

// Does `callee` use its parameter (the object that it is called on, if `parameter` is null) after the call
// has returned its awaitable? The body of a lazy coroutine runs later as a whole; of one that starts at once,
// what comes after a suspension. A plain function that returns an awaitable uses its parameters before, but
// for those that it hands on to a function that uses them late, or that a continuation captures.
LateUse late_use(const Pass& pass, const clang::FunctionDecl& callee, const clang::ParmVarDecl* parameter);

}  // namespace corolint
