#include "rule/limits.h"

#include <algorithm>

#include "models/conditions.h"
#include "unit/names.h"

namespace corolint {

namespace {

bool is_watchdog(const clang::Expr* expr, const Functions& alarms) {
  const auto call = as_call(bare(expr));
  return call && call->function() && alarms.contains(call->function()->getCanonicalDecl());
}

// Does `call` end the work it is given: the first of its operands ends the others, one of them is a watchdog
// that throws when time is up, or it cancels after a time?
bool is_limiting(const Pass& pass, const Call& call, const Functions& alarms) {
  if (pass.find(Role::timeout, call)) return true;
  const Entry* combinator = pass.find(Role::combine, call);
  return combinator &&
         (combinator->any || std::any_of(call.arguments.begin(), call.arguments.end(),
                                         [&](const auto* operand) { return is_watchdog(operand, alarms); }));
}

bool has_limiting_argument(const Pass& pass, const Call& call) {
  return std::any_of(call.arguments.begin(), call.arguments.end(), [&](const clang::Expr* argument) {
    return pass.models().mentions(Role::timeout, argument->getType());
  });
}

bool limits(const Pass& pass, const clang::Stmt* expr, const Functions& alarms) {
  const auto call = as_call(expr);
  return call && (is_limiting(pass, *call, alarms) || has_limiting_argument(pass, *call));
}

}  // namespace

bool is_limited_here(const Pass& pass, const Function& function, const clang::Stmt* expr,
                     const Functions& alarms) {
  for (; llvm::isa_and_nonnull<clang::Expr>(expr); expr = function.parent(expr))
    if (limits(pass, expr, alarms)) return true;
  return false;
}

bool LimitsAround::is_limited(const Function& function, const clang::Stmt* expr) {
  std::vector<const clang::Stmt*> asked;
  bool answer = false;
  for (; !answer && llvm::isa_and_nonnull<clang::Expr>(expr); expr = function.parent(expr)) {
    if (const auto known = known_.find({&function, expr}); known != known_.end()) {
      answer = known->second;
      break;
    }
    asked.push_back(expr);
    answer = limits(pass_, expr, alarms_);
  }
  for (const clang::Stmt* one : asked) known_[{&function, one}] = answer;
  return answer;
}

bool is_time(clang::QualType type) {
  const auto names = class_names(type);
  return std::any_of(names.begin(), names.end(), [](const std::string& name) {
    return name == "std::chrono::duration" || name == "std::chrono::time_point";
  });
}

bool ends_operations(const Call& call) {
  const auto* method = llvm::dyn_cast_or_null<clang::CXXMethodDecl>(call.callee);
  if (!method || !method->getIdentifier()) return false;
  return method->getName() == "cancel" || method->getName() == "close" || method->getName() == "shutdown";
}

bool is_within(const clang::FunctionDecl& inner, const clang::FunctionDecl& outer) {
  for (const clang::DeclContext* context = &inner; context; context = context->getParent())
    if (const auto* function = llvm::dyn_cast<clang::FunctionDecl>(context))
      if (function->getCanonicalDecl() == outer.getCanonicalDecl()) return true;
  return false;
}

const clang::Expr* deadline_in(const Call& call, const Entry& entry) {
  return entry.deadline_argument ? argument_at(call, *entry.deadline_argument) : nullptr;
}

bool is_never_reached(const clang::Expr& deadline, const Entry& entry, const clang::ASTContext& context) {
  if (!entry.infinite) return false;
  if (const auto number = constant_of(&deadline, context)) return *number == *entry.infinite;
  const auto* made = llvm::dyn_cast<clang::CXXConstructExpr>(bare(&deadline));
  return made && made->getNumArgs() == 0;  // a deadline type says "never" until it is given a time
}

bool takes_limit(const Pass& pass, const Call& call, const Entry& entry) {
  const clang::Expr* deadline = deadline_in(call, entry);
  if (deadline && is_never_reached(*deadline, entry, pass.ast())) return false;
  if (deadline || entry.default_limit) return true;
  return std::any_of(call.arguments.begin(), call.arguments.end(), [](const clang::Expr* argument) {
    const auto names = class_names(argument->getType());
    return is_time(argument->getType()) ||
           std::find(names.begin(), names.end(), "std::stop_token") != names.end();
  });
}

}  // namespace corolint
