#include "cli/usage_error.h"

#include "llvm/ADT/StringExtras.h"
#include "project/nearest.h"

namespace corolint {

namespace {

// Returns the command as it is typed: "config show".
std::string typed_name(const CLI::App& command) {
  if (!command.get_parent()) return command.get_name();
  const std::string above = command.get_parent()->get_parent() ? typed_name(*command.get_parent()) + " " : "";
  return above + command.get_name();
}

std::vector<std::string> commands_of(const CLI::App& command) {
  std::vector<std::string> names;
  for (const CLI::App* one : command.get_subcommands([](const CLI::App*) { return true; }))
    names.push_back(one->get_name());
  return names;
}

std::string unknown_flag(const CLI::App& command, const std::string& word) {
  std::vector<std::string> flags;
  for (const CLI::Option* option : command.get_options())
    for (const std::string& name : option->get_lnames()) flags.push_back("--" + name);
  const std::string name = word.substr(0, word.find('='));
  return "unknown option '" + name + "' of '" + typed_name(command) + "'" + did_you_mean(name, flags);
}

std::string what_is_extra(const CLI::App& command, const std::vector<std::string>& words) {
  for (const std::string& word : words)
    if (word.starts_with('-') && word != "-") return unknown_flag(command, word);
  return "too many arguments for '" + typed_name(command) + "': '" + llvm::join(words, "', '") + "'";
}

std::string missing_command(const CLI::App& command, const std::vector<std::string>& words) {
  const std::vector<std::string> known = commands_of(command);
  const std::string name = typed_name(command), all = llvm::join(known, ", ");
  if (words.empty()) return "'" + name + "' alone does nothing: it needs one of " + all;
  if (words.front().starts_with('-')) return unknown_flag(command, words.front());
  const std::string near = nearest(words.front(), known);
  return "there is no '" + name + " " + words.front() + "'" +
         (near.empty() ? "; there are " + all : "; did you mean '" + name + " " + near + "'?");
}

// Returns "--output FORMAT[:FILE]" of the option that CLI11 names at the start of its text.
std::string missing_value(const CLI::App& command, const std::string& what) {
  const std::string name = what.substr(0, what.find_first_of(": "));
  const CLI::Option* option = command.get_option_no_throw(name);
  if (!option) return what;
  const std::string value = option->get_option_text();
  if (option->get_positional()) return "'" + typed_name(command) + "' needs more: " + value;
  return name + " needs a value: " + name + " " + value;
}

std::string missing_option(const CLI::App& command, const std::string& what) {
  const std::string name = what.substr(0, what.find(' '));
  const CLI::Option* option = command.get_option_no_throw(name);
  const std::string value = option && !option->get_positional() ? " " + option->get_option_text() : "";
  return "'" + typed_name(command) + "' needs " + name + value;
}

std::string sentence(const CLI::App& command, const std::vector<std::string>& extra,
                     const CLI::ParseError& error) {
  using CLI::ExitCodes;
  const std::string what = error.what();
  const auto kind = static_cast<ExitCodes>(error.get_exit_code());  // its name is at times the command's
  if (kind == ExitCodes::ExtrasError) return what_is_extra(command, extra);
  if (what == "A subcommand is required") return missing_command(command, extra);
  if (kind == ExitCodes::RequiredError) return missing_option(command, what);
  if (kind == ExitCodes::ArgumentMismatch) return missing_value(command, what);
  return what;
}

// Returns the innermost command that was chosen, or `app` itself.
const CLI::App& chosen_command(const CLI::App& app) {
  const auto chosen = app.get_subcommands();
  return chosen.empty() ? app : chosen_command(*chosen.front());
}

}  // namespace

std::string usage_error(const CLI::App& app, const CLI::ParseError& error) {
  const CLI::App& command = chosen_command(app);
  const std::string name = command.get_parent() ? typed_name(command) + " " : "";
  return sentence(command, app.remaining(true), error) + " (see 'corolint " + name + "--help')";
}

}  // namespace corolint
