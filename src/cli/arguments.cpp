// CLI11's exit codes and exceptions end here.

#include "cli/arguments.h"

#include <algorithm>

#include "cli/options.h"
#include "output/version.h"

namespace corolint {

namespace {

constexpr auto exit_statuses = R"(Exit status:
  0   no finding at or above --fail-on, everything analysed
  1   findings
  2   bad usage, no compile database, nothing selected
  3   some units could not be analysed (and no finding that fails)
  70  internal error
)";

constexpr auto check_footer = R"(After '--' come compiler flags for sources without a compile database.

Examples:
  corolint check -p build src/
  corolint check server.cpp -- -std=c++20 -I include
  corolint check -o full -o sarif:corolint.sarif
  corolint explain blocking-call-in-coroutine
  corolint models boost::asio::read

)";

CLI::App* add_check(CLI::App& app, CheckRequest& request, OptionTexts& texts) {
  CLI::App* check = app.add_subcommand("check", "Find async mistakes (the default command)");
  add_input_options(*check, request.input, texts);
  add_fix_options(*check, request.fix);
  add_gate_options(*check, request.gate, texts);
  check->add_option("--save", request.save, "Also write the result for 'corolint gate' and 'corolint diff'")
      ->group("Output")
      ->option_text("FILE");
  add_jobs_option(*check, request.jobs);
  check->footer(std::string(check_footer) + exit_statuses);
  return check;
}

CLI::App* add_models(CLI::App& app, ModelsRequest& request) {
  CLI::App* models = app.add_subcommand("models", "List the library models, or say what is known of a name");
  models->add_option("NAME", request.names, "Qualified names, such as boost::asio::read")->group("Arguments");
  add_models_option(*models, request.models);
  models->add_flag("--schema", request.schema, "Print the JSON Schema of library models")->group("Output");
  return models;
}

// Cuts what follows `--` off: those are compiler flags, and CLI11 would take them for paths.
std::optional<std::vector<std::string>> take_flags(std::vector<std::string>& words) {
  const auto dashes = std::find(words.begin(), words.end(), "--");
  if (dashes == words.end()) return std::nullopt;
  std::vector<std::string> flags(dashes + 1, words.end());
  words.erase(dashes, words.end());
  return flags;
}

bool names_a_command(const CLI::App& app, const std::string& word) {
  if (word == "-h" || word == "--help" || word == "--version") return true;
  const auto commands = app.get_subcommands([](const CLI::App*) { return true; });
  return std::any_of(commands.begin(), commands.end(),
                     [&](const CLI::App* command) { return command->check_name(word); });
}

std::string version_text() {
  return "corolint " + std::string(tool_version()) + "\n" + std::string(clang_version()) + "\n";
}

llvm::Expected<Request> parse_words(CLI::App& app, std::vector<std::string> words) {
  Request request;
  OptionTexts texts;
  const auto chosen = [&](Request::Command command) {
    return [&request, command] { request.command = command; };
  };
  add_check(app, request.check, texts);
  app.add_subcommand("rules", "List the rules")->callback(chosen(Request::Command::rules));
  CLI::App* explain = app.add_subcommand("explain", "Print the page of a rule");
  explain->add_option("RULE", request.rule, "The rule's name")->required()->group("Arguments");
  explain->callback(chosen(Request::Command::explain));
  add_models(app, request.models)->callback(chosen(Request::Command::models));
  add_stage_commands(app, request, texts);
  request.check.input.selection.flags = take_flags(words);
  if (words.empty() || !names_a_command(app, words.front())) words.insert(words.begin(), "check");
  std::reverse(words.begin(), words.end());  // CLI11 takes them from the back
  app.parse(words);
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
  app.footer(std::string(check_footer) + exit_statuses + "\nSee 'corolint check --help' for all options.");
  const auto printed = [](std::string text) {
    Request request;
    request.command = Request::Command::text;
    request.text = std::move(text);
    return request;
  };
  try {
    return parse_words(app, {arguments + std::min(count, 1), arguments + count});
  } catch (const CLI::CallForVersion&) {
    return printed(version_text());
  } catch (const CLI::CallForHelp&) {
    const auto chosen = app.get_subcommands();
    return printed(chosen.empty() ? app.help() : chosen.front()->help());
  } catch (const CLI::ParseError& error) {
    return llvm::createStringError("%s (see 'corolint check --help')", error.what());
  }
}

}  // namespace corolint
