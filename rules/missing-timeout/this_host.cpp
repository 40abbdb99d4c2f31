#include "this_host.h"

#include <algorithm>

namespace corolint::timeout {

namespace {

bool is_this_host(llvm::StringRef address) {
  return address.starts_with("127.") || address == "::1" || address == "localhost";
}

// A number is its own answer: nobody is asked.
bool is_number(llvm::StringRef address) {
  return address.contains('.') && address.find_first_not_of("0123456789.") == llvm::StringRef::npos;
}

// Does `is_meant` hold for a part of the expression, or of what initialises the local that it is?
bool holds(const Function& function, const clang::Expr* expr,
           llvm::function_ref<bool(const clang::Stmt*)> is_meant) {
  const auto* variable = llvm::dyn_cast_or_null<clang::VarDecl>(root_object(expr));
  if (variable && variable->isLocalVarDecl() && variable->getInit()) expr = variable->getInit();
  const auto& statements = function.statements();
  return std::any_of(statements.begin(), statements.end(), [&](const clang::Stmt* stmt) {
    return is_meant(stmt) && function.is_inside(stmt, expr);
  });
}

bool holds_address(const Function& function, const clang::Expr* expr, bool (*is_meant)(llvm::StringRef)) {
  return holds(function, expr, [&](const clang::Stmt* stmt) {
    const auto* text = llvm::dyn_cast<clang::StringLiteral>(stmt);
    return text && text->getCharByteWidth() == 1 && is_meant(text->getString());
  });
}

// Is it `address_v4::loopback()`, or `tcp::v4()`, which in place of an address stands for none: to connect to
// that is to connect to this host (Linux, ip(7), INADDR_ANY)?
bool makes_address_of_this_host(const clang::Stmt* stmt) {
  const auto* call = llvm::dyn_cast<clang::CallExpr>(stmt);
  const auto* callee = call ? llvm::dyn_cast_or_null<clang::CXXMethodDecl>(call->getCalleeDecl()) : nullptr;
  if (!callee || !callee->getIdentifier()) return false;
  const llvm::StringRef name = callee->getName();
  return name == "loopback" || ((name == "v4" || name == "v6") && callee->getParent()->getName() == "tcp");
}

}  // namespace

bool ends_at_once(const Function& coroutine, const Call& call, const Entry& wait) {
  const bool is_lookup = wait.subject == "resolve";
  if (wait.subject != "connect" && !is_lookup) return false;
  if (!is_lookup && call.receiver && holds_address(coroutine, call.receiver, is_this_host)) return true;
  return std::any_of(call.arguments.begin(), call.arguments.end(), [&](const clang::Expr* argument) {
    return holds_address(coroutine, argument, is_this_host) ||
           (is_lookup ? holds_address(coroutine, argument, is_number)
                      : holds(coroutine, argument, makes_address_of_this_host));
  });
}

}  // namespace corolint::timeout
