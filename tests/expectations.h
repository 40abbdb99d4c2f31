#pragma once

// What fixtures say they expect, in comments on the line:
//   // expect: rule-name "part of the message"       a finding of the rule stands here
//   // false-alarm: rule-name why                    reported today, should not be
//   // missed-alarm: rule-name why                   should be reported, is not
//   // options: option-name …                        the other value of these truth values holds for the fixture
// A comment on a line of its own speaks of the next line that is not such a comment; several may be stacked.

#include <string>
#include <string_view>
#include <vector>

#include "rule/finding.h"

namespace corolint {

struct Expectation {
  enum class Kind { expect, false_alarm, missed_alarm };
  Kind kind = Kind::expect;
  std::string file;
  unsigned line = 0;  // that the finding stands on
  std::string rule;
  std::string text;  // part of the message; empty: any
};

// Returns the expectations in `source`, which is the text of `file`.
std::vector<Expectation> read_expectations(std::string_view source, const std::string& file);

// Returns what differs between the expectations and the findings, one "file:line: …" a difference.
std::vector<std::string> differences(const std::vector<Expectation>& expectations,
                                     const std::vector<Finding>& findings);

}  // namespace corolint
