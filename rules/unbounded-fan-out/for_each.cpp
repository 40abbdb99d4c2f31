#include "for_each.h"

#include <algorithm>

#include "coroutines/callable.h"
#include "coroutines/container.h"
#include "coroutines/loop.h"
#include "peers.h"
#include "rule/handlers.h"
#include "unit/names.h"

namespace corolint::fan_out {

namespace {

// Is it a container, or where one begins?
bool is_data(const clang::Expr* argument) {
  const auto call = as_call(bare(argument));
  const clang::CXXRecordDecl* record =
      class_of(call && call->receiver ? call->receiver->getType() : argument->getType());
  return record && record->hasDefinition() && is_container(*record);
}

// Returns the data that the call goes over, if it runs the lambda for each element and drops what that
// returns.
const clang::Expr* data_of(const Pass& pass, const Function& function, const clang::LambdaExpr* lambda) {
  for (const clang::Stmt* outer = function.parent(lambda); llvm::isa_and_nonnull<clang::Expr>(outer);
       outer = function.parent(outer)) {
    const auto call = as_call(outer);
    const Entry* entry = call ? pass.find(Role::now, *call) : nullptr;
    if (!entry || !entry->drops_result || !is_work(function, lambda, *call, *entry)) continue;
    const bool is_over_data = !call->arguments.empty() && is_data(call->arguments.front());
    return is_over_data && trips_over(function, call->arguments.front()) == Trips::by_data &&
                   !holds_peers(call->arguments.front())
               ? call->arguments.front()
               : nullptr;
  }
  return nullptr;
}

}  // namespace

const clang::Expr* called_for_each_of(const Pass& pass, const Function& lambda) {
  if (!lambda.is_lambda()) return nullptr;
  for (const Function& outer : pass.functions())
    for (const auto* made : outer.all<clang::LambdaExpr>())
      if (is_body_of(lambda, *made)) return data_of(pass, outer, made);
  return nullptr;
}

}  // namespace corolint::fan_out
