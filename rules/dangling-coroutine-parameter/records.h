#pragma once

// A coroutine's parameter, the functions that hand it what they were only lent themselves, and the calls that
// let it end: each may stand in a file of its own. A call of the coroutine itself is for
// awaitable-outlives-argument.

#include "rule/definition.h"
#include "rule/record.h"

namespace corolint::dangling {

// A coroutine reads a parameter that only refers to its argument, late.
struct Late {
  std::string coroutine;
  unsigned position;
  Finding finding;
};
RULE_RECORD(Late, coroutine, position, finding)

// A function gives what its own parameter refers to to a function that returns an awaitable. `is_returned`:
// it returns that; else it lets it go on by itself.
struct Hands {
  std::string function;
  unsigned position;
  std::string to;
  unsigned to_position;
  bool is_returned;
  Note note;
};
RULE_RECORD(Hands, function, position, to, to_position, is_returned, note)

// A call lends such a function an argument that ends before work which goes on by itself; `is_kept`: the
// awaitable that the call returns outlives it as well.
struct Lends {
  std::string function;
  unsigned position;
  bool is_kept;
  std::vector<Note> notes;
};
RULE_RECORD(Lends, function, position, is_kept, notes)

// Nobody here calls the coroutine, and others may: reported only where the option asks for it.
struct Open {
  std::string coroutine;
  Finding finding;
};
RULE_RECORD(Open, coroutine, finding)

}  // namespace corolint::dangling
