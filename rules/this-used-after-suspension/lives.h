#pragma once

// Objects that end, for sure, before the work that is started with them.

#include "rule/pass.h"
#include "rule/task_fate.h"

namespace corolint::objects {

// How an object ends.
struct End {
  enum Kind {
    none,       // not known to
    temporary,  // with the expression that it stands in
    local,      // with its scope
  };
  Kind kind = none;
  const clang::VarDecl* variable = nullptr;    // local: it, or the only owner of the object
  const clang::Stmt* way = nullptr;            // the expression by which the object is reached
  const clang::CXXRecordDecl* type = nullptr;  // of the object
};

// Returns how the object ends that `receiver`, written before `.` or `->`, means.
End end_of(const Function& function, const clang::Expr* receiver);

// Has the object, which ends so, ended for sure when what goes on from `at` goes on?
bool is_past(const Pass& pass, const Function& function, const End& end, const clang::Stmt* at);

}  // namespace corolint::objects
