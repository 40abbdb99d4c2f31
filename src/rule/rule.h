#pragma once

// What the author of a rule includes. A rule is a value: a function that looks at one unit, the messages it
// can give, and its defaults. It holds no state, so units can be analysed in any order and in parallel. Its
// name and its page are not here: the folder gives the name, `rule.md` the page (rules/CMakeLists.txt joins
// the three).

#include <string_view>
#include <vector>

#include "rule/finding.h"
#include "rule/option.h"

namespace corolint {

class Pass;
class Program;

// How many of a rule's findings in code that nobody here wrote are right: what `./dev ecosystem` measures,
// not what its author hopes.
enum class Precision { unknown, low, medium, high, very_high };

struct Rule {
  void (*check)(Pass& pass);      // looks at one unit
  std::vector<Message> messages;  // every message that the rule may report
  Level level = Level::warning;   // default level, earned by measured precision
  int cwe = 0;                    // nearest entry of the Common Weakness Enumeration; 0: none fits
  void (*conclude)(Program& program) = nullptr;  // looks at the facts of all units, if the rule needs that
  std::vector<Option> options = {};              // what a project may set of it
  std::string_view group = {};                   // what it is about, kebab-case: "lifetime"; people may name
                                                 // the group for all of its rules
  Precision precision = Precision::unknown;      // measured, not guessed
};

// A rule with what its folder adds.
struct RuleEntry {
  std::string_view name;  // the folder's name, kebab-case
  Rule rule;
  std::string_view page;  // rule.md, whole

  // Returns the page's first paragraph on one line: the rule in one sentence.
  std::string summary() const;
  // Returns the text of the page's section `## heading` without the heading, or nothing if there is none.
  std::string section(std::string_view heading) const;
  // Returns the page with a section that lists the rule's options, if it has any.
  std::string page_with_options() const;
};

// Returns all rules, sorted by name. Generated from the folders under rules/.
const std::vector<RuleEntry>& all_rules();

}  // namespace corolint
