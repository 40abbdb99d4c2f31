#include <algorithm>

#include "clang/AST/DeclTemplate.h"
#include "dropped.h"
#include "rule/limits.h"
#include "unit/names.h"

namespace corolint::discarded {

namespace {

bool is_error_code(clang::QualType type) {
  const auto names = class_names(type);
  return std::any_of(names.begin(), names.end(), [](const std::string& name) {
    return name == "std::error_code" || name == "boost::system::error_code";
  });
}

// Does a value of the type say whether there was an error: an error code, a tuple that begins with one, or a
// class that holds a value or an error?
bool carries_error(clang::QualType type) {
  if (is_error_code(type)) return true;
  const auto* record = llvm::dyn_cast_or_null<clang::ClassTemplateSpecializationDecl>(class_of(type));
  if (!record || record->getTemplateArgs().size() == 0) return false;
  const std::string name = llvm::StringRef(record->getName()).lower();
  if (name == "expected" || name == "result" || name == "try" || name == "outcome") return true;
  const clang::TemplateArgument& first = record->getTemplateArgs()[0];
  if (first.getKind() == clang::TemplateArgument::Pack)
    return first.pack_size() > 0 && first.pack_begin()->getKind() == clang::TemplateArgument::Type &&
           is_error_code(first.pack_begin()->getAsType());
  return (name == "tuple" || name == "pair") && first.getKind() == clang::TemplateArgument::Type &&
         is_error_code(first.getAsType());
}

// Does the await say whether an attempt succeeded: `co_await queue.try_push(x)`?
bool says_whether_it_did(const Suspension& suspension) {
  const auto call = as_call(bare(suspension.operand));
  const clang::IdentifierInfo* name = call ? call->callee->getIdentifier() : nullptr;
  return name && name->getName().starts_with("try") && suspension.expr->getType()->isBooleanType();
}

std::string shown_type(clang::QualType type) {
  const clang::CXXRecordDecl* record = class_of(type);
  return record ? record->getNameAsString() : "bool";
}

// Who ends something, or waits for a timer, often does not mind an error.
bool is_expected_to_fail(const Pass& pass, const Function& function, const Suspension& suspension) {
  return std::any_of(function.calls().begin(), function.calls().end(), [&](const Call& call) {
    if (!function.is_inside(call.expr, suspension.operand)) return false;
    const Entry* wait = pass.find(Role::io_wait, call);
    const clang::IdentifierInfo* name = call.callee->getIdentifier();
    return ends_operations(call) || (wait && wait->subject == "timer") ||
           (name && (name->getName().contains("close") || name->getName().contains("shutdown")));
  });
}

}  // namespace

void check_ignored_results(Pass& pass, const Function& function) {
  if (!function.is_coroutine() || !pass.options().flag(ignored_results.name)) return;
  for (const Suspension& suspension : function.suspensions()) {
    const clang::QualType type = suspension.expr->getType();
    if (suspension.is_yield || suspension.expr->isTypeDependent() ||
        !(carries_error(type) || says_whether_it_did(suspension)) ||
        value_use(function, suspension.expr) != ValueUse::dropped ||
        is_expected_to_fail(pass, function, suspension))
      continue;
    pass.report(function, suspension.expr, ignored,
                {callee_name(pass, bare(suspension.operand)), shown_type(type)})
        .label("an error goes unseen, and the coroutine goes on")
        .help("test the result, or write (void) before it")
        .level(Level::warning);
  }
}

}  // namespace corolint::discarded
