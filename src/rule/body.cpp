#include "rule/body.h"

#include "coroutines/callable.h"

namespace corolint {

const Function* body_of(const Pass& pass, const clang::FunctionDecl& declaration) {
  const clang::FunctionDecl* definition = declaration.getDefinition();
  if (!definition) return nullptr;
  const Function* pattern = nullptr;
  for (const Function& function : pass.functions()) {
    const bool is_same = &function.declaration() == definition;
    if (is_same && function.is_pattern())
      pattern = &function;
    else if (is_same || (definition->isDependentContext() && !function.is_pattern() &&
                         &as_written(function.declaration()) == &as_written(*definition)))
      return &function;
  }
  return pattern;
}

}  // namespace corolint
