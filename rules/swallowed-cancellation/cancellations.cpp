#include "cancellations.h"

#include <algorithm>

#include "unit/class_search.h"
#include "unit/names.h"

namespace corolint::cancellation {

namespace {

bool says_cancelled(const clang::CXXRecordDecl& record) {
  const std::string name = record.getName().lower();
  return name.find("cancel") != std::string::npos || name.find("abort") != std::string::npos;
}

// A home-made task has no model; its cancellation is an exception class that says so in its name, or what a
// handler of that name catches.
Classes home_made_cancellations(const Pass& pass, const clang::CXXTryStmt& block) {
  Classes classes;
  each_class(pass.ast(), [&](const clang::CXXRecordDecl& record) {
    const auto names = class_names(pass.ast().getCanonicalTagType(&record));
    const bool is_exception = std::find(names.begin(), names.end(), "std::exception") != names.end();
    if (is_exception && says_cancelled(record)) classes.push_back(&record);
    return true;
  });
  for (unsigned i = 0; i < block.getNumHandlers(); ++i)
    if (const auto* caught = class_of(block.getHandler(i)->getCaughtType());
        caught && says_cancelled(*caught))
      classes.push_back(caught);
  return classes;
}

}  // namespace

std::optional<Classes> cancellations_of(const Pass& pass, clang::QualType type) {
  const Entry* task = pass.models().find(Role::task, type);
  if (!task) return std::nullopt;
  const auto types = class_names(type);
  std::optional<Classes> classes;
  for (const Entry* entry : pass.models().all(Role::cancel)) {
    if (entry->library != task->library || entry->match.kind != Kind::type) continue;
    if (!entry->tasks.empty() && std::none_of(types.begin(), types.end(), [&](const std::string& name) {
          return std::find(entry->tasks.begin(), entry->tasks.end(), name) != entry->tasks.end();
        }))
      continue;
    if (!classes) classes.emplace();
    for (const std::string& name : entry->match.names)
      if (const auto* record = find_class(pass.ast(), name)) classes->push_back(record);
  }
  return classes;
}

std::optional<Classes> cancellations(const Pass& pass, const Function& coroutine,
                                     const clang::CXXTryStmt& block) {
  const clang::QualType result = coroutine.declaration().getReturnType();
  if (!pass.models().find(Role::task, result)) return home_made_cancellations(pass, block);
  return cancellations_of(pass, result);
}

bool is_sticky(const Pass& pass, const Function& coroutine) {
  const std::string library = pass.library_of(coroutine);
  const auto entries = pass.models().all(Role::cancel);
  return std::any_of(entries.begin(), entries.end(),
                     [&](const Entry* entry) { return entry->is_sticky && entry->library == library; });
}

Questions::Questions(const Pass& pass) : pass_(pass) {
  for (const Function& function : pass.functions()) {
    const auto& statements = function.statements();
    if (!function.is_coroutine() && std::any_of(statements.begin(), statements.end(),
                                                [&](const auto* stmt) { return asks_itself(stmt); }))
      askers_.insert(function.declaration().getCanonicalDecl());
  }
}

bool Questions::asks_itself(const clang::Stmt* stmt) const {
  if (const auto* reference = llvm::dyn_cast<clang::DeclRefExpr>(stmt))
    return pass_.models().find_object(Role::cancel, *reference->getDecl()) ||
           pass_.models().find_object(Role::cancel_aware, *reference->getDecl());
  const auto call = as_call(stmt);
  return call && pass_.find(Role::cancel_aware, *call);
}

bool Questions::asks(const clang::Stmt* stmt) const {
  const auto call = as_call(stmt);
  return asks_itself(stmt) ||
         (call && call->function() && askers_.contains(call->function()->getCanonicalDecl()));
}

bool Questions::asked_in(const Function& coroutine, const clang::CXXCatchStmt& handler) const {
  const auto& statements = coroutine.statements();
  return std::any_of(statements.begin(), statements.end(), [&](const clang::Stmt* stmt) {
    return asks(stmt) && coroutine.is_inside(stmt, &handler);
  });
}

Classes past(const clang::CXXCatchStmt& handler, const Classes& exceptions) {
  Classes rest;
  for (const clang::CXXRecordDecl* exception : exceptions) {
    const auto is_base_of = [&](const clang::CXXRecordDecl* other) {
      return other != exception && catches(handler, {other}) && is_same_or_base(*exception, *other);
    };
    if (!catches(handler, {exception}) && std::any_of(exceptions.begin(), exceptions.end(), is_base_of))
      rest.push_back(exception);
  }
  return rest;
}

}  // namespace corolint::cancellation
