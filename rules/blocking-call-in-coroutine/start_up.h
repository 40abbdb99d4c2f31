#pragma once

// What a program does once: a coroutine or handler that runs a limited number of times in the program's life
// asks for files, most often while it starts. All else waits for that one time.

#include <map>
#include <set>

#include "rule/record.h"

namespace corolint::blocking {

inline const Option at_start{"start-up", false,
                             "report files, local databases, name servers and consoles that the program asks "
                             "once, as while it starts"};

// Is the class of blocking call one that belongs to the start: a file, a database that is opened, a name,
// what somebody types?
bool belongs_to_start(const std::string& subject);

using Statements = std::set<const clang::Stmt*>;

// Returns the calls that the coroutine or handler makes once each time it runs: in no loop in which it waits.
Statements once_calls(const Function& function);

// Tells `conclude` of those loops.
void export_waiting_loops(Pass& pass, const Function& function);

// Makes the finding a note that says so.
void say_it_is_the_start(Finding& finding);

class StartUp {
 public:
  explicit StartUp(const Program& program);
  // Is the call of the coroutine or handler made once in the life of the program?
  bool has(FunctionId function, const Place& call) const;
  // Is it, and nobody wants to hear of what belongs there?
  bool is_quiet(FunctionId function, const Place& call) const;

 private:
  const Program& program_;
  std::map<FunctionId, std::vector<Place>> loops_;  // in which they wait
  std::set<FunctionId> limited_;                    // functions that run a limited number of times
};

}  // namespace corolint::blocking
