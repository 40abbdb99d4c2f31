#pragma once

// Code that tests other code. Both ends of a test's connections are its own, and how much it starts is written
// in it: what matters in a service, that a peer may stay silent or send a million requests, does not happen
// there.

#include <string_view>

#include "rule/program.h"

namespace corolint {

class TestCode {
 public:
  // A program that is nothing but tests is what its author wants to hear of.
  explicit TestCode(const Program& program);

  // Does the file, as a place names it, hold tests of coroutines that lie elsewhere? It lies in a folder `test`,
  // `tests` or `unittest`, or is called `…_test`, `…Test`, `…_tests` or `…Tests`.
  bool holds(std::string_view file) const;

 private:
  bool tests_other_code_ = false;
};

}  // namespace corolint
