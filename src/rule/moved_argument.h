#pragma once

// What a function whose body is known does with an argument: it may move it to where it stays.

#include "rule/pass.h"

namespace corolint {

// Does the constructor that is called do no more with the argument than to move it into a member? Then the
// object stands for the argument, if its end does nothing of its own.
bool moves_into_member(const Call& construction, const clang::Expr* argument);

// What a plain function that is called, and whose body is known, gets the argument as.
struct Received {
  const Function* body = nullptr;
  const clang::ParmVarDecl* parameter = nullptr;
};
std::optional<Received> received(const Pass& pass, const Call& call, const clang::Expr* argument);

// Does the function move what it received to a member of its object or to a static variable, and call nothing
// after that? Then it is there when the call has returned, and nobody has waited for it.
bool moves_to_what_stays(const Received& received);

// Does the function call nothing after `last`, a part of its body?
bool is_last_call(const Function& body, const clang::Expr* last);

}  // namespace corolint
