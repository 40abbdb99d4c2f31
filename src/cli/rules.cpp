// `corolint rules`: what there is, for people, for pages and for programs.

#include <algorithm>
#include <nlohmann/json.hpp>

#include "cli/commands.h"
#include "cli/print.h"
#include "engine/own_rules.h"

namespace corolint {

namespace {

using Json = nlohmann::ordered_json;

std::string level_word(const Rule& rule) {
  return rule.level == Level::none ? "off" : std::string(level_name(rule.level));
}

std::string padded(const std::string& text, std::size_t width) {
  return text + std::string(text.size() < width ? width - text.size() : 0, ' ');
}

std::string as_table() {
  std::size_t width = 0, group_width = 0;
  for (const RuleEntry* entry : every_rule()) {
    width = std::max(width, entry->name.size());
    group_width = std::max(group_width, entry->rule.group.size());
  }
  std::string text;
  for (const RuleEntry* entry : every_rule()) {
    const Rule& rule = entry->rule;
    text += padded(std::string(entry->name), width + 2) + padded(level_word(rule), 9) +
            padded(std::string(rule.group), group_width + 2) + entry->summary() + "\n";
    for (const Option& option : rule.options)
      text += "    " + std::string(option.name) + ": " + spelled(option.standard) + "  " +
              std::string(option.what) + "\n";
  }
  return text;
}

std::string as_markdown() {
  std::string text = "| rule | default | group | finds |\n| --- | --- | --- | --- |\n";
  for (const RuleEntry* entry : every_rule())
    text += "| `" + std::string(entry->name) + "` | " + level_word(entry->rule) + " | " +
            std::string(entry->rule.group) + " | " + entry->summary() + " |\n";
  return text;
}

std::string as_json() {
  Json rules = Json::array();
  for (const RuleEntry* entry : every_rule()) {
    Json options = Json::array();
    for (const Option& option : entry->rule.options) {
      Json standard;
      std::visit([&](const auto& value) { standard = value; }, option.standard);
      options.push_back({{"name", option.name}, {"default", standard}, {"summary", option.what}});
    }
    rules.push_back({{"name", entry->name},
                     {"level", level_word(entry->rule)},
                     {"group", entry->rule.group},
                     {"cwe", entry->rule.cwe != 0 ? Json(entry->rule.cwe) : Json()},
                     {"summary", entry->summary()},
                     {"options", options},
                     {"page", entry->page}});
  }
  return Json{{"schema_version", 1}, {"rules", rules}}.dump(2) + "\n";
}

}  // namespace

llvm::Expected<int> list_rules(const std::string& format) {
  if (format == "json") return print_bytes(as_json());
  return format == "markdown" ? print_bytes(as_markdown()) : print(as_table());
}

}  // namespace corolint
