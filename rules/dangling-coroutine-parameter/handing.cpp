#include "handing.h"

#include <algorithm>

#include "coroutines/value_use.h"
#include "rule/late_use.h"
#include "rule/lent.h"
#include "rule/task_fate.h"

namespace corolint::dangling {

namespace {

// Returns the parameter, something lent, that the argument hands on: `name`, `*name`, `&name`,
// `std::move(name)`. Null if it is none, or if a copy is made of it.
const clang::ParmVarDecl* handed_parameter(const Function& function, const clang::Expr* argument) {
  if (lent_temporary(function, argument)) return nullptr;
  const clang::Expr* object = made_from(argument);
  if (const auto* access = llvm::dyn_cast<clang::UnaryOperator>(object);
      access && (access->getOpcode() == clang::UO_Deref || access->getOpcode() == clang::UO_AddrOf))
    object = bare(access->getSubExpr());
  if (const auto call = as_call(object);
      call && call->callee->isInStdNamespace() && call->arguments.size() == 1)
    object = bare(call->arguments.front());
  const auto* name = llvm::dyn_cast<clang::DeclRefExpr>(object);
  const auto* parameter = name ? llvm::dyn_cast<clang::ParmVarDecl>(name->getDecl()) : nullptr;
  const bool is_own = parameter && parameter->getDeclContext() == &function.declaration();
  return is_own && is_borrowed(parameter->getType()) ? parameter : nullptr;
}

// Does the function let the awaitable go, or return it? Nothing if it may wait for it.
std::optional<bool> is_returned(const Pass& pass, const Function& function, const Call& call) {
  const TaskFate fate = fate_of(pass, function, call.expr, is_lazy(pass, call.expr->getType()));
  if (fate.kind == TaskFate::returned) return true;
  const auto* start = llvm::dyn_cast_or_null<clang::Expr>(fate.at);
  const bool is_dropped = fate.kind == TaskFate::started && start &&
                          (start->getType()->isVoidType() || value_use(function, start) != ValueUse::used);
  const bool is_stored = fate.container && !fate.container->getDeclContext()->isFunctionOrMethod();
  const bool is_let_go = (is_dropped || is_stored) && ends_without_waiting(pass, function, fate.at);
  return is_let_go ? std::optional(false) : std::nullopt;
}

std::vector<Note> notes_on(const Pass& pass, const clang::Expr* argument, const clang::VarDecl* local) {
  const auto place = [&](clang::SourceRange range) { return pass.unit().place_of(range); };
  if (!local) return {{place(argument->getSourceRange()), "a temporary: it ends with this expression"}};
  return {{place(argument->getSourceRange()), "lent here"},
          {place(local->getLocation()), "ends with its scope"}};
}

}  // namespace

bool borrows(const clang::FunctionDecl& function) {
  return std::any_of(function.param_begin(), function.param_end(),
                     [](const clang::ParmVarDecl* one) { return is_borrowed(one->getType()); });
}

bool is_awaitable_type(const Pass& pass, clang::QualType type) {
  return type->isRecordType() && (coroutine_type_shape(type, pass.ast()).type || pass.awaitable(type));
}

std::vector<Hands> handed_by(const Pass& pass, const Function& function) {
  std::vector<Hands> handed;
  if (!borrows(function.declaration())) return handed;
  for (const Call& call : function.calls()) {
    const clang::FunctionDecl* callee = call.function();
    if (!callee || call.is_construction() || !borrows(*callee) ||
        !is_awaitable_type(pass, callee->getReturnType()))
      continue;
    for (unsigned i = 0; i < call.arguments.size() && i < callee->getNumParams(); ++i) {
      if (!is_borrowed(callee->getParamDecl(i)->getType())) continue;
      const clang::ParmVarDecl* own = handed_parameter(function, call.arguments[i]);
      const auto returned = own ? is_returned(pass, function, call) : std::nullopt;
      if (returned)
        handed.push_back({definition_key(pass, function.declaration()), own->getFunctionScopeIndex(),
                          definition_key(pass, *callee), i, *returned,
                          Note{pass.unit().place_of(call.expr->getSourceRange()),
                               *returned ? "handed on here, to run later"
                                         : "handed on here, to work that nobody waits for"}});
    }
  }
  return handed;
}

void export_lent(Pass& pass, const Function& function, const Call& call) {
  const clang::FunctionDecl* callee = call.function();
  const std::string key = definition_key(pass, *callee);
  std::set<unsigned> kept;
  if (is_awaitable_type(pass, callee->getReturnType()))
    for (const Lent& lent : lent_by(pass, function, call)) {
      const unsigned position = lent.parameter->getFunctionScopeIndex();
      kept.insert(position);
      export_record(pass, "lends", Lends{key, position, true, notes_on(pass, lent.argument, lent.local)});
    }
  for (unsigned i = 0; i < call.arguments.size() && i < callee->getNumParams(); ++i) {
    const clang::QualType type = callee->getParamDecl(i)->getType();
    if (!is_borrowed(type) || kept.contains(i)) continue;
    const clang::Expr* temporary = lent_temporary(function, call.arguments[i]);
    const clang::VarDecl* local =
        temporary ? nullptr : lent_local(function, call.arguments[i], type->isPointerType());
    if (temporary || (local && outlives(pass, function, *local, call.expr)))
      export_record(pass, "lends", Lends{key, i, false, notes_on(pass, call.arguments[i], local)});
  }
}

}  // namespace corolint::dangling
