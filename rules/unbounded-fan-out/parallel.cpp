#include "parallel.h"

#include <algorithm>

#include "closing.h"
#include "coroutines/callable.h"
#include "coroutines/loop.h"
#include "coroutines/value_use.h"
#include "limiters.h"
#include "over_at_once.h"
#include "peers.h"
#include "rule/advice.h"
#include "undecided.h"
#include "unit/names.h"

namespace corolint::fan_out {

namespace {

bool is_callable(const clang::Expr* argument) {
  if (callable_function(bare(argument))) return true;
  const clang::CXXRecordDecl* record = class_of(argument->getType());
  return record && record->isLambda();
}

// Returns the data that the combinator goes over, or null if it has nothing to call for each element: then it
// only waits for what was started elsewhere.
const clang::Expr* range_of(const Call& call) {
  const auto& arguments = call.arguments;
  if (std::none_of(arguments.begin(), arguments.end(), is_callable)) return nullptr;
  const auto range = std::find_if(arguments.begin(), arguments.end(), [](const clang::Expr* argument) {
    return !argument->getType()->isIntegralOrEnumerationType() && !is_callable(argument);
  });
  return range == arguments.end() ? nullptr : *range;
}

// Returns the object behind the data: of `std::begin(range)` and `range.begin()`, too.
const clang::ValueDecl* object_behind(const clang::Expr* range) {
  const auto call = as_call(bare(range));
  if (call && call->receiver) return root_object(call->receiver);
  if (call && !call->arguments.empty()) return root_object(call->arguments.front());
  return root_object(range);
}

// Does the function only pass on what it was given, data and callable? Then its caller starts the work.
bool is_passed_on(const Call& call, const clang::Expr* range) {
  const auto is_parameter = [](const clang::Expr* argument) {
    return llvm::isa_and_nonnull<clang::ParmVarDecl>(object_behind(argument));
  };
  return is_parameter(range) &&
         std::all_of(call.arguments.begin(), call.arguments.end(),
                     [&](const auto* one) { return !is_callable(one) || is_parameter(one); });
}

// Is each call over at once, or does it end what is open? Then none runs beside the others, or none is more.
bool adds_nothing(const Pass& pass, const Call& call) {
  return std::any_of(call.arguments.begin(), call.arguments.end(), [&](const clang::Expr* argument) {
    const clang::FunctionDecl* callable = callable_function(bare(argument));
    return callable && (only_closes(pass, *callable) || is_over_at_once(pass, *callable));
  });
}

// Does the function end what its object holds, one by one? It adds nothing to what is there.
bool ends_what_it_holds(const Function& function, const clang::Expr* range) {
  return closes(function.declaration()) && llvm::isa_and_nonnull<clang::FieldDecl>(object_behind(range));
}

}  // namespace

void check_parallel(Pass& pass, const Function& function) {
  for (const Call& call : function.calls()) {
    const Entry* entry = pass.find(Role::combine, call);
    if (!entry || !entry->over_range || is_bounded(pass, call, *entry)) continue;
    const clang::Expr* range = range_of(call);
    if (!range || trips_over(function, range) != Trips::by_data || holds_peers(range)) continue;
    if (is_passed_on(call, range) || adds_nothing(pass, call) || ends_what_it_holds(function, range))
      continue;
    pass.keep(function, call.expr->getSourceRange(), per_element, {qualified_name(*call.callee)})
        .label("memory, sockets and load on the peer grow with the data")
        .note(range, "once for each element of this")
        .help(advice(pass, pass.library_of(function), "fan-out",
                     "use a variant that limits how many run at once, or let each wait for a permit first"));
    leave_undecided(pass, function, call.expr);
  }
}

}  // namespace corolint::fan_out
