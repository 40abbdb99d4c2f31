#pragma once

#include <optional>
#include <set>
#include <vector>

#include "rule/lent.h"

namespace corolint::outlived {

// The lambdas that are registered somewhere to be called when something happens.
class Callbacks {
 public:
  explicit Callbacks(const Pass& pass) : pass_(pass) {}
  bool contain(const Function& function);

 private:
  const Pass& pass_;
  std::optional<std::set<const clang::FunctionDecl*>> known_;  // found when first asked for
};

// Returns what a callback lends to the coroutine that it calls, of what it was only lent itself: who calls it
// back keeps a message, a name or an owner for the call, and hardly longer.
std::vector<Lent> lent_by_callback(const Pass& pass, const Function& callback, const Call& call);

// Is it one of these?
bool is_from_callback(const Lent& lent);

}  // namespace corolint::outlived
