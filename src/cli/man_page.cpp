#include "cli/man_page.h"

#include <algorithm>

#include "cli/help_texts.h"
#include "llvm/ADT/StringExtras.h"
#include "output/version.h"

namespace corolint {

namespace {

// Returns `text` such that roff reads no requests in it and keeps its hyphens and quotes.
std::string roff(llvm::StringRef text) {
  std::string result;
  for (const char c : text) {
    if (c == '\\')
      result += "\\e";
    else if (c == '-')
      result += "\\-";
    else if (c == '\'')
      result += "\\(aq";
    else if (c == '.' && (result.empty() || result.back() == '\n'))
      result += "\\&.";
    else
      result += c;
  }
  return result;
}

std::string section(const std::string& title, const std::string& text) {
  return ".SH " + title + "\n" + text;
}

std::string verbatim(std::string_view text) {
  return ".nf\n" + roff(llvm::StringRef(text.data(), text.size())) + ".fi\n";
}

std::string entry(const OptionRow& option) {
  std::string names;
  for (const std::string& name : option.names)
    names += (names.empty() ? "\\fB" : ", \\fB") + roff(name) + "\\fR";
  if (!option.argument.empty()) names += (names.empty() ? "\\fI" : " \\fI") + roff(option.argument) + "\\fR";
  std::string does = roff(option.does);
  std::replace(does.begin(), does.end(), '\n', ' ');
  return ".TP\n" + names + "\n" + does + "\n";
}

std::string synopsis(const CommandRow& command) {
  std::string text = ".B corolint " + roff(command.name) + "\n";
  if (!command.options.empty()) text += "[\\fIOPTIONS\\fR]\n";
  for (const OptionRow& argument : command.arguments) text += "\\fI" + roff(argument.argument) + "\\fR\n";
  return text + ".br\n";
}

std::string details(const CommandRow& command) {
  std::string text = ".SS corolint " + roff(command.name) + "\n" + roff(command.does) + ".\n";
  for (const OptionRow& argument : command.arguments) text += entry(argument);
  for (const OptionRow& option : command.options)
    if (option.names.back() != "--help") text += entry(option);
  return text;
}

}  // namespace

std::string man_page(const OptionTable& table) {
  std::string lines, commands;
  for (const CommandRow& command : table.commands) {
    lines += synopsis(command);
    commands += details(command);
  }
  const std::string version(tool_version());
  return ".TH COROLINT 1 \"\" \"corolint " + version + "\" \"User Commands\"\n" +
         section("NAME", "corolint \\- find mistakes in asynchronous C++\n") + section("SYNOPSIS", lines) +
         section("DESCRIPTION", roff(table.does) + "\nThe command check is the default.\n") +
         section("COMMANDS", commands) + section("EXIT STATUS", verbatim(exit_statuses())) +
         section("ENVIRONMENT", verbatim(environment())) + section("EXAMPLES", verbatim(examples()));
}

}  // namespace corolint
