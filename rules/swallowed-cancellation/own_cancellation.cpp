#include "own_cancellation.h"

#include <algorithm>

#include "coroutines/value_use.h"
#include "rule/limits.h"
#include "unit/names.h"
#include "unit/type_argument.h"

namespace corolint::cancellation {

namespace {

using Variables = std::vector<const clang::VarDecl*>;

// Is it a class that the models ask for cancellation, or a token or source that ends operations?
bool is_cancelling_class(const Pass& pass, clang::QualType type) {
  if (pass.models().find(Role::timeout, type)) return true;
  const auto names = class_names(type);
  const auto entries = pass.models().all(Role::cancel_aware);
  return std::any_of(entries.begin(), entries.end(), [&](const Entry* entry) {
    return std::any_of(entry->match.names.begin(), entry->match.names.end(), [&](const std::string& member) {
      const std::size_t end = member.rfind("::");
      return end != std::string::npos &&
             std::find(names.begin(), names.end(), member.substr(0, end)) != names.end();
    });
  });
}

// Returns the locals of the function, no parameters, that `stmt` names.
Variables locals_in(const Function& function, const clang::Stmt* stmt) {
  Variables locals;
  for (const auto* reference : function.all<clang::DeclRefExpr>()) {
    const auto* variable = llvm::dyn_cast<clang::VarDecl>(reference->getDecl());
    if (variable && variable->isLocalVarDecl() && !variable->getType()->isReferenceType() &&
        function.is_inside(reference, stmt))
      locals.push_back(variable);
  }
  return locals;
}

// Is the local made here, and not a copy of, or made from, what somebody else can cancel with?
bool is_made_here(const Pass& pass, const clang::VarDecl& local) {
  const auto* made = llvm::dyn_cast_or_null<clang::CXXConstructExpr>(bare(local.getInit()));
  return made && std::none_of(made->arg_begin(), made->arg_end(), [&](const clang::Expr* argument) {
           return is_cancelling_class(pass, argument->getType());
         });
}

bool is_own_source(const Pass& pass, const Function& function, const clang::VarDecl& local, int depth = 0) {
  if (!local.getInit() || depth > 2) return false;
  if (is_cancelling_class(pass, local.getType()) && is_made_here(pass, local)) return true;
  const auto from = locals_in(function, local.getInit());
  return std::any_of(from.begin(), from.end(), [&](const clang::VarDecl* source) {
    return source != &local && is_own_source(pass, function, *source, depth + 1);
  });
}

bool takes_time(const Call& call) {
  return std::any_of(call.arguments.begin(), call.arguments.end(),
                     [](const clang::Expr* argument) { return is_time(argument->getType()); });
}

// A timeout that wraps other work throws an exception of its own; one that is the operation, or its token,
// cancels.
bool ends_by_time(const Pass& pass, const Function& coroutine, const Suspension& suspension) {
  return std::any_of(coroutine.calls().begin(), coroutine.calls().end(), [&](const Call& call) {
    const Entry* entry =
        coroutine.is_inside(call.expr, suspension.operand) ? pass.find(Role::timeout, call) : nullptr;
    return entry && !entry->work && takes_time(call);
  });
}

// `bind_cancellation_slot(signal.slot(), …)` with a signal of the coroutine's own.
bool has_own_slot(const Pass& pass, const Function& coroutine, const Suspension& suspension) {
  return std::any_of(coroutine.calls().begin(), coroutine.calls().end(), [&](const Call& call) {
    if (!coroutine.is_inside(call.expr, suspension.operand) || !pass.find(Role::timeout, call)) return false;
    return std::any_of(call.arguments.begin(), call.arguments.end(), [&](const clang::Expr* argument) {
      const auto* local = llvm::dyn_cast_or_null<clang::VarDecl>(root_object(argument));
      return local && local->isLocalVarDecl() && !local->getType()->isReferenceType() &&
             class_of(local->getType()) && local->getInit() && is_made_here(pass, *local);
    });
  });
}

// Is the operation given a token that nobody can cancel with, one made from nothing: `co_withCancellation({},
// …)`?
bool is_shielded(const Pass& pass, const Function& coroutine, const Suspension& suspension) {
  return std::any_of(coroutine.calls().begin(), coroutine.calls().end(), [&](const Call& call) {
    if (!coroutine.is_inside(call.expr, suspension.operand) || !pass.find(Role::timeout, call)) return false;
    return std::any_of(call.arguments.begin(), call.arguments.end(), [&](const clang::Expr* argument) {
      const clang::Expr* made = bare(argument);
      if (const auto* cast = llvm::dyn_cast<clang::CXXFunctionalCastExpr>(made))
        made = bare(cast->getSubExpr());
      const auto* construction = llvm::dyn_cast<clang::CXXConstructExpr>(made);
      const auto* braces = llvm::dyn_cast<clang::InitListExpr>(made);
      const bool is_from_nothing =
          (construction && construction->getNumArgs() == 0) || (braces && braces->getNumInits() == 0);
      return is_from_nothing && is_cancelling_class(pass, made->getType());
    });
  });
}

// Does a lambda of the coroutine cancel or close an object that the suspension names?
bool is_ended_by_lambda(const Pass& pass, const Function& coroutine, const Suspension& suspension) {
  const auto names = [&](const clang::ValueDecl* object) {
    const auto references = coroutine.all<clang::DeclRefExpr>();
    return object && std::any_of(references.begin(), references.end(), [&](const auto* reference) {
             return reference->getDecl() == object && coroutine.is_inside(reference, suspension.operand);
           });
  };
  return std::any_of(pass.functions().begin(), pass.functions().end(), [&](const Function& inner) {
    return inner.is_lambda() && is_within(inner.declaration(), coroutine.declaration()) &&
           std::any_of(inner.calls().begin(), inner.calls().end(), [&](const Call& call) {
             return ends_operations(call) && names(root_object(object_of(call)));
           });
  });
}

// Returns the type itself, or what a template such as `std::optional` or `std::unique_ptr` holds of it.
std::optional<Awaitable> awaitable_held_in(const Pass& pass, clang::QualType type) {
  if (auto itself = pass.awaitable(type)) return itself;
  const clang::QualType held = type_argument(class_of(type));
  return held.isNull() ? std::nullopt : pass.awaitable(held);
}

// Does the suspension wait for a timer that the coroutine has set to the end of time? It is used as an event:
// what wakes it is its cancellation.
bool is_event(const Function& coroutine, const Suspension& suspension) {
  const auto is_max = [](const clang::Expr* argument) {
    const auto call = as_call(bare(argument));
    const std::string name = call ? qualified_name(*call->callee) : "";
    return name.starts_with("std::") && name.ends_with("::max");
  };
  const auto waited = as_call(bare(suspension.operand));
  const clang::ValueDecl* timer = waited && waited->receiver ? root_object(waited->receiver) : nullptr;
  return timer && std::any_of(coroutine.calls().begin(), coroutine.calls().end(), [&](const Call& call) {
           return call.receiver && root_object(call.receiver) == timer &&
                  std::any_of(call.arguments.begin(), call.arguments.end(), is_max);
         });
}

// Is it work that the object has kept until a local took it over: `auto all = std::exchange(running_, {});`,
// be it each of several?
bool is_taken_from_field(const Pass& pass, const Function& coroutine, const clang::Expr* awaited) {
  const clang::ValueDecl* local = root_object(awaited);
  for (const auto* loop : coroutine.all<clang::CXXForRangeStmt>())
    if (loop->getLoopVariable() == local) local = root_object(loop->getRangeInit());
  const auto* variable = llvm::dyn_cast_or_null<clang::VarDecl>(local);
  const auto taken = variable && variable->isLocalVarDecl() && variable->getInit()
                         ? as_call(initial_value(*variable))
                         : std::nullopt;
  const bool is_taking = taken && taken->callee->isInStdNamespace() && !taken->arguments.empty();
  const auto* field =
      is_taking ? llvm::dyn_cast_or_null<clang::FieldDecl>(root_object(taken->arguments.front())) : nullptr;
  const auto kept = field ? awaitable_held_in(pass, field->getType()) : std::nullopt;
  return kept && kept->start == Start::eager;
}

}  // namespace

bool is_kept_work(const Pass& pass, const clang::Expr* awaited) {
  const auto* field = llvm::dyn_cast_or_null<clang::FieldDecl>(root_object(awaited));
  const auto kept = field ? awaitable_held_in(pass, field->getType()) : std::nullopt;
  return kept && kept->start == Start::eager;
}

bool is_own(const Pass& pass, const Function& coroutine, const Suspension& suspension) {
  if (is_kept_work(pass, suspension.operand) || is_taken_from_field(pass, coroutine, suspension.operand) ||
      is_event(coroutine, suspension) || ends_by_time(pass, coroutine, suspension) ||
      has_own_slot(pass, coroutine, suspension) || is_shielded(pass, coroutine, suspension) ||
      is_ended_by_lambda(pass, coroutine, suspension))
    return true;
  const auto locals = locals_in(coroutine, suspension.operand);
  return std::any_of(locals.begin(), locals.end(),
                     [&](const clang::VarDecl* local) { return is_own_source(pass, coroutine, *local); });
}

}  // namespace corolint::cancellation
