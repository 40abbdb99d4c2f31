#include "blocking_calls.h"

#include <algorithm>
#include <set>

#include "coroutines/flow.h"
#include "coroutines/value_use.h"

namespace corolint::blocking {

namespace {

// Does the function ask whether a system call would have blocked? Then its descriptor is non-blocking.
bool tests_for_would_block(const Pass& pass, const Function& function) {
  const llvm::StringRef text = pass.unit().text_of(function.body()->getSourceRange());
  return text.contains("EAGAIN") || text.contains("EWOULDBLOCK") || text.contains("EINPROGRESS");
}

// Has the function made the object of the call non-blocking, or asked before that there is nothing to wait
// for?
bool is_ready(const Pass& pass, const Function& function, const Call& call) {
  const clang::ValueDecl* object = root_object(object_of(call));
  return object && std::any_of(function.calls().begin(), function.calls().end(), [&](const Call& other) {
           if (root_object(object_of(other)) != object) return false;
           if (pass.find(Role::unblock, other)) return true;
           return pass.find(Role::ready, other) && function.flow() &&
                  function.flow()->always_before(other.expr, call.expr);
         });
}

// Is it sure that `call`, known to block by `entry`, does not block here?
bool is_excused(const Pass& pass, const Function& function, const Call& call, const Entry& entry) {
  if (is_ready(pass, function, call)) return true;
  return entry.confidence == Confidence::medium && entry.subject == "net" &&
         tests_for_would_block(pass, function);
}

const Entry* blocker(const Pass& pass, const Call& call) {
  const Entry* entry = pass.find(Role::block, call);
  if (!entry) entry = pass.find(Role::sync_wait, call);
  return entry && entry->confidence != Confidence::low ? entry : nullptr;
}

// Returns the file stream that `call` opens or uses, or null.
const clang::ValueDecl* stream_of(const Function& function, const Call& call, const Entry& entry) {
  if (entry.subject != "file") return nullptr;
  if (call.is_construction()) return initialised_variable(function, call.expr);
  return root_object(object_of(call));
}

}  // namespace

void each_blocking_call(const Pass& pass, const Function& function,
                        llvm::function_ref<void(const Call&, const Entry&)> visit) {
  std::set<const clang::ValueDecl*> streams;
  for (const Call& call : function.calls()) {
    const Entry* entry = blocker(pass, call);
    if (!entry || is_excused(pass, function, call, *entry)) continue;
    const clang::ValueDecl* stream = stream_of(function, call, *entry);
    if (!stream || streams.insert(stream).second) visit(call, *entry);
  }
}

}  // namespace corolint::blocking
