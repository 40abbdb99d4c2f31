#include "guards.h"

#include <algorithm>

#include "clang/AST/DeclTemplate.h"
#include "coroutines/promise.h"
#include "unit/names.h"

namespace corolint::locks {

namespace {

constexpr int deepest = 3;  // functions that lock through others

const clang::CXXMethodDecl* method(const clang::CXXRecordDecl& record, llvm::StringRef name) {
  const auto* found = find_member(record, &record.getASTContext().Idents.get(name));
  return llvm::dyn_cast_or_null<clang::CXXMethodDecl>(found);
}

bool is_named_lock(const clang::FunctionDecl& function) {
  const clang::IdentifierInfo* name = function.getIdentifier();
  return name && (name->getName().starts_with_insensitive("lock"));
}

bool locks_thread(const Pass& pass, const clang::FunctionDecl& function, int depth);

// Does the code lock for a thread, or go round in a loop until it has the lock?
bool locks_in(const Pass& pass, const clang::Stmt* code, bool may_spin, int depth) {
  if (!code || llvm::isa<clang::LambdaExpr>(code)) return false;
  if (may_spin && llvm::isa<clang::WhileStmt, clang::DoStmt, clang::ForStmt>(code)) return true;
  if (const auto call = as_call(code); call && call->function() && !call->is_construction())
    if (is_named_lock(*call->function()) && locks_thread(pass, *call->function(), depth - 1)) return true;
  return std::any_of(code->child_begin(), code->child_end(),
                     [&](const clang::Stmt* child) { return locks_in(pass, child, may_spin, depth); });
}

// Does the function lock for its thread, by its model or by what its body does?
bool locks_thread(const Pass& pass, const clang::FunctionDecl& function, int depth) {
  for (const Entry* entry : pass.models().entries_of(qualified_name(function)))
    if (entry->role == Role::lock && entry->match.kind == Kind::call) return !entry->across_await;
  const clang::FunctionDecl* definition = function.getDefinition();
  return depth > 0 && definition && function.getReturnType()->isVoidType() &&
         locks_in(pass, definition->getBody(), true, depth);
}

// Is the class a mutex for threads?
bool is_thread_mutex(const Pass& pass, const clang::CXXRecordDecl& record) {
  if (!method(record, "unlock") && !method(record, "unlock_shared")) return false;
  for (const char* name : {"lock", "lock_shared"})
    if (const auto* lock = method(record, name); lock && locks_thread(pass, *lock, deepest)) return true;
  return false;
}

std::vector<clang::QualType> types_among(llvm::ArrayRef<clang::TemplateArgument> arguments) {
  std::vector<clang::QualType> types;
  for (const clang::TemplateArgument& argument : arguments) {
    if (argument.getKind() == clang::TemplateArgument::Type) types.push_back(argument.getAsType());
    if (argument.getKind() == clang::TemplateArgument::Pack)
      for (const clang::QualType one : types_among(argument.pack_elements())) types.push_back(one);
  }
  return types;
}

// Does the class keep one of its template's arguments locked: `guard<mutex>`, made from a `mutex&`?
bool guards_its_argument(const Pass& pass, const clang::CXXRecordDecl& record) {
  const auto* made = llvm::dyn_cast<clang::ClassTemplateSpecializationDecl>(&record);
  if (!made || made->hasTrivialDestructor()) return false;
  const auto types = types_among(made->getTemplateArgs().asArray());
  return std::any_of(types.begin(), types.end(), [&](clang::QualType type) {
    const auto* mutex = type->getAsCXXRecordDecl();
    if (!mutex || !mutex->hasDefinition() || !is_thread_mutex(pass, *mutex->getDefinition())) return false;
    return std::any_of(record.ctor_begin(), record.ctor_end(), [&](const clang::CXXConstructorDecl* one) {
      return one->getNumParams() > 0 && one->getParamDecl(0)->getType()->isReferenceType() &&
             class_of(one->getParamDecl(0)->getType()) == mutex->getDefinition();
    });
  });
}

// A guard of the program's own: its constructor locks, its destructor unlocks.
bool locks_and_unlocks(const Pass& pass, const clang::CXXRecordDecl& record) {
  const clang::CXXDestructorDecl* end = record.getDestructor();
  if (!end || !unlocks_in(end->getBody())) return false;
  return std::any_of(record.ctor_begin(), record.ctor_end(), [&](const clang::CXXConstructorDecl* one) {
    return locks_in(pass, one->getBody(), false, deepest);
  });
}

// Does a constructor of the class lock a mutex with a guard that it keeps as a member: `lock_(mutex)`?
bool keeps_guard(const clang::CXXRecordDecl& record, Guards& guards) {
  if (record.isInStdNamespace()) return false;
  const auto locks = [&](const clang::CXXCtorInitializer* init) {
    const auto* made = init->isMemberInitializer()
                           ? llvm::dyn_cast<clang::CXXConstructExpr>(bare(init->getInit()))
                           : nullptr;
    return made && made->getNumArgs() == 1 && made->getArg(0)->isLValue() &&
           !made->getConstructor()->isCopyOrMoveConstructor() &&
           guards.held_by(init->getMember()->getType()) == Holds::lock;
  };
  return std::any_of(record.ctor_begin(), record.ctor_end(), [&](const clang::CXXConstructorDecl* one) {
    const auto* written = llvm::dyn_cast_or_null<clang::CXXConstructorDecl>(one->getDefinition());
    return written && std::any_of(written->init_begin(), written->init_end(), locks);
  });
}

// Returns the types of a pair's or a tuple's elements.
std::vector<clang::QualType> elements_of(const clang::CXXRecordDecl& record) {
  const auto* made = llvm::dyn_cast<clang::ClassTemplateSpecializationDecl>(&record);
  std::vector<clang::QualType> types;
  if (!made || !made->isInStdNamespace() || (made->getName() != "pair" && made->getName() != "tuple"))
    return types;
  return types_among(made->getTemplateArgs().asArray());
}

bool is_own_bound(const Pass& pass, clang::QualType type) {
  const auto& bound = pass.options().words(also_bound.name);
  if (bound.empty()) return false;
  const auto names = class_names(type);
  return std::any_of(names.begin(), names.end(), [&](const std::string& name) {
    return std::find(bound.begin(), bound.end(), name) != bound.end();
  });
}

Holds held_directly(const Pass& pass, clang::QualType type, const clang::CXXRecordDecl& record) {
  if (is_own_bound(pass, type)) return Holds::affine;
  if (const Entry* entry = pass.models().find(Role::lock, type))
    return entry->across_await ? Holds::nothing : Holds::lock;
  if (const Entry* entry = pass.models().find(Role::affine, type))
    return entry->across_await ? Holds::nothing : Holds::affine;
  if (guards_its_argument(pass, record)) return Holds::lock;
  if (!llvm::isa<clang::ClassTemplateSpecializationDecl>(record) &&
      record.hasAttr<clang::ScopedLockableAttr>())
    return Holds::lock;
  return locks_and_unlocks(pass, record) ? Holds::lock : Holds::nothing;
}

// Returns the T of a pointer or an optional that owns one and can be emptied.
clang::QualType owned_by(const clang::CXXRecordDecl& record) {
  const auto* made = llvm::dyn_cast<clang::ClassTemplateSpecializationDecl>(&record);
  const auto& arguments =
      made ? made->getTemplateArgs().asArray() : llvm::ArrayRef<clang::TemplateArgument>();
  const bool is_owner = !arguments.empty() && arguments[0].getKind() == clang::TemplateArgument::Type &&
                        find_member(record, &record.getASTContext().Idents.get("reset"));
  return is_owner ? arguments[0].getAsType() : clang::QualType();
}

}  // namespace

Holds Guards::held_by(clang::QualType type) {
  const clang::CXXRecordDecl* record = type.isNull() ? nullptr : type->getAsCXXRecordDecl();
  if (record) record = record->getDefinition();
  if (!record || record->isDependentContext() || record->hasTrivialDestructor()) return Holds::nothing;
  const auto [known, is_new] = known_.try_emplace(record, Holds::nothing);  // ends a type that holds itself
  if (!is_new) return known->second;
  Holds holds = held_directly(pass_, type, *record);
  if (const clang::QualType owned = owned_by(*record); holds == Holds::nothing && !owned.isNull())
    holds = held_by(owned) == Holds::nothing ? Holds::nothing : Holds::wrapped;
  for (const clang::QualType element : elements_of(*record))
    if (holds == Holds::nothing) holds = held_by(element);
  if (holds == Holds::nothing && keeps_guard(*record, *this)) holds = Holds::lock;
  for (const clang::FieldDecl* field : record->fields()) {
    const clang::CXXRecordDecl* part = field->getType()->getAsCXXRecordDecl();
    if (holds == Holds::nothing && part && part->hasDefinition() && !part->hasDefaultConstructor())
      holds = held_by(field->getType());
  }
  return known_[record] = holds;
}

bool Guards::locks(const Call& call) const {
  if (const Entry* entry = pass_.find(Role::lock, call)) return !entry->across_await;
  const auto* called = llvm::dyn_cast_or_null<clang::CXXMethodDecl>(call.function());
  if (!called || call.is_construction() || !is_named_lock(*called)) return false;
  return method(*called->getParent(), "unlock") && pass_.unit().is_project(called->getLocation()) &&
         locks_thread(pass_, *called, deepest);
}

bool Guards::tries(const Call& call) const {
  const auto* called = llvm::dyn_cast_or_null<clang::CXXMethodDecl>(call.function());
  const clang::IdentifierInfo* name = called ? called->getIdentifier() : nullptr;
  return name && name->getName().starts_with("try_lock") && called->getReturnType()->isBooleanType() &&
         is_thread_mutex(pass_, *called->getParent());
}

bool unlocks_in(const clang::Stmt* code) {
  if (!code) return false;
  const auto call = as_call(code);
  const clang::IdentifierInfo* name = call ? call->callee->getIdentifier() : nullptr;
  if (name && name->getName().contains_insensitive("unlock")) return true;
  return std::any_of(code->child_begin(), code->child_end(), unlocks_in);
}

bool is_guard(const Pass& pass, clang::QualType type) {
  return !type.isNull() && type->isRecordType() && pass.models().find(Role::lock, type) &&
         !type->getAsCXXRecordDecl()->hasTrivialDestructor();
}

}  // namespace corolint::locks
