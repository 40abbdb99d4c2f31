#include <set>

#include "coroutines/value_use.h"
#include "excuses.h"
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

const Entry* blocker(const Pass& pass, const Call& call) {
  const Entry* entry = pass.find(Role::block, call);
  if (!entry) entry = pass.find(Role::sync_wait, call);
  return entry && entry->confidence != Confidence::low ? entry : nullptr;
}

// Returns the file stream that `call` opens or uses: each is reported once, where it is first used.
const clang::ValueDecl* stream_of(const Function& function, const Call& call, const Entry& entry) {
  if (entry.subject != "file") return nullptr;
  if (call.is_construction()) return initialised_variable(function, call.expr);
  return root_object(object_of(call));
}

const Message& message_for(const Function& function, const Entry& entry) {
  if (!function.is_coroutine()) return blocks_loop;
  return entry.role == Role::block ? blocks : waits;
}

// `handed_over` is the call that makes a handler of the function; null for a coroutine.
void check_function(Pass& pass, const Function& function, const Call* handed_over) {
  std::set<const clang::ValueDecl*> streams;
  for (const Call& call : function.calls()) {
    const Entry* entry = blocker(pass, call);
    if (!entry || blocking::is_excused(pass, function, call, *entry)) continue;
    const clang::ValueDecl* stream = stream_of(function, call, *entry);
    if (stream && !streams.insert(stream).second) continue;
    pass.report(function, call.expr, message_for(function, *entry),
                {qualified_name(*call.callee), function.name()})
        .label(blocking::consequence(entry->subject))
        .note(function.is_coroutine() ? &function.declaration() : nullptr, "coroutine")
        .note(handed_over ? handed_over->callee_name() : clang::SourceRange(),
              "runs the handler on its executor")
        .help(blocking::remedy(pass, function, *entry));
  }
}

void check(Pass& pass) {
  for (const Function* coroutine : pass.coroutines()) check_function(pass, *coroutine, nullptr);
  for (const auto& [handler, call] : handlers_of(pass))
    if (!handler->is_coroutine()) check_function(pass, *handler, &call);
}

}  // namespace

Rule blocking_call_in_coroutine() {
  return {.check = check, .messages = {blocks, blocks_loop, waits}, .level = Level::error, .cwe = 1322};
}

}  // namespace corolint
