#pragma once

#include "rule/late_use.h"
#include "rule/program.h"
#include "rule/record.h"

namespace corolint::outlived {

// An argument that a call only lends to its coroutine, and that ends before the coroutine may.
struct Lent {
  const clang::ParmVarDecl* parameter = nullptr;  // of the callee as declared here; null: the object itself
  const clang::Expr* argument = nullptr;
  const clang::VarDecl* local = nullptr;  // null: a temporary
  const clang::Stmt* lets_go = nullptr;   // what keeps the coroutine longer
};

// Returns the arguments of the call for which that is so, whatever the callee does with them.
std::vector<Lent> lent_by(const Pass& pass, const Function& function, const Call& call);

// A coroutine reads a parameter late. `position` is the parameter's.
struct Reads {
  std::string coroutine;
  unsigned position;
  Note use;
};
RULE_RECORD(Reads, coroutine, position, use)

// A call lends an argument to a function whose body another unit has.
struct Lends {
  std::string callee;
  unsigned position;
  Finding finding;
};
RULE_RECORD(Lends, callee, position, finding)

}  // namespace corolint::outlived
