#include "blocking_calls.h"
#include "chain.h"
#include "rule/handlers.h"
#include "rule/pass.h"
#include "unit/names.h"
#include "wording.h"

namespace corolint {

namespace {

constexpr Message blocks{"blocks", "'{0}' blocks the thread that runs coroutine '{1}'"};
constexpr Message blocks_loop{
    "blocks-loop", "'{0}' blocks the thread that runs this handler and the others of its executor"};
constexpr Message waits{"waits",
                        "'{0}' makes the thread that runs coroutine '{1}' wait for other asynchronous work"};

const Message& message_for(const Function& function, const Entry& entry) {
  if (!function.is_coroutine()) return blocks_loop;
  return entry.role == Role::block ? blocks : waits;
}

// `handed_over` is the call that makes a handler of the function; null for a coroutine.
void check_function(Pass& pass, const Function& function, const Call* handed_over) {
  blocking::each_blocking_call(pass, function, [&](const Call& call, const Entry& entry) {
    pass.report(function, call.expr, message_for(function, entry),
                {qualified_name(*call.callee), function.name()})
        .label(blocking::consequence(entry.subject))
        .note(function.is_coroutine() ? &function.declaration() : nullptr, "coroutine")
        .note(handed_over ? handed_over->callee_name() : clang::SourceRange(),
              "runs the handler on its executor")
        .help(blocking::remedy(pass.models(), pass.library_of(function), entry.subject, entry.replace));
  });
}

void check(Pass& pass) {
  const auto handlers = handlers_of(pass);
  for (const Function& function : pass.functions()) {
    const auto handler = handlers.find(&function);
    if (function.is_coroutine())
      check_function(pass, function, nullptr);
    else if (handler != handlers.end())
      check_function(pass, function, &handler->second);
    else
      blocking::export_sinks(pass, function);
  }
}

}  // namespace

Rule blocking_call_in_coroutine() {
  return {.check = check,
          .messages = {blocks, blocks_loop, waits, blocking::reaches, blocking::reaches_loop,
                       blocking::may_reach},
          .level = Level::error,
          .cwe = 1322,
          .conclude = blocking::conclude};
}

}  // namespace corolint
