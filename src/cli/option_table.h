#pragma once

// All commands and options as data, read back from CLI11, so that completions and the manual cannot disagree
// with what the program takes.

#include <CLI/CLI.hpp>
#include <string>
#include <vector>

namespace corolint {

struct OptionRow {
  std::vector<std::string> names;    // "-o", "--output"; empty for a positional argument
  std::string argument;              // the placeholder: "FORMAT[:FILE]"; empty for a flag
  std::string does;                  // one or more lines
  std::string group;                 // the heading it stands under in help
  std::vector<std::string> choices;  // the words that it takes, if they are known
};

struct CommandRow {
  std::string name;  // with that of the command above it: "config show"
  std::string does;
  std::vector<OptionRow> options, arguments;
};

struct OptionTable {
  std::string does;                  // what the program is for, one sentence
  std::vector<OptionRow> options;    // before any command
  std::vector<CommandRow> commands;  // in the order of help; a command's own commands follow it
};

OptionTable option_table(CLI::App& app);

}  // namespace corolint
