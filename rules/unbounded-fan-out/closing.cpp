#include "closing.h"

#include <algorithm>

namespace corolint::fan_out {

bool closes(const clang::NamedDecl& function) {
  const clang::IdentifierInfo* name = function.getIdentifier();
  if (!name) return false;
  const std::string word = name->getName().lower();
  const llvm::StringRef text = word;
  return text.starts_with("stop") || text.starts_with("close") || text.starts_with("shutdown") ||
         text.starts_with("abort") || text.starts_with("cancel");
}

bool only_closes(const clang::FunctionDecl& callable) {
  if (!callable.hasBody()) return false;
  const Function function(callable);
  const auto is_named = [](const Call& call) {
    return call.callee && call.callee->getIdentifier() && !call.is_construction();
  };
  const auto& calls = function.calls();
  const auto named = std::count_if(calls.begin(), calls.end(), is_named);
  return named == 1 && closes(*std::find_if(calls.begin(), calls.end(), is_named)->callee);
}

}  // namespace corolint::fan_out
