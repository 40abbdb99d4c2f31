#include <algorithm>
#include <set>

#include "coroutines/flow.h"
#include "coroutines/value_use.h"
#include "rule/handlers.h"
#include "rule/pass.h"
#include "unit/names.h"

namespace corolint {

namespace {

constexpr Message blocks{"blocks", "'{0}' blocks the thread that runs coroutine '{1}'"};
constexpr Message blocks_loop{
    "blocks-loop", "'{0}' blocks the thread that runs this handler and the others of its executor"};
constexpr Message waits{"waits",
                        "'{0}' makes the thread that runs coroutine '{1}' wait for other asynchronous work"};

struct Wording {
  std::string_view subject;
  std::string_view happens;
  std::string_view remedy;  // what to use where the coroutine's library says nothing
};

constexpr Wording wordings[] = {
    {"sleep", "the thread sleeps; nothing else that it serves runs in the meantime", "an awaited timer"},
    {"lock", "the thread waits for the lock; nothing else that it serves runs in the meantime",
     "an async mutex"},
    {"wait", "the thread waits; if what it waits for needs this thread, it waits for ever",
     "an awaitable event or task"},
    {"net", "the thread waits for the peer; nothing else that it serves runs in the meantime",
     "the awaitable operation"},
    {"dns", "the thread waits for the name server, seconds if it does not answer", "an awaitable resolver"},
    {"file", "the thread waits for the disk; nothing else that it serves runs in the meantime",
     "an async file, or a thread pool for this call"},
    {"process", "the thread waits for another process",
     "an awaitable process, or a thread pool for this call"},
    {"db", "the thread waits for the database", "the awaitable client, or a thread pool for this call"},
    {"console", "the thread waits for somebody to type", "an awaitable descriptor, or a thread of its own"},
    {"loop",
     "the thread runs the event loop inside a coroutine of it: what waits for this coroutine waits for ever",
     "co_await"},
};

const Wording& wording_of(const std::string& subject) {
  for (const Wording& wording : wordings)
    if (wording.subject == subject) return wording;
  return wordings[2];
}

std::string remedy(const Pass& pass, const Function& coroutine, const Entry& entry) {
  const std::string library = pass.library_of(coroutine);
  const bool has_twin = !entry.replace.empty() && entry.replace.front().find(' ') == std::string::npos;
  if (has_twin) return "co_await '" + entry.replace.front() + "' instead";
  std::string phrase = pass.models().instead(library, entry.subject);
  if (phrase.empty() && !entry.replace.empty()) phrase = entry.replace.front();
  if (phrase.empty()) phrase = wording_of(entry.subject).remedy;
  return "use " + phrase + " instead";
}

const Entry* blocking(const Pass& pass, const Call& call) {
  const Entry* entry = pass.find(Role::block, call);
  if (!entry) entry = pass.find(Role::sync_wait, call);
  return entry && entry->confidence != Confidence::low ? entry : nullptr;
}

// Does the function ask whether a system call would have blocked? Then its descriptor is non-blocking.
bool tests_for_would_block(const Pass& pass, const Function& function) {
  const llvm::StringRef text = pass.unit().text_of(function.body()->getSourceRange());
  return text.contains("EAGAIN") || text.contains("EWOULDBLOCK") || text.contains("EINPROGRESS");
}

// Has the function made the object of the call non-blocking, or asked before that there is nothing to wait
// for?
bool is_excused(const Pass& pass, const Function& function, const Call& call) {
  const clang::ValueDecl* object = root_object(object_of(call));
  return object && std::any_of(function.calls().begin(), function.calls().end(), [&](const Call& other) {
           if (root_object(object_of(other)) != object) return false;
           if (pass.find(Role::unblock, other)) return true;
           return pass.find(Role::ready, other) && function.flow() &&
                  function.flow()->always_before(other.expr, call.expr);
         });
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
    const Entry* entry = blocking(pass, call);
    if (!entry || is_excused(pass, function, call)) continue;
    if (entry->confidence == Confidence::medium && entry->subject == "net" &&
        tests_for_would_block(pass, function))
      continue;
    const clang::ValueDecl* stream = stream_of(function, call, *entry);
    if (stream && !streams.insert(stream).second) continue;
    pass.report(function, call.expr, message_for(function, *entry),
                {qualified_name(*call.callee), function.name()})
        .label(std::string(wording_of(entry->subject).happens))
        .note(function.is_coroutine() ? &function.declaration() : nullptr, "coroutine")
        .note(handed_over ? handed_over->callee_name() : clang::SourceRange(),
              "runs the handler on its executor")
        .help(remedy(pass, function, *entry));
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
