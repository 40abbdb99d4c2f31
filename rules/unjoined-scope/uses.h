#pragma once

// How a function uses scopes: objects that own the work which was added to them, and that must be joined
// before they end.

#include <map>

#include "rule/pass.h"

namespace corolint::unjoined {

struct Use {
  enum Kind {
    add,    // work is added
    join,   // its end is waited for, or the scope is handed to someone who may do so
    other,  // asked or cancelled: what is in it stays in it
  };
  Kind kind = other;
  const clang::Expr* name = nullptr;
  const clang::ValueDecl* scope = nullptr;
  const Entry* model = nullptr;
};

// Which types are scopes whose end with work in them is fatal.
class Scopes {
 public:
  explicit Scopes(const Pass& pass) : pass_(pass) {}

  // Returns what the models say of such a type, or null.
  const Entry* find(clang::QualType type);

  // Returns where the function names a variable or field of such a type.
  std::vector<Use> uses_in(const Function& function);

 private:
  const Pass& pass_;
  std::map<const clang::CXXRecordDecl*, const Entry*> known_;
};

}  // namespace corolint::unjoined
