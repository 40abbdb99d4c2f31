#include "cli/option_table.h"

#include "engine/own_rules.h"
#include "llvm/ADT/StringExtras.h"
#include "output/format.h"
#include "rule/rule.h"

namespace corolint {

namespace {

// CLI11 keeps a choice's words only in its description: "{always,auto,never}".
std::vector<std::string> words_of(CLI::Option& option) {
  std::vector<std::string> words;
  try {
    const std::string description = option.get_validator(0)->get_description();
    const llvm::StringRef text = description;
    if (text.starts_with("{") && text.ends_with("}"))
      for (const llvm::StringRef word : llvm::split(text.drop_front().drop_back(), ','))
        words.push_back(word.str());
  } catch (const CLI::OptionNotFound&) {  // it takes any text
  }
  return words;
}

// What CLI11 cannot know: these are checked elsewhere.
std::vector<std::string> known_words(const std::string& argument) {
  std::vector<std::string> words;
  if (llvm::StringRef(argument).starts_with("FORMAT["))
    for (const Format& format : formats()) words.emplace_back(format.name);
  if (llvm::StringRef(argument).starts_with("RULE")) {
    words = rule_groups();
    for (const RuleEntry* rule : every_rule()) words.emplace_back(rule->name);
  }
  return words;
}

OptionRow row_of(CLI::Option& option) {
  OptionRow row;
  for (const std::string& name : option.get_snames()) row.names.push_back("-" + name);
  for (const std::string& name : option.get_lnames()) row.names.push_back("--" + name);
  if (option.get_items_expected_max() > 0)
    row.argument = row.names.empty() ? option.get_name() : option.get_option_text();
  row.does = option.get_description();
  row.group = option.get_group();
  row.choices = words_of(option);
  if (row.choices.empty()) row.choices = known_words(row.argument);
  return row;
}

void add_commands(CLI::App& app, const std::string& above, std::vector<CommandRow>& commands) {
  for (CLI::App* one : app.get_subcommands([](CLI::App*) { return true; })) {
    CommandRow command{above + one->get_name(), one->get_description(), {}, {}};
    for (CLI::Option* option : one->get_options()) {
      OptionRow row = row_of(*option);
      (row.names.empty() ? command.arguments : command.options).push_back(std::move(row));
    }
    const std::string prefix = command.name + " ";
    commands.push_back(std::move(command));
    add_commands(*one, prefix, commands);
  }
}

}  // namespace

OptionTable option_table(CLI::App& app) {
  OptionTable table{app.get_description(), {}, {}};
  for (CLI::Option* option : app.get_options()) table.options.push_back(row_of(*option));
  add_commands(app, "", table.commands);
  return table;
}

}  // namespace corolint
