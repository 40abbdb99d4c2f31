// Promise types that take an exception and do nothing with it.

#include "lost.h"
#include "throwing.h"

namespace corolint::lost_errors {

namespace {

bool is_promise(const clang::CXXRecordDecl& record) {
  bool starts = false;
  for (const clang::CXXMethodDecl* method : record.methods())
    starts |= method->getIdentifier() && method->getName() == "initial_suspend";
  return starts;
}

// Returns the promise's class of the coroutine.
const clang::CXXRecordDecl* promise_of(const Function& coroutine) {
  const auto* body = llvm::dyn_cast_or_null<clang::CoroutineBodyStmt>(coroutine.declaration().getBody());
  const clang::VarDecl* promise = body ? body->getPromiseDecl() : nullptr;
  return promise ? promise->getType()->getAsCXXRecordDecl() : nullptr;
}

// Returns a coroutine with that promise from which an exception may come, or null.
const Function* coroutine_of(const Pass& pass, const clang::CXXRecordDecl& promise) {
  for (const Function& function : pass.functions()) {
    const clang::CXXRecordDecl* record = promise_of(function);
    const bool has_it = record && (record == &promise || record->isDerivedFrom(&promise));
    if (has_it && source_in(pass, function)) return &function;
  }
  return nullptr;
}

}  // namespace

void check_promises(Pass& pass) {
  if (!pass.ast().getLangOpts().CXXExceptions) return;
  for (const Function& function : pass.functions()) {
    const auto* method = llvm::dyn_cast<clang::CXXMethodDecl>(&function.declaration());
    if (!method || !method->getIdentifier() || method->getName() != "unhandled_exception") continue;
    const auto* body = llvm::dyn_cast_or_null<clang::CompoundStmt>(method->getBody());
    if (!body || !body->body_empty() || !is_promise(*method->getParent())) continue;
    const Function* coroutine = coroutine_of(pass, *method->getParent());
    if (!coroutine) continue;
    pass.report(function, method, eats, {coroutine->name()})
        .label("an exception that leaves a coroutine of this type comes here, and ends here")
        .note(source_in(pass, *coroutine), "such an exception may come from here")
        .help("keep std::current_exception() for who awaits the coroutine, or call std::terminate()");
  }
}

}  // namespace corolint::lost_errors
