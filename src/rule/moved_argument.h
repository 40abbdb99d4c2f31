#pragma once

// What a function whose body is known does with an argument: it may move it to where it stays.

#include "rule/pass.h"

namespace corolint {

// Does the constructor that is called do no more with the argument than to move it into a member? Then the
// object stands for the argument, if its end does nothing of its own.
bool moves_into_member(const Call& construction, const clang::Expr* argument);

// Does the function that is called move the argument to a member of its object or to a static variable, and
// call nothing after that? Then the argument is there when the call has returned, and nobody has waited for
// it.
bool moves_to_what_stays(const Pass& pass, const Call& call, const clang::Expr* argument);

}  // namespace corolint
