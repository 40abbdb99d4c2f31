#pragma once

// A method that joins a scope, but leaves early if some other member was never set. That is right as long as
// no work is added before that member is set.

#include "uses.h"

namespace corolint::unjoined {

// Returns the members that the function sets after `added`, and not before, to what a call gives: if the call
// fails, work is in the scope and the member is not set.
std::vector<const clang::FieldDecl*> set_after(const Function& function, const Use& added);

// An early way out before a join.
struct EarlyWay {
  const clang::FieldDecl* tested = nullptr;  // the member that decides
  const clang::Stmt* leave = nullptr;
};

// Returns the only way on which the function leaves without `join`, if one test of one member decides on it.
std::optional<EarlyWay> early_way(const Function& function, const Use& join);

}  // namespace corolint::unjoined
