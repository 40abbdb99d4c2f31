#pragma once

// What units tell about waits, limits and objects. An object is named by a key of the facts; a parameter by
// its function's key and its position. Two things can be known of an object: "L" and its key, a limit is in
// force on it when its function is entered or from outside; "U" and its key, the function sets a limit on
// this parameter. Of a function, "R" and its key: it returns an object with a limit.

#include "rule/record.h"

namespace corolint::timeout {

// A wait without a limit, unless one of `unless` is known.
struct Wait {
  std::string kind;      // what its function does with the object: "open" it, "write", or "read" and all else
  std::string object;    // empty: none can be named
  std::string declared;  // the file that declares it: two programs may each have a function of that name
  std::string function;
  std::vector<std::string> unless;
  Finding finding;
};
RULE_RECORD(Wait, kind, object, declared, function, unless, finding)

// Known at once.
struct Known {
  std::string what;
};
RULE_RECORD(Known, what)

// Known when `given` is known, or when another function than `function` sets a limit on `object`.
struct Follows {
  std::string given, what, object, function;
};
RULE_RECORD(Follows, given, what, object, function)

// The function sets a limit on a member or a global.
struct Limit {
  std::string object, function;
};
RULE_RECORD(Limit, object, function)

// The object `from`, which the file `declared` declares, is also known as `to`.
struct Alias {
  std::string from, declared, to;
};
RULE_RECORD(Alias, from, declared, to)

// The function is called under a limit.
struct Limited {
  std::string function;
};
RULE_RECORD(Limited, function)

}  // namespace corolint::timeout
