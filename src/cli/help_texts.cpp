#include "cli/help_texts.h"

namespace corolint {

std::string_view examples() {
  return R"(  corolint check -p build src/
  corolint check server.cpp -- -std=c++20 -I include
  corolint check -o full -o sarif:corolint.sarif -o html:report.html
  corolint check --statistics
  corolint doctor src/server.cpp
  corolint explain blocking-call-in-coroutine
  corolint models boost::asio::read
)";
}

std::string_view exit_statuses() {
  return R"(  0   no finding at or above --fail-on, everything analysed
  1   findings
  2   bad usage, no compile database, nothing selected
  3   some units could not be analysed (and no finding that fails)
  70  internal error
  130 interrupted by Ctrl-C, 143 by SIGTERM: what was finished is told, marked as incomplete
)";
}

std::string_view environment() {
  return R"(  NO_COLOR              if set, no colours (https://no-color.org)
  CLICOLOR_FORCE        if set, colours also where stdout is no terminal
  COROLINT_CONFIG       a configuration instead of the nearest .corolint.yaml
  COROLINT_KEY          a value of the configuration, as in COROLINT_GATE_FAIL_ON=warning
  COROLINT_CACHE_DIR    the folder that keeps results between runs
  COROLINT_CACHE_LIMIT  how large that may grow, such as 500M
  COROLINT_RESOURCE_DIR  the folder with Clang's own headers, if it is not found
)";
}

std::string after_check_options() {
  return "After '--' come compiler flags for sources without a compile database.\n\nExamples:\n" +
         std::string(examples()) + "\nExit status:\n" + std::string(exit_statuses());
}

}  // namespace corolint
