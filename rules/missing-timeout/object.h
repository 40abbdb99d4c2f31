#pragma once

// Which object a wait, a limit or an argument is about: the variable or member that holds it, whatever
// layers, accessors, containers and iterators lie between.

#include "unit/call.h"

namespace corolint::timeout {

// Is an object of the type `made` the one of type `from`, or around it? What both are made with, such as an
// executor, is something else.
bool is_or_holds(clang::QualType made, clang::QualType from);

// Returns the object that the expression names, as root_object does; of an accessor of a class, the field
// that it gives out.
const clang::ValueDecl* object_named(const clang::Expr* expr);

// Returns the object that a wait or a limit on `expr` is about: that which it reaches into, also where a
// local reference, an iterator or a structured binding names a layer or an element of it.
const clang::ValueDecl* limited_object(const clang::Expr* expr);

}  // namespace corolint::timeout
