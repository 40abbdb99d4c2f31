// Rules as code review shows them. The limits are those of the strictest host that reads the log; the page's
// own words are used, so rule.md stays the only place where a rule is described.

#include "output/sarif_rule.h"

#include "output/fold.h"
#include "output/spelling.h"

#include "llvm/ADT/StringExtras.h"

#include <algorithm>
#include <array>
#include <set>
#include <sstream>

namespace corolint {

namespace {

using Json = nlohmann::ordered_json;

constexpr std::string_view home = "https://github.com/corolint/corolint";

std::string pascal_case(std::string_view kebab) {
  std::string name;
  bool starts_word = true;
  for (const char c : kebab) {
    if (c != '-') name += starts_word ? llvm::toUpper(c) : c;
    starts_word = c == '-';
  }
  return name;
}

// Returns the first paragraph of `text` on one line.
std::string first_paragraph(const std::string& text) {
  std::string paragraph = text.substr(0, text.find("\n\n"));
  std::ranges::replace(paragraph, '\n', ' ');
  return paragraph;
}

// Returns the sections that help with a finding, headed by `mark` and their names.
std::string help_of(const RuleEntry& entry, std::string_view mark) {
  std::string help;
  for (const std::string_view heading : std::array{"What goes wrong", "Example", "Instead"}) {
    const std::string section = entry.section(heading);
    if (section.empty()) continue;
    help += help.empty() ? "" : "\n\n";
    help.append(mark).append(heading).append("\n\n").append(section);
  }
  return help.empty() ? as_sentence(entry.summary()) : help;
}

// Returns `markdown` without the lines that only fence code.
std::string without_fences(const std::string& markdown) {
  std::istringstream lines(markdown);
  std::string line, text;
  while (std::getline(lines, line))
    if (!line.starts_with("```")) text += (text.empty() ? "" : "\n") + line;
  return text;
}

// Returns the word that code review hosts order rules by, or nothing where nothing was measured.
std::string_view precision_name(Precision precision) {
  switch (precision) {
    case Precision::very_high:
      return "very-high";
    case Precision::high:
      return "high";
    case Precision::medium:
      return "medium";
    case Precision::low:
      return "low";
    case Precision::unknown:
      break;
  }
  return {};
}

Json properties_of(const Rule& rule) {
  Json tags = {"async", "coroutine"};
  if (!rule.group.empty()) tags.push_back(rule.group);
  if (rule.cwe != 0) {
    tags.push_back("external/cwe/cwe-" + std::to_string(rule.cwe));  // what GitHub reads
    tags.push_back("cwe-" + std::to_string(rule.cwe));               // what GitLab reads
  }
  const bool is_minor = rule.level == Level::note || rule.level == Level::none;
  Json properties = {{"tags", tags},
                     {"problem.severity", is_minor ? "recommendation" : level_name(rule.level)}};
  if (const std::string_view precision = precision_name(rule.precision); !precision.empty())
    properties["precision"] = precision;
  return properties;
}

Json relationships_of(const Rule& rule) {
  return Json::array(
      {{{"target", {{"id", std::to_string(rule.cwe)}, {"toolComponent", {{"name", "CWE"}, {"index", 0}}}}},
        {"kinds", {"superset"}}}});
}

Json sarif_rule(const RuleEntry& entry) {
  const std::string summary = as_sentence(entry.summary());
  const std::string why = first_paragraph(entry.section("What goes wrong"));
  const std::string markdown = help_of(entry, "## ");
  Json rule = {{"id", entry.name},
               {"name", pascal_case(entry.name)},
               {"shortDescription", {{"text", shortened(summary, 120)}}},
               {"fullDescription", {{"text", shortened(why.empty() ? summary : as_sentence(why), 1000)}}},
               {"help", {{"text", without_fences(help_of(entry, ""))}, {"markdown", markdown}}},
               {"helpUri", rule_page(entry.name)},
               {"defaultConfiguration", {{"level", level_name(entry.rule.level)}}}};
  if (entry.rule.level == Level::none) rule["defaultConfiguration"]["enabled"] = false;
  for (const Message& message : entry.rule.messages)
    rule["messageStrings"][std::string(message.id)] = {{"text", as_sentence(message.text)}};
  if (entry.rule.cwe != 0) rule["relationships"] = relationships_of(entry.rule);
  rule["properties"] = properties_of(entry.rule);
  return rule;
}

}  // namespace

std::string rule_page(std::string_view rule) {
  return std::string(home).append("/blob/main/rules/").append(rule).append("/rule.md");
}

Json sarif_rules(const Report& report) {
  Json rules = Json::array();
  for (const RuleEntry* entry : report.rules) rules.push_back(sarif_rule(*entry));
  return rules;
}

Json sarif_taxonomies(const Report& report) {
  std::set<int> numbers;
  for (const RuleEntry* entry : report.rules) numbers.insert(entry->rule.cwe);
  numbers.erase(0);
  if (numbers.empty()) return Json::array();
  Json taxa = Json::array();
  for (const int number : numbers) {
    const std::string id = std::to_string(number);
    taxa.push_back({{"id", id}, {"helpUri", "https://cwe.mitre.org/data/definitions/" + id + ".html"}});
  }
  return Json::array({{{"name", "CWE"},
                       {"organization", "MITRE"},
                       {"shortDescription", {{"text", "The MITRE Common Weakness Enumeration."}}},
                       {"informationUri", "https://cwe.mitre.org/"},
                       {"isComprehensive", false},
                       {"taxa", taxa}}});
}

}  // namespace corolint
