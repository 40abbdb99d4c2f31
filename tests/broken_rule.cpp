// The rules of a corolint that only the tests run: `throws` fails in units with a function `trips_it`,
// `names` reports every coroutine.

#include <stdexcept>

#include "rule/pass.h"

namespace corolint {

namespace {

constexpr Message named{"named", "coroutine '{0}'"};

void throws(Pass& pass) {
  for (const Function& function : pass.functions())
    if (function.name() == "trips_it") throw std::runtime_error("nobody foresaw this");
}

void names(Pass& pass) {
  for (const Function* coroutine : pass.coroutines())
    pass.report(*coroutine, &coroutine->declaration(), named, {coroutine->name()});
}

}  // namespace

const std::vector<RuleEntry>& all_rules() {
  static const std::vector<RuleEntry> rules = {
      {"names", {names, {named}, Level::error, 0}, "# names\n\nNames coroutines.\n"},
      {"throws", {throws, {}, Level::error, 0}, "# throws\n\nThrows.\n"},
  };
  return rules;
}

}  // namespace corolint
