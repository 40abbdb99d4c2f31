#pragma once

// Code that tests other code. Both ends of a test's connections are its own, and how much it starts is
// written in it: what matters in a service, that a peer may stay silent or send a million requests, does not
// happen there.

#include <string>

#include "rule/option.h"
#include "rule/program.h"

namespace corolint {

// A rule that leaves tests out has this option.
inline const Option in_tests{"in-tests", false, "report in tests of other code, too"};

class TestCode {
 public:
  // A program that is nothing but tests is what its author wants to hear of.
  explicit TestCode(const Program& program);

  // Does the file, as a place names it, hold tests of coroutines that lie elsewhere, and does nobody ask for
  // findings there? It lies in a folder `test`, `tests` or `unittest`, or is called `…_test`, `…Test`,
  // `…_tests` or `…Tests`.
  bool is_left_out(const std::string& file) const;

 private:
  const Program& program_;
  bool tests_other_code_ = false;
};

}  // namespace corolint
