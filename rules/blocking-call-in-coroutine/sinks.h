#pragma once

// What units tell of blocking calls in functions that are no coroutines, and of what makes them harmless.

#include <map>
#include <set>

#include "offloaded.h"
#include "rule/record.h"
#include "rule/test_code.h"
#include "start_up.h"

namespace corolint::blocking {

// A blocking call in a function that is no coroutine.
struct Sink {
  std::string function;  // key of the function that holds it
  std::string name;
  std::string subject;
  std::vector<std::string> replace;
  bool waits = false;               // for asynchronous work, which may be allowed where blocking is not
  bool on_descriptor = false;       // only if its descriptor blocks
  std::vector<std::string> owners;  // classes that answer for its descriptor
  Place place;

  // Is it over at once where what it waits for has come, as in `await_resume`?
  bool is_ready_after_await() const { return waits || subject == "net" || subject == "wait"; }
};
RULE_RECORD(Sink, function, name, subject, replace, waits, on_descriptor, owners, place)

// A finding that holds if the program's descriptors, or those of a class, block, unless its coroutine runs
// where blocking is allowed, and unless the call is made while the program starts. One `by_policy` is part of
// what the program does by design.
struct KeptCall {
  std::string function;  // the coroutine or handler
  bool on_descriptor = false;
  std::vector<std::string> owners;
  bool may_start = false;  // what it calls belongs to the start of a program
  bool by_policy = false;
  Finding finding;
};
RULE_RECORD(KeptCall, function, on_descriptor, owners, may_start, by_policy, finding)

// The function, of a class if it is a method, makes descriptors non-blocking.
struct NonBlocking {
  std::string function, type;
};
RULE_RECORD(NonBlocking, function, type)

// Who makes descriptors non-blocking. A pipe is a class's own affair, and files block always; a program that
// does it to one socket does it to all.
class Descriptors {
 public:
  explicit Descriptors(const Program& program);
  bool are_nonblocking(bool of_program, const std::vector<std::string>& owners) const;

 private:
  bool in_program_ = false;
  std::set<std::string> types_;
};

// A handler that runs where waiting for asynchronous work is allowed.
struct Allowed {
  std::string function;
};
RULE_RECORD(Allowed, function)

// What the whole program excuses: calls while it starts, and coroutines that run where blocking is allowed.
struct Excuses {
  StartUp start_up;
  std::set<FunctionId> offloaded;
  TestCode tests;

  // Does nobody want to hear of files, and what else belongs to a start, at that call of the function?
  bool leave_files_out(FunctionId function, const Place& call) const {
    return tests.is_left_out(call.file) || start_up.is_quiet(function, call);
  }
};

// Keeps the function's blocking calls for `conclude`.
void export_sinks(Pass& pass, const Function& function);

// Keeps the finding that the pass kept back for `conclude`: the call's, with all else that is known of it.
void export_kept(Pass& pass, KeptCall call);

// Reports what was kept back, but for what is on descriptors that do not block and what coroutines do that
// were offloaded. Returns the findings by policy: whether each is told by itself depends on how many there
// are.
std::vector<Finding> report_kept(Program& program, const Excuses& excuses);

// Tells `conclude` if the function makes descriptors non-blocking.
void export_nonblocking(Pass& pass, const Function& function);

// Tells `conclude` that the handler runs where waiting for asynchronous work is allowed (a seastar::thread).
void export_allowed(Pass& pass, const Function& handler);

// Returns the sinks by function. `with_waits`: those that wait for asynchronous work, too; `at_start`: only
// those that do not belong to the start of a program.
std::map<FunctionId, std::vector<Sink>> sinks_of(const Program& program, bool with_waits, bool at_start);

}  // namespace corolint::blocking
