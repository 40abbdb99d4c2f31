#pragma once

#include "rule/late_use.h"
#include "rule/lent.h"
#include "rule/program.h"
#include "rule/record.h"

namespace corolint::outlived {

// A coroutine reads a parameter late. `position` is the parameter's.
struct Reads {
  std::string coroutine;
  unsigned position;
  Note use;
};
RULE_RECORD(Reads, coroutine, position, use)

// A call lends an argument to a function whose body another unit has.
struct Lends {
  std::string callee;
  unsigned position;
  Finding finding;
};
RULE_RECORD(Lends, callee, position, finding)

}  // namespace corolint::outlived
