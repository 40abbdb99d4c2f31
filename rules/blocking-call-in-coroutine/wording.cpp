#include "wording.h"

namespace corolint::blocking {

namespace {

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
    {"local_db", "the thread waits for the disk under the database, and for whoever else writes to it",
     "a thread of its own for the database, or a thread pool for this call"},
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

}  // namespace

std::string consequence(const std::string& subject) {
  return std::string(wording_of(subject).happens);
}

bool is_policy(const std::string& subject) {
  return subject == "local_db";
}

Level level_of(const std::string& subject) {
  return is_policy(subject) ? Level::warning : Level::error;
}

std::string remedy(const Models& models, std::string_view library, const std::string& subject,
                   const std::vector<std::string>& replace) {
  if (!replace.empty() && replace.front() == "co_await") return "await it with 'co_await' instead";
  const bool has_twin = !replace.empty() && replace.front().find(' ') == std::string::npos;
  if (has_twin) return "co_await '" + replace.front() + "' instead";
  std::string phrase = models.instead(library, subject);
  if (phrase.empty() && !replace.empty()) phrase = replace.front();
  if (phrase.empty()) phrase = wording_of(subject).remedy;
  return "use " + phrase + " instead";
}

}  // namespace corolint::blocking
