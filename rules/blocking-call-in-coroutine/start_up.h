#pragma once

// What a program does once, while it starts: a coroutine or handler that runs a limited number of times in
// the program's life opens its files before it first waits. That makes the start longer, and holds up nobody.

#include <set>

#include "rule/record.h"

namespace corolint::blocking {

inline const Option at_start{
    "start-up", false,
    "report files, local databases, name servers and consoles that the program asks once, while it starts"};

// Is the class of blocking call one that belongs to the start: a file, a database that is opened, a name,
// what somebody types?
bool belongs_to_start(const std::string& subject);

using Statements = std::set<const clang::Stmt*>;

// Returns the calls that the coroutine or handler makes before it first suspends, on every way.
Statements early_calls(const Function& function);

// Tells `conclude` of them.
void export_early_calls(Pass& pass, const Function& function, const Statements& early);

// Makes the finding a note that says so.
void say_it_is_the_start(Finding& finding);

class StartUp {
 public:
  explicit StartUp(const Program& program);
  // Is the call of the coroutine or handler made while the program starts?
  bool has(FunctionId function, const Place& call) const;
  // Is it, and nobody wants to hear of what belongs there?
  bool is_quiet(FunctionId function, const Place& call) const;
  bool is_empty() const { return early_.empty() || limited_.empty(); }

 private:
  const Program& program_;
  std::set<std::pair<FunctionId, std::pair<std::uint32_t, std::uint32_t>>> early_;  // line, column
  std::set<FunctionId> limited_;  // functions that run a limited number of times
};

}  // namespace corolint::blocking
