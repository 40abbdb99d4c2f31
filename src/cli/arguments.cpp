// CLI11's exit codes and exceptions end here.

#include "cli/arguments.h"

#include <algorithm>
#include <array>

#include "cli/completion.h"
#include "cli/help_texts.h"
#include "cli/man_page.h"
#include "cli/option_table.h"
#include "cli/options.h"
#include "cli/run_options.h"
#include "cli/usage_error.h"
#include "cli/values.h"
#include "llvm/Support/FileSystem.h"
#include "output/version.h"
#include "project/nearest.h"

namespace corolint {

namespace {

void add_check(CLI::App& check, Request& request, OptionTexts& texts) {
  CheckRequest& asked = request.check;
  add_input_options(check, asked.input, texts);
  check.add_flag("--allow-empty", asked.input.allow_empty, "That nothing is selected is no error")
      ->group("Input");
  check
      .add_option("--stdin-filename", asked.input.stdin_filename,
                  "With '-' for PATH, what stands on stdin is the text of FILE: its name and its\n"
                  "compile command hold, the file itself need not be there and stays as it is")
      ->group("Input")
      ->option_text("FILE");
  add_fix_options(check, asked.fix);
  add_gate_options(check, asked.gate, texts);
  check.add_option("--save", asked.save, "Also write the result for 'corolint gate' and 'corolint diff'")
      ->group("Output")
      ->option_text("FILE");
  add_run_options(check, asked.run);
  check.add_flag("--watch", asked.watch, "Run again when a file changes that was read, until Ctrl-C")
      ->group("Running");
  check.footer(after_check_options());
}

void add_rules(CLI::App& rules, Request& request, OptionTexts&) {
  rules.add_option("-o,--output", request.format, "table, json or markdown [default: table]")
      ->group("Output")
      ->option_text("FORMAT")
      ->check(one_of({"table", "json", "markdown"}));
}

void add_explain(CLI::App& explain, Request& request, OptionTexts&) {
  explain.add_option("RULE", request.rule, "The name of a rule or of a group")
      ->required()
      ->group("Arguments");
}

void add_models(CLI::App& models, Request& request, OptionTexts&) {
  models.add_option("NAME", request.models.names, "Qualified names, such as boost::asio::read")
      ->group("Arguments");
  add_models_option(models, request.models.models);
  models.add_flag("--schema", request.models.schema, "Print the JSON Schema of library models")
      ->group("Output");
}

void add_cache(CLI::App& cache, Request& request, OptionTexts&) {
  add_cache_commands(cache, request);
}

void add_doctor(CLI::App& doctor, Request& request, OptionTexts& texts) {
  add_input_options(doctor, request.check.input, texts);
}

void add_lsp(CLI::App& lsp, Request& request, OptionTexts& texts) {
  add_project_options(lsp, request.check.input, texts);
  add_baseline_option(lsp, request.check.gate.fresh);
  add_run_options(lsp, request.check.run);
}

using Command = Request::Command;

constexpr std::array first_commands = {
    CommandEntry{"check", "Find async mistakes (the default command)", Command::check, add_check},
    CommandEntry{"rules", "List the rules", Command::rules, add_rules},
    CommandEntry{"explain", "Print the page of a rule", Command::explain, add_explain},
    CommandEntry{"models", "List the library models, or say what is known of a name", Command::models,
                 add_models},
};
constexpr std::array last_commands = {
    CommandEntry{"cache", "Show or empty the folder that keeps results between runs", Command::cache,
                 add_cache},
    CommandEntry{"doctor", "Say what would be analysed, how, and why not", Command::doctor, add_doctor},
    CommandEntry{"lsp", "Serve an editor: the Language Server Protocol on stdin and stdout", Command::lsp,
                 add_lsp},
};

std::vector<CommandEntry> command_entries() {
  std::vector<CommandEntry> entries(first_commands.begin(), first_commands.end());
  entries.insert(entries.end(), stage_commands().begin(), stage_commands().end());
  entries.insert(entries.end(), last_commands.begin(), last_commands.end());
  return entries;
}

// Cuts what follows `--` off: those are compiler flags, and CLI11 would take them for paths.
std::optional<std::vector<std::string>> take_flags(std::vector<std::string>& words) {
  const auto dashes = std::find(words.begin(), words.end(), "--");
  if (dashes == words.end()) return std::nullopt;
  std::vector<std::string> flags(dashes + 1, words.end());
  words.erase(dashes, words.end());
  return flags;
}

std::vector<std::string> command_names(const CLI::App& app) {
  std::vector<std::string> names;
  for (const CLI::App* command : app.get_subcommands([](const CLI::App*) { return true; }))
    names.push_back(command->get_name());
  return names;
}

bool is_in(const std::vector<std::string>& words, const std::string& word) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

// "help" and "version" are what people type who know other tools.
void replace_help_and_version(std::vector<std::string>& words) {
  if (words.empty()) return;
  if (words.front() == "version") words.front() = "--version";
  if (words.front() != "help") return;
  words.erase(words.begin());
  words.emplace_back("--help");
}

// Puts the default command before words that start with none. A word that is neither a command nor a file is
// told as such: taken for a path it would only be called missing.
llvm::Error complete_command(const CLI::App& app, std::vector<std::string>& words) {
  const std::vector<std::string> commands = command_names(app);
  const std::string first = words.empty() ? "" : words.front();
  if (is_in(commands, first) || is_in({"-h", "--help", "--version"}, first)) return llvm::Error::success();
  const bool is_path = first.find_first_of("./-") != std::string::npos || llvm::sys::fs::exists(first);
  if (!first.empty() && !is_path)
    return llvm::createStringError("there is no command, file or folder '%s'%s (see 'corolint --help')",
                                   first.c_str(), did_you_mean(first, commands).c_str());
  words.insert(words.begin(), "check");
  return llvm::Error::success();
}

std::string version_text() {
  return "corolint " + std::string(tool_version()) + "\nClang " + std::string(clang_version()) + "\n";
}

Request printed(std::string text) {
  Request request;
  request.command = Request::Command::text;
  request.text = std::move(text);
  return request;
}

// Adds the options of the command that the words call; where they call none, those of all, which are listed.
void add_options(CLI::App& app, const std::vector<CommandEntry>& entries, const std::string& first,
                 Request& request, OptionTexts& texts) {
  const bool is_one =
      std::ranges::any_of(entries, [&](const CommandEntry& entry) { return first == entry.name; });
  for (const CommandEntry& entry : entries)
    if (!is_one || first == entry.name) entry.add_options(*app.get_subcommand(entry.name), request, texts);
}

llvm::Expected<Request> parse_words(CLI::App& app, std::vector<std::string> words) {
  Request request;
  OptionTexts texts;
  const std::vector<CommandEntry> entries = command_entries();
  for (const CommandEntry& entry : entries)
    app.add_subcommand(entry.name, entry.does)->callback([&request, command = entry.command] {
      request.command = command;
    });
  std::string shell;
  CLI::App* completion = app.add_subcommand("completion", "Print completions for a shell");
  completion->add_option("SHELL", shell, "bash, zsh or fish")
      ->required()
      ->group("Arguments")
      ->check(one_of({"bash", "zsh", "fish"}));
  app.add_subcommand("man", "Print the manual page, for man");
  app.add_subcommand("help", "Print the help of a command");
  app.add_subcommand("version", "Print the version of corolint and of its Clang");
  replace_help_and_version(words);
  request.check.input.selection.flags = take_flags(words);
  if (llvm::Error error = complete_command(app, words)) return error;
  add_options(app, entries, words.front(), request, texts);
  std::reverse(words.begin(), words.end());  // CLI11 takes them from the back
  app.parse(words);
  if (!shell.empty()) return printed(completion_script(option_table(app), shell));
  if (app.got_subcommand("man")) return printed(man_page(option_table(app)));
  if (llvm::Error error = finish_options(texts, request)) return error;
  return request;
}

}  // namespace

llvm::Expected<Request> read_arguments(int count, char** arguments) {
  CLI::App app(
      "Find mistakes in asynchronous C++: blocking calls in coroutines, dropped awaitables and more.",
      "corolint");
  app.set_version_flag("--version", version_text());
  app.require_subcommand(0, 1);
  app.get_formatter()->label("SUBCOMMAND", "COMMAND");
  app.get_formatter()->label("Subcommands", "Commands");
  app.get_formatter()->label("Positionals", "Arguments");
  app.get_formatter()->label("REQUIRED", "");
  app.get_formatter()->label("TEXT", "");
  app.footer(after_check_options() + "\nSee 'corolint check --help' for all options.");
  try {
    return parse_words(app, {arguments + std::min(count, 1), arguments + count});
  } catch (const CLI::CallForVersion&) {
    return printed(version_text());
  } catch (const CLI::CallForHelp&) {
    return printed(app.help());
  } catch (const CLI::ParseError& error) {
    return llvm::createStringError(usage_error(app, error));
  }
}

}  // namespace corolint
