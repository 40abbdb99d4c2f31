#include "blocking_calls.h"
#include "chain.h"
#include "finished.h"
#include "loops.h"
#include "made_open.h"
#include "rule/handlers.h"
#include "rule/pass.h"
#include "sinks.h"
#include "start_up.h"
#include "twins.h"
#include "unit/names.h"
#include "unit/shown_name.h"
#include "wording.h"

namespace corolint {

namespace {

constexpr Message blocks{"blocks", "'{0}' blocks the thread that runs coroutine '{1}'"};
constexpr Message blocks_loop{
    "blocks-loop", "'{0}' blocks the thread that runs this handler and the others of its executor"};
constexpr Message waits{"waits",
                        "'{0}' makes the thread that runs coroutine '{1}' wait for other asynchronous work"};

constexpr Message ends{"ends", "the end of '{0}' blocks the thread that runs '{1}' until its work is done"};
constexpr Message ends_here{
    "ends-here",
    "what '{0}' returns ends here, and blocks the thread that runs '{1}' until its work is done"};

const Message& message_for(const Function& function, const Entry& entry) {
  if (!function.is_asynchronous()) return blocks_loop;
  return entry.role == Role::block ? blocks : waits;
}

// Where the function runs: the call that hands it over and what may be done there; null for a coroutine.
struct Context {
  const Call* handed_over = nullptr;
  const Entry* handler = nullptr;
  blocking::Statements once;  // calls that it makes once each time

  bool allows(const Entry& blocker) const {
    if (!handler) return false;
    return blocker.role == Role::sync_wait ? handler->allows_sync_wait : handler->allows_blocking;
  }
};

void check_function(Pass& pass, const Function& function, const Context& context) {
  const auto finish = [&](FindingBuilder finding, const Entry& entry) {
    finding.level(blocking::level_of(entry.subject))
        .label(blocking::consequence(entry.subject))
        .note(function.is_asynchronous() ? &function.declaration() : nullptr, "coroutine")
        .note(context.handed_over ? context.handed_over->callee_name() : clang::SourceRange(),
              "runs the handler on its executor")
        .help(blocking::remedy(pass.models(), pass.library_of(function), entry.subject, entry.replace));
  };
  blocking::each_blocking_call(pass, function, context.once, [&](const Call& call, const Entry& entry) {
    if (context.allows(entry)) return;
    if (entry.subject == "sleep" && pass.models().describes(function.declaration()))
      return;  // a library's timer
    const Message& message = message_for(function, entry);
    const std::vector<std::string> arguments = {shown_name(call), function.name()};
    finish(pass.keep(function, call.expr->getSourceRange(), message, arguments)
               .sink(qualified_name(*call.callee)),
           entry);
    blocking::export_kept(pass, {pass.key(function.declaration()),
                                 blocking::is_on_descriptor(entry),
                                 blocking::owners_of_descriptor(function, call, entry),
                                 blocking::belongs_to_start(entry.subject),
                                 blocking::is_policy(entry.subject),
                                 {}});
  });
  blocking::each_blocking_end(pass, function, [&](const blocking::BlockingEnd& end) {
    if (context.allows(*end.entry)) return;
    if (end.variable)
      finish(pass.report(function, end.variable, ends, {end.variable->getNameAsString(), function.name()}),
             *end.entry);
    else
      finish(pass.report(function, end.maker->expr, ends_here, {shown_name(*end.maker), function.name()}),
             *end.entry);
  });
}

void check(Pass& pass) {
  const auto handlers = handlers_of(pass);
  const auto offloaded = offloaded_in(pass);
  for (const Function& function : pass.functions()) {
    const auto handler = handlers.find(&function);
    if (offloaded.contains(&function)) continue;
    blocking::export_nonblocking(pass, function);
    blocking::export_constructions(pass, function);
    // The models answer for what their functions do; a coroutine of a library stops the thread all the same.
    if (pass.models().describes(function.declaration()) && !function.is_asynchronous()) continue;
    const bool is_handler = handler != handlers.end() || is_called_by_library(pass, function);
    if (function.is_asynchronous() || is_handler) blocking::export_calls_on_objects(pass, function);
    if (function.is_asynchronous()) {
      blocking::export_finished(pass, function);
      const Context context{nullptr, nullptr, blocking::once_calls(function)};
      check_function(pass, function, context);
      blocking::export_waiting_loops(pass, function);
      blocking::check_loops(pass, function);
      blocking::check_twins(pass, function);
    } else if (is_handler) {
      const Call* handed_over = handler == handlers.end() ? nullptr : &handler->second;
      const Context context{handed_over, handed_over ? pass.find(Role::callback, *handed_over) : nullptr,
                            blocking::once_calls(function)};
      check_function(pass, function, context);
      if (context.handler && context.handler->allows_sync_wait) blocking::export_allowed(pass, function);
    } else {
      blocking::export_sinks(pass, function);
    }
  }
}

}  // namespace

Rule blocking_call_in_coroutine() {
  return {.check = check,
          .messages = {blocks, blocks_loop, waits, ends, ends_here, blocking::reaches, blocking::reaches_loop,
                       blocking::may_reach, blocking::never_suspends, blocking::polls,
                       blocking::sleeps_for_nothing, blocking::has_twin},
          .level = Level::error,
          .cwe = 1322,
          .conclude = blocking::conclude,
          .options = {blocking::allow, blocking::max_chain, blocking::endless_loops, blocking::polling,
                      blocking::async_twins, blocking::at_start, in_tests},
          .group = "blocking",
          .precision = Precision::high};
}

}  // namespace corolint
