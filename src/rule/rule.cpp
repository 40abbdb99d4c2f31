#include "rule/rule.h"

#include <algorithm>
#include <sstream>
#include <string>

namespace corolint {

std::string RuleEntry::summary() const {
  std::istringstream lines{std::string(page)};
  std::string line, joined;
  std::getline(lines, line);  // "# name"
  while (std::getline(lines, line) && (joined.empty() || !line.empty()))
    if (!line.empty()) joined += (joined.empty() ? "" : " ") + line;
  return joined;
}

std::string RuleEntry::section(std::string_view heading) const {
  const std::string start = "\n## " + std::string(heading) + "\n";
  const std::size_t at = page.find(start);
  if (at == std::string_view::npos) return {};
  const std::size_t begin = at + start.size();
  const std::size_t end = page.find("\n## ", begin - 1);
  std::string_view text = page.substr(begin, end == std::string_view::npos ? end : end - begin);
  while (!text.empty() && text.front() == '\n') text.remove_prefix(1);
  while (!text.empty() && text.back() == '\n') text.remove_suffix(1);
  return std::string(text);
}

std::string RuleEntry::page_with_options() const {
  std::string text(page);
  if (rule.options.empty()) return text;
  std::string section = "\n## Options\n\n";
  for (const Option& option : rule.options)
    section += "- `" + std::string(option.name) + "` (default `" + spelled(option.standard) +
               "`): " + std::string(option.what) + ".\n";
  return text.insert(std::min(text.find("\n## Limits\n"), text.size()), section);
}

}  // namespace corolint
