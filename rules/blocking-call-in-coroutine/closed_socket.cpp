#include "closed_socket.h"

#include <algorithm>

#include "coroutines/flow.h"
#include "unit/names.h"

namespace corolint::blocking {

namespace {

// Returns the object that the expression comes from, through the references that the function keeps of its
// parts: `ws_` for `tcp` after `auto& tcp = get_lowest_layer(ws_);`.
const clang::ValueDecl* origin(const clang::Expr* expr) {
  const clang::ValueDecl* object = root_object(expr);
  while (const auto* part = llvm::dyn_cast_or_null<clang::VarDecl>(object)) {
    if (!part->isLocalVarDecl() || !part->getType()->isReferenceType() || !part->getInit()) break;
    const clang::ValueDecl* whole = root_object(part->getInit());
    if (!whole || whole == object) break;
    object = whole;
  }
  return object;
}

bool closes_socket(const Call& call) {
  if (!call.receiver || call.is_construction()) return false;
  const std::string name = qualified_name(*call.callee);
  return name.ends_with("basic_socket::close") || name.ends_with("basic_stream_socket::close") ||
         name.ends_with("beast::basic_stream::close");
}

}  // namespace

bool is_on_closed_socket(const Function& function, const Call& call, const Entry& blocker) {
  if (blocker.subject != "net" || !call.receiver || !function.flow()) return false;
  const clang::ValueDecl* stream = origin(call.receiver);
  return stream && std::any_of(function.calls().begin(), function.calls().end(), [&](const Call& other) {
           return closes_socket(other) && origin(other.receiver) == stream &&
                  function.flow()->may_follow(other.expr, call.expr) &&
                  !function.flow()->may_follow(call.expr, other.expr);
         });
}

}  // namespace corolint::blocking
