#include <algorithm>
#include <map>

#include "bounds.h"
#include "coroutines/value_use.h"

namespace corolint::timeout {

namespace {

// Returns the definitions of the unit's functions, by any of their declarations.
std::map<const clang::FunctionDecl*, const clang::FunctionDecl*> definitions_of(const Pass& pass) {
  std::map<const clang::FunctionDecl*, const clang::FunctionDecl*> definitions;
  for (const Function& function : pass.functions())
    definitions.emplace(function.declaration().getCanonicalDecl(), &function.declaration());
  return definitions;
}

// A stream made from a limited one, such as an ssl_stream around a tcp_stream, is limited with it.
bool wrap(const Function& function, const Call& call, Bounds& bounds) {
  const clang::VarDecl* made = call.is_construction() ? initialised_variable(function, call.expr) : nullptr;
  const bool is_made_from_limited =
      made && std::any_of(call.arguments.begin(), call.arguments.end(), [&](const auto* part) {
        const clang::ValueDecl* object = root_object(part);
        return object && is_limited(bounds, object, function, call);
      });
  return is_made_from_limited && bounds.ended.insert(made).second;
}

// What is limited in a caller is limited in the function that it is passed to.
bool pass_on(const Function& function, const Call& call, const clang::FunctionDecl& callee, Bounds& bounds) {
  bool has_grown = false;
  const std::size_t count = std::min<std::size_t>(call.arguments.size(), callee.getNumParams());
  for (std::size_t i = 0; i < count; ++i) {
    const clang::ValueDecl* object = root_object(call.arguments[i]);
    if (object && is_limited(bounds, object, function, call))
      has_grown |= bounds.ended.insert(callee.getParamDecl(static_cast<unsigned>(i))).second;
  }
  return has_grown;
}

}  // namespace

void hand_down(const Pass& pass, Bounds& bounds) {
  const auto definitions = definitions_of(pass);
  for (bool has_grown = true; has_grown;) {
    has_grown = false;
    for (const Function& function : pass.functions())
      for (const Call& call : function.calls()) {
        has_grown |= wrap(function, call, bounds);
        const auto callee =
            call.function() ? definitions.find(call.function()->getCanonicalDecl()) : definitions.end();
        if (callee != definitions.end() && !llvm::isa<clang::CXXOperatorCallExpr>(call.expr))
          has_grown |= pass_on(function, call, *callee->second, bounds);
      }
  }
}

}  // namespace corolint::timeout
