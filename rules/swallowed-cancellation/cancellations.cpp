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

Classes cancellations(const Pass& pass, const Function& coroutine, const clang::CXXTryStmt& block) {
  const Entry* task = pass.models().find(Role::task, coroutine.declaration().getReturnType());
  if (!task) return home_made_cancellations(pass, block);
  const std::string type = qualified_name(*class_of(coroutine.declaration().getReturnType()));
  Classes classes;
  for (const Entry* entry : pass.models().all(Role::cancel)) {
    if (entry->library != task->library || entry->match.kind != Kind::type) continue;
    if (!entry->tasks.empty() &&
        std::find(entry->tasks.begin(), entry->tasks.end(), type) == entry->tasks.end())
      continue;
    for (const std::string& name : entry->match.names)
      if (const auto* record = find_class(pass.ast(), name)) classes.push_back(record);
  }
  return classes;
}

bool asks_for_cancellation(const Pass& pass, const Function& coroutine, const clang::CXXCatchStmt& handler) {
  const Models& models = pass.models();
  for (const auto* reference : coroutine.all<clang::DeclRefExpr>())
    if (coroutine.is_inside(reference, &handler) &&
        (models.find_object(Role::cancel, *reference->getDecl()) ||
         models.find_object(Role::cancel_aware, *reference->getDecl())))
      return true;
  return std::any_of(coroutine.calls().begin(), coroutine.calls().end(), [&](const Call& call) {
    return coroutine.is_inside(call.expr, &handler) && pass.find(Role::cancel_aware, call);
  });
}

}  // namespace corolint::cancellation
