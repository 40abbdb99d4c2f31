#include "quiet_functions.h"

#include <algorithm>
#include <sstream>
#include <string>

namespace corolint {

namespace {

// The lines from where a declaration at namespace level begins to where it ends.
struct Definition {
  std::string head;  // what stands before the body
  unsigned first = 0;
  unsigned last = 0;
};

bool begins_definition(const std::string& line) {
  const bool is_code = !line.empty() && std::string_view(" #}/").find(line[0]) == std::string_view::npos;
  return is_code && !line.starts_with("namespace");
}

// Reads on from the first line of a declaration to its end; its head alone stays if it has no body.
Definition read_definition(std::istream& lines, std::string line, unsigned& number) {
  Definition definition{"", number, number};
  while (line.find_first_of(";{") == std::string::npos && std::getline(lines, line)) ++number;
  const std::size_t brace = line.find('{');
  definition.head = line.substr(0, brace);
  const bool is_open = brace != std::string::npos && line.find('}', brace) == std::string::npos;
  while (is_open && !line.starts_with("}") && std::getline(lines, line)) ++number;
  definition.last = number;
  return brace == std::string::npos ? Definition{} : definition;
}

}  // namespace

std::size_t count_quiet_functions(std::string_view source, const std::vector<Expectation>& expectations) {
  std::size_t count = 0;
  unsigned number = 0;
  std::istringstream lines{std::string(source)};
  for (std::string line; std::getline(lines, line);) {
    ++number;
    if (!begins_definition(line)) continue;
    const Definition definition = read_definition(lines, line, number);
    const bool is_expected = std::any_of(expectations.begin(), expectations.end(), [&](const auto& expected) {
      return expected.line >= definition.first && expected.line <= definition.last;
    });
    count += definition.head.find(')') != std::string::npos && !is_expected;
  }
  return count;
}

}  // namespace corolint
