#include "cli/options.h"

#include "cli/run_options.h"

#include <algorithm>

#include "llvm/ADT/StringRef.h"

namespace corolint {

namespace {

llvm::Error read_shard(const std::string& text, StageRequest& request) {
  if (text.empty()) return llvm::Error::success();
  const auto [index, count] = llvm::StringRef(text).split('/');
  const bool is_bad = index.getAsInteger(10, request.shard) || count.getAsInteger(10, request.shards);
  if (is_bad || request.shard < 1 || request.shard > request.shards)
    return llvm::createStringError("--shard: '%s' is not of the form I/N with I from 1 to N", text.c_str());
  return llvm::Error::success();
}

}  // namespace

namespace {

std::string wrong_headers(const std::string& given) {
  const bool is_word = given == "project" || given == "none";
  if (is_word || given.find_first_of("*?[{/.") != std::string::npos) return {};
  return "'" + given + "' is neither 'project', 'none' nor a glob such as 'include/**'";
}

// Options for what the configuration may say, too; each is taken as it comes.
void add_config_flags(CLI::App& command, ConfigRequest& request) {
  const auto add = [&](const char* option, const char* pointer, const char* value, const char* text,
                       auto read) {
    return command
        .add_option_function<std::string>(
            option,
            [&request, option, pointer, read](const std::string& given) {
              request.flags.push_back({option, pointer, read(given)});
            },
            text)
        ->group("Input")
        ->option_text(value)
        ->trigger_on_parse()
        ->multi_option_policy(CLI::MultiOptionPolicy::TakeLast);
  };
  const auto listed = [](const std::string& given) { return nlohmann::json::array({given}); };
  const auto word_or_glob = [](const std::string& given) {
    const bool is_word = given == "project" || given == "none";
    return is_word ? nlohmann::json(given) : nlohmann::json::array({given});
  };
  add("--exclude", "/exclude", "GLOB", "Neither analyse nor report in these files; repeatable", listed);
  add("--headers", "/headers", "WHICH",
      "The project's headers in which to report: project (all of them), none,\nor a glob [default: project]",
      word_or_glob)
      ->check(CLI::Validator(wrong_headers, ""));
  add("--extra-arg", "/compile/add", "ARG", "Add a compiler argument; repeatable", listed);
  add("--remove-arg", "/compile/remove", "GLOB", "Take compiler arguments out; repeatable", listed);
}

}  // namespace

void add_input_options(CLI::App& command, InputRequest& request, OptionTexts& texts) {
  command
      .add_option("PATH", request.selection.paths,
                  "Files or folders [default: every unit of the compile database inside the project]")
      ->group("Arguments");
  command
      .add_option(
          "--files-from", request.files_from,
          "A file that lists more of them, one a line; '-' is stdin. What is no C++ source is left out")
      ->group("Input")
      ->option_text("FILE");
  add_project_options(command, request, texts);
}

void add_project_options(CLI::App& command, InputRequest& request, OptionTexts& texts) {
  command
      .add_option("-p,--build", texts.build,
                  "Compile database: a folder or the file [default: the nearest compile_commands.json]")
      ->group("Input")
      ->option_text("DIR|FILE");
  command
      .add_option("--query-driver", request.selection.query_drivers,
                  "Run compilers whose path fits, to ask for their headers and target; repeatable")
      ->group("Input")
      ->option_text("GLOB")
      ->allow_extra_args(false);
  command
      .add_option("--path-map", request.selection.path_maps,
                  "A folder that the compile database calls FROM is TO here, as for one made in a\n"
                  "container; repeatable")
      ->group("Input")
      ->option_text("FROM=TO")
      ->allow_extra_args(false);
  add_config_flags(command, request.config);
  add_models_option(command, request.models);
  add_config_options(command, request.config);
  add_rule_options(command, request.rules);
}

void add_config_options(CLI::App& command, ConfigRequest& request) {
  command
      .add_option("-c,--config", request.settings,
                  "A configuration instead of the nearest .corolint.yaml, or one value,\n"
                  "such as gate.fail-on=warning; repeatable")
      ->group("Input")
      ->option_text("FILE|KEY=VALUE")
      ->allow_extra_args(false);
  command.add_flag("--isolated", request.is_isolated, "Look for no configuration")->group("Input");
}

// Later flags win, whichever they are: so each is taken as it comes.
void add_rule_options(CLI::App& command, std::vector<RuleFlag>& rules) {
  const auto add = [&](const char* name, Level level, const char* text) {
    command
        .add_option_function<std::string>(
            name, [&rules, level](const std::string& rule) { rules.push_back({level, rule}); }, text)
        ->group("Rules")
        ->option_text("RULE")
        ->trigger_on_parse()
        ->multi_option_policy(CLI::MultiOptionPolicy::TakeLast);
  };
  add("-D,--deny", Level::error,
      "Report the rule's findings as errors; RULE may be a group or a glob, later\nflags win");
  add("-W,--warn", Level::warning, "Report them as warnings");
  add("-A,--allow", Level::none, "Do not report them");
}

void add_baseline_option(CLI::App& command, NewRequest& request) {
  command
      .add_option("--baseline", request.baseline,
                  "File with the known findings [default: .corolint-baseline.json]")
      ->group("New findings only")
      ->option_text("FILE");
}

void add_new_options(CLI::App& command, NewRequest& request) {
  add_baseline_option(command, request);
  command.add_flag("--no-baseline", request.no_baseline, "Also those that the baseline knows")
      ->group("New findings only");
  CLI::Option* since =
      command.add_option("--since", request.since, "Only those on lines changed since the branch left REF");
  CLI::Option* lines = command.add_option("--changed-lines", request.changed_lines,
                                          "Only those on lines that differ from REF");
  CLI::Option* patch =
      command.add_option("--patch", request.patch, "Only those on lines that a patch changes; '-' is stdin");
  since->group("New findings only")->option_text("REF");
  lines->group("New findings only")->option_text("REF");
  patch->group("New findings only")->option_text("FILE");
}

void add_fix_options(CLI::App& command, FixRequest& request) {
  command.add_flag("--fix", request.apply, "Apply safe fixes, and check again")->group("Fixing");
  command
      .add_flag("--unsafe-fixes", request.with_unsafe,
                "With --fix or --diff: also those that may change what the program does")
      ->group("Fixing");
  command.add_flag("--diff", request.as_patch, "Print the fixes as a patch, change nothing")->group("Fixing");
}

void add_models_option(CLI::App& command, std::vector<std::string>& models) {
  command.add_option("--models", models, "Models of your own libraries; repeatable")
      ->group("Input")
      ->option_text("FILE")
      ->allow_extra_args(false);
}

namespace {

bool is_given_stdin(const InputRequest& input) {
  const auto& paths = input.selection.paths;
  return std::find(paths.begin(), paths.end(), "-") != paths.end();
}

llvm::Error check_stdin_file(const CheckRequest& check) {
  const InputRequest& input = check.input;
  if (!is_given_stdin(input)) {
    if (input.stdin_filename.empty()) return llvm::Error::success();
    return llvm::createStringError("--stdin-filename goes with '-' for PATH, which reads the file from stdin");
  }
  if (input.stdin_filename.empty())
    return llvm::createStringError(
        "'-' reads one file from stdin: say which one with --stdin-filename FILE, whose name and compile command "
        "it gets");
  if (input.selection.paths.size() > 1 || !input.files_from.empty())
    return llvm::createStringError("'-' reads one file from stdin, and stands alone: name no other paths");
  if (check.gate.fresh.patch == "-")
    return llvm::createStringError("both '-' and --patch - read stdin: write the patch to a file");
  if (check.watch)
    return llvm::createStringError("--watch waits for files to change, and what '-' reads from stdin is none");
  if (check.fix.apply)
    return llvm::createStringError(
        "--fix changes files, and what '-' reads from stdin is none: --diff prints the changes as a patch");
  return llvm::Error::success();
}

// CLI11 could keep options apart itself, but would say so in the middle of their help.
llvm::Error check_together(const Request& request) {
  using Given = std::pair<const char*, bool>;
  const NewRequest& fresh = request.check.gate.fresh;
  const FixRequest& fix = request.check.fix;
  const std::vector<std::vector<Given>> alternatives = {
      {{"--baseline", !fresh.baseline.empty()}, {"--no-baseline", fresh.no_baseline}},
      {{"--since", !fresh.since.empty()},
       {"--changed-lines", !fresh.changed_lines.empty()},
       {"--patch", !fresh.patch.empty()}},
      {{"--fix", fix.apply}, {"--diff", fix.as_patch}, {"--watch", request.check.watch}}};
  for (const std::vector<Given>& options : alternatives) {
    const char* first = nullptr;
    for (const auto& [name, is_given] : options) {
      if (is_given && first)
        return llvm::createStringError("%s and %s cannot be given together", first, name);
      if (is_given) first = name;
    }
  }
  if (request.command == Request::Command::check)
    if (llvm::Error error = check_stdin_file(request.check)) return error;
  if (fix.with_unsafe && !fix.apply && !fix.as_patch)
    return llvm::createStringError(
        "--unsafe-fixes goes with --fix, which applies them, or --diff, which shows them");
  return llvm::Error::success();
}

}  // namespace

llvm::Error finish_options(const OptionTexts& texts, Request& request) {
  if (!texts.build.empty()) request.check.input.selection.build = texts.build;
  if (llvm::Error error = check_together(request)) return error;
  request.graph.as_dot = texts.graph_format == "dot";
  if (llvm::Error error = finish_cache_options(request.check.run.cache)) return error;
  if (llvm::Error error = read_shard(texts.shard, request.stage)) return error;
  return finish_gate_options(texts, request.check.gate);
}

}  // namespace corolint
