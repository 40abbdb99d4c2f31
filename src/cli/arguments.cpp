// The only user of CLI11. Its exit codes and exceptions end here.

#include "cli/arguments.h"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <map>

#include "output/version.h"

namespace corolint {

namespace {

const std::map<std::string, Format> formats = {
    {"full", Format::full}, {"concise", Format::concise}, {"json", Format::json}, {"sarif", Format::sarif}};
const std::map<std::string, Level> fail_levels = {
    {"error", Level::error}, {"warning", Level::warning}, {"note", Level::note}, {"never", Level::none}};
const std::map<std::string, Color> colors = {
    {"auto", Color::automatic}, {"always", Color::always}, {"never", Color::never}};

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

template <typename Value>
std::string names_of(const std::map<std::string, Value>& words) {
  std::string names;
  for (const auto& [name, value] : words) names += (names.empty() ? "" : ", ") + name;
  return names;
}

llvm::Expected<Output> read_output(const std::string& text) {
  const std::size_t colon = text.find(':');
  const auto format = formats.find(text.substr(0, colon));
  if (format == formats.end())
    return llvm::createStringError("--output: unknown format '%s'; there are %s",
                                   text.substr(0, colon).c_str(), names_of(formats).c_str());
  if (colon == text.size() - 1) return llvm::createStringError("--output: no file after '%s'", text.c_str());
  return Output{format->second, colon == std::string::npos ? "" : text.substr(colon + 1)};
}

llvm::Error read_outputs(const std::vector<std::string>& texts, CheckRequest& request) {
  for (const std::string& text : texts) {
    auto output = read_output(text);
    if (!output) return output.takeError();
    for (const Output& other : request.outputs)
      if (other.file == output->file)
        return llvm::createStringError(
            "--output: two formats would be written to %s; give one a file, as in '%s:FILE'",
            other.file.empty() ? "stdout" : other.file.c_str(), text.c_str());
    request.outputs.push_back(*output);
  }
  return llvm::Error::success();
}

// What CLI11 writes into.
struct Values {
  std::vector<std::string> outputs;
  std::string build, fail_on = "error", color = "auto", on_broken = "fail";
};

CLI::App* add_check(CLI::App& app, CheckRequest& request, Values& values) {
  CLI::App* check = app.add_subcommand("check", "Find async mistakes (the default command)");
  check
      ->add_option("PATH", request.selection.paths,
                   "Files or folders [default: every unit of the compile database inside the project]")
      ->group("Arguments");
  check
      ->add_option("-p,--build", values.build,
                   "Compile database: a folder or the file [default: the nearest compile_commands.json]")
      ->group("Input")
      ->option_text("DIR|FILE");
  check->add_option("--models", request.models, "Models of your own libraries; repeatable")
      ->group("Input")
      ->option_text("FILE")
      ->allow_extra_args(false);
  check
      ->add_option("-o,--output", values.outputs,
                   "full, concise, json or sarif, to stdout or to FILE; repeatable\n"
                   "[default: full on a terminal, concise elsewhere]")
      ->group("Output")
      ->option_text("FORMAT[:FILE]")
      ->allow_extra_args(false);
  check->add_option("--color", values.color, "auto, always or never [default: auto]")
      ->group("Output")
      ->option_text("WHEN")
      ->check(CLI::IsMember(colors));
  check->add_flag("-q,--quiet", request.quiet, "No summary and no progress on stderr")->group("Output");
  check
      ->add_option("--fail-on", values.fail_on,
                   "error, warning, note or never: what makes the exit status 1 [default: error]")
      ->group("Gate")
      ->option_text("LEVEL")
      ->check(CLI::IsMember(fail_levels));
  check
      ->add_option(
          "--on-broken", values.on_broken,
          "fail or warn: whether units that could not be analysed make the exit status 3 [default: fail]")
      ->group("Gate")
      ->option_text("MODE")
      ->check(CLI::IsMember({"fail", "warn"}));
  check->add_option("-j,--jobs", request.jobs, "Worker processes [default: one for each processor]")
      ->group("Running")
      ->option_text("N")
      ->check(CLI::Range(1u, 1024u));
  check->footer(std::string(check_footer) + exit_statuses);
  return check;
}

CLI::App* add_models(CLI::App& app, ModelsRequest& request) {
  CLI::App* models = app.add_subcommand("models", "List the library models, or say what is known of a name");
  models->add_option("NAME", request.names, "Qualified names, such as boost::asio::read")->group("Arguments");
  models->add_option("--models", request.models, "Models of your own libraries; repeatable")
      ->group("Input")
      ->option_text("FILE")
      ->allow_extra_args(false);
  models->add_flag("--schema", request.schema, "Print the JSON Schema of library models")->group("Output");
  return models;
}

llvm::Error finish_check(const Values& values, CheckRequest& request) {
  if (!values.build.empty()) request.selection.build = values.build;
  request.fail_on = fail_levels.at(values.fail_on);
  request.color = colors.at(values.color);
  request.broken_fails = values.on_broken == "fail";
  return read_outputs(values.outputs, request);
}

// Cuts what follows `--` off: those are compiler flags, and CLI11 would take them for paths.
std::optional<std::vector<std::string>> take_flags(std::vector<std::string>& words) {
  const auto dashes = std::find(words.begin(), words.end(), "--");
  if (dashes == words.end()) return std::nullopt;
  std::vector<std::string> flags(dashes + 1, words.end());
  words.erase(dashes, words.end());
  return flags;
}

bool names_a_command(const std::string& word) {
  return word == "check" || word == "rules" || word == "explain" || word == "models" || word == "-h" ||
         word == "--help" || word == "--version";
}

std::string version_text() {
  return "corolint " + std::string(tool_version()) + "\n" + std::string(clang_version()) + "\n";
}

llvm::Expected<Request> parse_words(CLI::App& app, std::vector<std::string> words) {
  Request request;
  Values values;
  CLI::App* check = add_check(app, request.check, values);
  CLI::App* rules = app.add_subcommand("rules", "List the rules");
  CLI::App* explain = app.add_subcommand("explain", "Print the page of a rule");
  explain->add_option("RULE", request.rule, "The rule's name")->required()->group("Arguments");
  CLI::App* models = add_models(app, request.models);
  request.check.selection.flags = take_flags(words);
  if (words.empty() || !names_a_command(words.front())) words.insert(words.begin(), "check");
  std::reverse(words.begin(), words.end());  // CLI11 takes them from the back
  app.parse(words);
  if (rules->parsed()) request.command = Request::Command::rules;
  if (explain->parsed()) request.command = Request::Command::explain;
  if (models->parsed()) request.command = Request::Command::models;
  if (check->parsed())
    if (llvm::Error error = finish_check(values, request.check)) return error;
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
