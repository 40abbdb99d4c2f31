#pragma once

#include "llvm/ADT/DenseMap.h"
#include "models/models.h"

namespace corolint {

// The models, asked about the calls of one unit: every rule asks about every call, so each answer is kept.
class UnitModels {
 public:
  UnitModels(const Models& models, const clang::ASTContext& context) : models_(models), context_(context) {}

  const Models& models() const { return models_; }

  // Returns what the models say of the call in the role, or null.
  const Entry* find(Role role, const Call& call) const {
    const auto [known, is_new] = known_.try_emplace({call.expr, static_cast<unsigned>(role)}, nullptr);
    if (is_new) known->second = models_.find(role, call, context_);
    return known->second;
  }

 private:
  const Models& models_;
  const clang::ASTContext& context_;
  mutable llvm::DenseMap<std::pair<const clang::Expr*, unsigned>, const Entry*> known_;
};

}  // namespace corolint
