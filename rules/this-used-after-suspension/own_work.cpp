// Coroutines that an object starts on itself.

#include <algorithm>

#include "exports.h"
#include "unit/names.h"

namespace corolint::objects {

namespace {

const Function* body_of(const Pass& pass, const clang::FunctionDecl& function) {
  const clang::FunctionDecl* definition = function.getDefinition();
  const auto found = std::find_if(pass.functions().begin(), pass.functions().end(),
                                  [&](const Function& one) { return &one.declaration() == definition; });
  return definition && found != pass.functions().end() ? &*found : nullptr;
}

// Returns the class whose `this` the function has, its own or that which it has captured, or null.
const clang::CXXRecordDecl* object_of(const Function& function) {
  const auto* method = llvm::dyn_cast<clang::CXXMethodDecl>(&function.declaration());
  if (!method || method->isStatic()) return nullptr;
  if (!method->getParent()->isLambda()) return method->getParent();
  for (const auto* self : function.all<clang::CXXThisExpr>())
    return self->getType()->getPointeeCXXRecordDecl();
  return nullptr;
}

// Is there one object only, by a function that returns it?
bool is_singleton(const clang::CXXRecordDecl& object) {
  return std::any_of(object.method_begin(), object.method_end(), [&](const clang::CXXMethodDecl* method) {
    return method->isStatic() && method->getNumParams() == 0 && method->getReturnType()->isReferenceType() &&
           class_of(method->getReturnType()) == &object;
  });
}

// Does the function hold the object itself, or may it?
bool holds(const Function& function, const clang::CXXRecordDecl& object) {
  const auto* method = llvm::cast<clang::CXXMethodDecl>(&function.declaration());
  const auto fields = method->getParent()->isLambda() ? method->getParent()->fields()
                                                      : clang::CXXRecordDecl::field_range({}, {});
  return names_owner(function, function.body(), object) ||
         std::any_of(fields.begin(), fields.end(),
                     [&](const auto* one) { return owns(one->getType(), object); });
}

// Returns the name of the method that it overrides, in the base that first had it; empty if it overrides
// none.
std::string overridden_by(const clang::FunctionDecl& function) {
  const auto* first = llvm::dyn_cast<clang::CXXMethodDecl>(&function);
  while (first && first->size_overridden_methods() > 0) first = *first->begin_overridden_methods();
  return !first || first == &function ? std::string() : qualified_name(*first);
}

void export_unheld(Pass& pass, const LetGo& start, const clang::CXXRecordDecl& object) {
  const bool is_alone = runs_alone(start.coroutine->getReturnType(), pass.models(), pass.ast());
  const bool is_shared = is_shared_by_design(object);
  if (is_singleton(object)) return;
  const Function* coroutine = body_of(pass, *start.coroutine);
  const auto use = coroutine ? use_of_object(pass, *coroutine) : std::nullopt;
  if (!use || !use->suspension || may_join(pass, *use->object)) return;
  describe(pass.keep(*coroutine, use->at->getSourceRange(), unheld, {display_name(*start.coroutine)}), *use)
      .note(start.at, "runs by itself from here on")
      .note(&object, is_shared ? "made to be shared: who works with it should hold it"
                               : "its objects have owners, who may let them go")
      .level(Level::note);
  const std::string overridden = start.at ? "" : overridden_by(*start.coroutine);
  export_record(pass, "unheld",
                Unheld{definition_key(pass, *start.coroutine), pass.take_kept().back(),
                       qualified_name(object), is_shared, is_alone, overridden});
}

}  // namespace

FindingBuilder describe(FindingBuilder finding, const ThisUse& use) {
  return finding.label("reads the object through 'this'")
      .note(use.suspension, "suspended here: meanwhile the object may end")
      .help(
          "let the coroutine own the object (a parameter 'self' from shared_from_this()), or await it while "
          "the object lives");
}

void export_use(Pass& pass, const Function& coroutine) {
  const auto use = use_of_object(pass, coroutine);
  if (!use || may_join(pass, *use->object)) return;
  describe(pass.keep(coroutine, use->at->getSourceRange(), gone, {display_name(coroutine.declaration())}),
           *use);
  export_record(pass, "uses",
                Uses{definition_key(pass, coroutine.declaration()), use->suspension != nullptr,
                     pass.take_kept().back()});
}

void export_fire_and_forget(Pass& pass, const Function& coroutine) {
  const auto* method = llvm::dyn_cast<clang::CXXMethodDecl>(&coroutine.declaration());
  if (method && !method->isStatic() && !method->getParent()->isLambda() &&
      runs_alone(method->getReturnType(), pass.models(), pass.ast()))
    export_unheld(pass, {method, nullptr, nullptr, true, true}, *method->getParent());
}

void export_own(Pass& pass, const Function& function, const LetGo& start, LeadsOf& leads) {
  const clang::CXXRecordDecl* object = object_of(function);
  if (!object || holds(function, *object)) return;
  export_unheld(pass, start, *object);
  const auto* method = llvm::cast<clang::CXXMethodDecl>(&function.declaration());
  if (function.is_coroutine() || method->getParent()->isLambda()) return;
  if (!ends_without_waiting(pass, function, start.at)) return;
  leads[method->getCanonicalDecl()].push_back({definition_key(pass, *method),
                                               definition_key(pass, *start.coroutine),
                                               Note{pass.unit().place_of(start.at->getSourceRange()),
                                                    "started here: from here on it runs by itself"}});
}

void follow_own_calls(const Pass& pass, LeadsOf& leads) {
  for (bool is_done = false; !is_done;) {
    is_done = true;
    for (const Function& function : pass.functions()) {
      const clang::CXXRecordDecl* object = function.is_coroutine() ? nullptr : object_of(function);
      if (!object || function.is_lambda() || function.is_pattern()) continue;
      auto* method = function.declaration().getCanonicalDecl();
      for (const Call& call : function.calls()) {
        const bool is_own = call.receiver && llvm::isa<clang::CXXThisExpr>(bare(call.receiver));
        const auto to =
            is_own && call.function() ? leads.find(call.function()->getCanonicalDecl()) : leads.end();
        if (to == leads.end() || leads.contains(method) || holds(function, *object) ||
            !ends_without_waiting(pass, function, call.expr))
          continue;
        std::vector<Leads> further = to->second;
        for (Leads& one : further) one.method = definition_key(pass, function.declaration());
        leads.emplace(method, std::move(further));
        is_done = false;
      }
    }
  }
}

}  // namespace corolint::objects
