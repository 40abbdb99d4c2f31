#pragma once

// The options that several commands share, so that they are spelled and described once.

#include <CLI/CLI.hpp>

#include "cli/arguments.h"
#include "llvm/ADT/ArrayRef.h"

namespace corolint {

// What CLI11 writes into before it is checked.
struct OptionTexts {
  std::vector<std::string> outputs;
  std::string build, fail_on, color = "auto", on_broken, shard, graph_format = "text", chain = "folded",
                              sarif_profile = "full";
  bool statistics = false, include_suppressed = false;
};

// What is analysed, and how it is found: the paths, and the rest of it.
void add_input_options(CLI::App& command, InputRequest& request, OptionTexts& texts);
void add_project_options(CLI::App& command, InputRequest& request, OptionTexts& texts);
void add_gate_options(CLI::App& command, GateRequest& request, OptionTexts& texts);
void add_config_options(CLI::App& command, ConfigRequest& request);
void add_rule_options(CLI::App& command, std::vector<RuleFlag>& rules);
void add_baseline_option(CLI::App& command, NewRequest& request);
void add_new_options(CLI::App& command, NewRequest& request);
void add_fix_options(CLI::App& command, FixRequest& request);
void add_models_option(CLI::App& command, std::vector<std::string>& models);

// Takes the texts that speak of the gate over into the request; an error says what is wrong with them.
llvm::Error finish_gate_options(const OptionTexts& texts, GateRequest& request);

// Likewise all of them.
llvm::Error finish_options(const OptionTexts& texts, Request& request);

// One of the program's commands. To add the options of all of them would take longer than to see that nothing
// has changed: that is left to who knows which one is wanted.
struct CommandEntry {
  const char* name;
  const char* does;
  Request::Command command;
  void (*add_options)(CLI::App&, Request&, OptionTexts&);
};

// Returns the commands `plan`, `facts`, `link`, `gate`, `graph`, `config`, `baseline`, `diff` and `suppress`.
llvm::ArrayRef<CommandEntry> stage_commands();

}  // namespace corolint
