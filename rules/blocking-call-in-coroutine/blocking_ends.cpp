// What blocks without a word: objects whose end waits for a thread.

#include <algorithm>
#include <array>

#include "blocking_calls.h"
#include "coroutines/value_use.h"
#include "rule/elsewhere.h"

namespace corolint::blocking {

namespace {

// Returns the call that made the object which `call` returns: itself, or the one that a helper hands on,
// whose body is no more than that.
Call made_by(const Call& call, int depth = 3) {
  const clang::FunctionDecl* helper = call.function() ? call.function()->getDefinition() : nullptr;
  const auto* block = helper ? llvm::dyn_cast_or_null<clang::CompoundStmt>(helper->getBody()) : nullptr;
  const auto* leave =
      block && block->size() == 1 ? llvm::dyn_cast<clang::ReturnStmt>(block->body_front()) : nullptr;
  const auto inner = leave && leave->getRetValue() ? as_call(bare(leave->getRetValue())) : std::nullopt;
  return inner && !inner->is_construction() && depth > 0 ? made_by(*inner, depth - 1) : call;
}

// Is the object still there to wait at its end? What is named again may have been moved on, joined or
// detached; but not where it is only asked something, or asked to stop.
bool is_left_to_its_end(const Function& function, const clang::VarDecl& variable) {
  if (!variable.isReferenced()) return true;
  constexpr std::array harmless = {"get_id",        "get_stop_source", "get_stop_token", "joinable",
                                   "native_handle", "request_stop",    "valid"};
  std::size_t names = 0, asked = 0;
  for (const auto* name : function.all<clang::DeclRefExpr>()) names += name->getDecl() == &variable;
  for (const Call& call : function.calls()) {
    const auto* object = call.receiver ? llvm::dyn_cast<clang::DeclRefExpr>(bare(call.receiver)) : nullptr;
    const clang::IdentifierInfo* method = call.callee->getIdentifier();
    asked += object && object->getDecl() == &variable && method &&
             std::find(harmless.begin(), harmless.end(), method->getName()) != harmless.end();
  }
  return names > 0 && names == asked;
}

const Entry* end_of(const Pass& pass, const Function& function, clang::QualType type, const Call* maker,
                    const clang::Stmt* at) {
  for (const Role role : {Role::block, Role::sync_wait})
    if (const Entry* entry = pass.models().find_end(role, type, pass.ast(), maker);
        entry && entry->confidence != Confidence::low && !runs_where_allowed(pass, function, at, role))
      return entry;
  return nullptr;
}

std::optional<Call> maker_of(const Function& function, const clang::VarDecl& variable) {
  for (const Call& call : function.calls())
    if (!call.is_construction() && initialised_variable(function, call.expr) == &variable)
      return made_by(call);
  return std::nullopt;
}

void each_variable(const Pass& pass, const Function& function,
                   llvm::function_ref<void(const BlockingEnd&)> visit) {
  for (const auto* statement : function.all<clang::DeclStmt>())
    for (const clang::Decl* decl : statement->decls()) {
      const auto* variable = llvm::dyn_cast<clang::VarDecl>(decl);
      if (!variable || !variable->hasLocalStorage() || !variable->getInit() ||
          !is_left_to_its_end(function, *variable))
        continue;
      if (const auto* made = llvm::dyn_cast<clang::CXXConstructExpr>(initial_value(*variable));
          made && made->getNumArgs() == 0)
        continue;  // an empty one has nothing to wait for
      const auto maker = maker_of(function, *variable);
      const Call* made_by = maker ? &*maker : nullptr;
      if (const Entry* entry = end_of(pass, function, variable->getType(), made_by, statement))
        visit({variable, made_by, entry});
    }
}

// `(void)std::async(…)`: the cast hides that it waits here.
void each_temporary(const Pass& pass, const Function& function,
                    llvm::function_ref<void(const BlockingEnd&)> visit) {
  for (const Call& call : function.calls()) {
    if (call.is_construction() || !call.expr->isPRValue() ||
        value_use(function, call.expr) != ValueUse::dropped_on_purpose)
      continue;
    const Call maker = made_by(call);
    if (const Entry* entry = end_of(pass, function, call.expr->getType(), &maker, call.expr))
      visit({nullptr, &call, entry});
  }
}

}  // namespace

void each_blocking_end(const Pass& pass, const Function& function,
                       llvm::function_ref<void(const BlockingEnd&)> visit) {
  each_variable(pass, function, visit);
  each_temporary(pass, function, visit);
}

}  // namespace corolint::blocking
