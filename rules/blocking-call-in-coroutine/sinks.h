#pragma once

// What units tell of blocking calls in functions that are no coroutines, and of what makes them harmless.

#include <map>

#include "rule/record.h"

namespace corolint::blocking {

// A blocking call in a function that is no coroutine.
struct Sink {
  std::string function;  // key of the function that holds it
  std::string name;
  std::string subject;
  std::vector<std::string> replace;
  bool waits = false;          // for asynchronous work, which may be allowed where blocking is not
  bool on_descriptor = false;  // only if its descriptor blocks
  Place place;

  // Is it over at once where what it waits for has come, as in `await_resume`?
  bool is_ready_after_await() const { return waits || subject == "net" || subject == "wait"; }
};
RULE_RECORD(Sink, function, name, subject, replace, waits, on_descriptor, place)

// A finding that holds if the program's descriptors block.
struct KeptCall {
  Finding finding;
};
RULE_RECORD(KeptCall, finding)

// The function makes descriptors non-blocking.
struct NonBlocking {
  std::string function;
};
RULE_RECORD(NonBlocking, function)

// A handler that runs where waiting for asynchronous work is allowed.
struct Allowed {
  std::string function;
};
RULE_RECORD(Allowed, function)

// Keeps the function's blocking calls for `conclude`.
void export_sinks(Pass& pass, const Function& function);

// Keeps the findings that the pass kept back, on descriptors, for `conclude`.
void export_kept(Pass& pass);

// Tells `conclude` if the function makes descriptors non-blocking.
void export_nonblocking(Pass& pass, const Function& function);

// Tells `conclude` that the handler runs where waiting for asynchronous work is allowed (a seastar::thread).
void export_allowed(Pass& pass, const Function& handler);

// Does a function of the program make descriptors non-blocking?
bool makes_nonblocking(const Program& program);

// Returns the sinks by function. `with_waits`: those that wait for asynchronous work, too.
std::map<FunctionId, std::vector<Sink>> sinks_of(const Program& program, bool with_waits);

}  // namespace corolint::blocking
