#include "excuses.h"

#include <algorithm>

#include "coroutines/flow.h"

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

}  // namespace

bool is_excused(const Pass& pass, const Function& function, const Call& call, const Entry& entry) {
  if (is_ready(pass, function, call)) return true;
  return entry.confidence == Confidence::medium && entry.subject == "net" &&
         tests_for_would_block(pass, function);
}

}  // namespace corolint::blocking
