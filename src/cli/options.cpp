#include "cli/options.h"

#include "cli/run_options.h"

#include <map>

#include "llvm/ADT/StringExtras.h"
#include "project/nearest.h"

namespace corolint {

namespace {

const std::map<std::string, Level> fail_levels = {
    {"error", Level::error}, {"warning", Level::warning}, {"note", Level::note}, {"never", Level::none}};
const std::map<std::string, Color> colors = {
    {"auto", Color::automatic}, {"always", Color::always}, {"never", Color::never}};
const std::map<std::string, Chain> chains = {
    {"folded", Chain::folded}, {"full", Chain::full}, {"none", Chain::none}};
const std::map<std::string, SarifProfile> sarif_profiles = {
    {"full", SarifProfile::full}, {"github", SarifProfile::github}, {"gitlab", SarifProfile::gitlab}};

// Returns "full (people, with source), concise (…), …", in lines that help has room for.
std::string list_of_formats() {
  std::string text, line;
  for (const Format& format : formats()) {
    const std::string item = std::string(format.name) + " (" + std::string(format.reader) + ")";
    if (!line.empty() && line.size() + item.size() > 76) {
      text += line + ",\n";
      line.clear();
    }
    line += (line.empty() ? "" : ", ") + item;
  }
  return text + line;
}

std::vector<std::string> format_names() {
  std::vector<std::string> names;
  for (const Format& format : formats()) names.emplace_back(format.name);
  return names;
}

llvm::Expected<Output> read_output(const std::string& text) {
  const auto [name, file] = llvm::StringRef(text).split(':');
  const Format* format = format_named(name);
  if (!format)
    return llvm::createStringError("--output: unknown format '%s'%s; there are %s", name.str().c_str(),
                                   did_you_mean(name, format_names()).c_str(),
                                   llvm::join(format_names(), ", ").c_str());
  if (!format->is_built_in)
    return llvm::createStringError(
        "--output: this corolint was built without '%s', since npm was missing; build it again where npm is",
        name.str().c_str());
  if (text.ends_with(':')) return llvm::createStringError("--output: no file after '%s'", text.c_str());
  return Output{format, file.str()};
}

llvm::Error read_outputs(const OptionTexts& all, GateRequest& request) {
  std::vector<std::string> texts = all.outputs;
  if (all.statistics) texts.emplace_back("statistics");
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

llvm::Error read_shard(const std::string& text, StageRequest& request) {
  if (text.empty()) return llvm::Error::success();
  const auto [index, count] = llvm::StringRef(text).split('/');
  const bool is_bad = index.getAsInteger(10, request.shard) || count.getAsInteger(10, request.shards);
  if (is_bad || request.shard < 1 || request.shard > request.shards)
    return llvm::createStringError("--shard: '%s' is not of the form I/N with I from 1 to N", text.c_str());
  return llvm::Error::success();
}

}  // namespace

void add_input_options(CLI::App& command, InputRequest& request, OptionTexts& texts) {
  command
      .add_option("PATH", request.selection.paths,
                  "Files or folders [default: every unit of the compile database inside the project]")
      ->group("Arguments");
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
  add("-D,--deny", Level::error, "Report the rule's findings as errors; RULE may be a glob, later flags win");
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
  since->group("New findings only")->option_text("REF")->excludes(lines)->excludes(patch);
  lines->group("New findings only")->option_text("REF")->excludes(patch);
  patch->group("New findings only")->option_text("FILE");
}

void add_fix_options(CLI::App& command, FixRequest& request) {
  CLI::Option* apply = command.add_flag("--fix", request.apply, "Apply safe fixes, and check again");
  apply->group("Fixing");
  command
      .add_flag("--unsafe-fixes", request.with_unsafe,
                "With --fix or --diff: also those that may change what the program does")
      ->group("Fixing");
  command.add_flag("--diff", request.as_patch, "Print the fixes as a patch, change nothing")
      ->group("Fixing")
      ->excludes(apply);
}

void add_models_option(CLI::App& command, std::vector<std::string>& models) {
  command.add_option("--models", models, "Models of your own libraries; repeatable")
      ->group("Input")
      ->option_text("FILE")
      ->allow_extra_args(false);
}

namespace {

// How text for people looks.
void add_text_options(CLI::App& command, GateRequest& request, OptionTexts& texts) {
  command
      .add_option(
          "--context", request.context,
          "Source lines at each place of 'full': 0 none, 1 its own, 2 also its neighbours [default: 1]")
      ->group("Output")
      ->option_text("N")
      ->check(CLI::Range(0u, 1000u));
  command
      .add_option("--chain", texts.chain,
                  "folded, full or none: how much of a long call chain 'full' shows [default: folded]")
      ->group("Output")
      ->option_text("HOW")
      ->check(CLI::IsMember(chains));
  command.add_flag("--statistics", texts.statistics, "Counts by rule instead of findings: -o statistics")
      ->group("Output");
  command.add_option("--color", texts.color, "auto, always or never [default: auto]")
      ->group("Output")
      ->option_text("WHEN")
      ->check(CLI::IsMember(colors));
  command.add_flag("-q,--quiet", request.quiet, "No summary and no progress on stderr")->group("Output");
}

}  // namespace

void add_gate_options(CLI::App& command, GateRequest& request, OptionTexts& texts) {
  add_new_options(command, request.fresh);
  command
      .add_option("-o,--output", texts.outputs,
                  "Write the report to stdout or to FILE; repeatable\n"
                  "[default: full on a terminal, concise elsewhere]:\n" +
                      list_of_formats())
      ->group("Output")
      ->option_text("FORMAT[:FILE]")
      ->allow_extra_args(false);
  add_text_options(command, request, texts);
  command
      .add_option("--sarif-profile", texts.sarif_profile,
                  "full, github or gitlab: leave out what the host would refuse the log for [default: full]")
      ->group("Output")
      ->option_text("HOST")
      ->check(CLI::IsMember(sarif_profiles));
  command
      .add_option("--sarif-category", request.sarif.category,
                  "What tells this log from others of the same commit, such as the configuration's name")
      ->group("Output")
      ->option_text("NAME");
  command
      .add_flag("--include-suppressed", request.sarif.with_hidden,
                "Also put into 'sarif' what comments and the baseline hide, marked as such")
      ->group("Output");
  command
      .add_option(
          "--fail-on", texts.fail_on,
          "error, warning, note or never: what makes the exit status 1\n[default: as configured, else error]")
      ->group("Gate")
      ->option_text("LEVEL")
      ->check(CLI::IsMember(fail_levels));
  command.add_flag("--exit-zero", request.exit_zero, "Findings do not change the exit status")->group("Gate");
  command
      .add_option("--on-broken", texts.on_broken,
                  "fail or warn: whether units that could not be analysed make the exit status 3\n[default: "
                  "as configured, else fail]")
      ->group("Gate")
      ->option_text("MODE")
      ->check(CLI::IsMember({"fail", "warn"}));
}

llvm::Error finish_options(const OptionTexts& texts, Request& request) {
  if (!texts.build.empty()) request.check.input.selection.build = texts.build;
  GateRequest& gate = request.check.gate;
  if (!texts.fail_on.empty()) gate.fail_on = fail_levels.at(texts.fail_on);
  gate.color = colors.at(texts.color);
  gate.chain = chains.at(texts.chain);
  gate.sarif.profile = sarif_profiles.at(texts.sarif_profile);
  if (!texts.on_broken.empty()) gate.broken_fails = texts.on_broken == "fail";
  const FixRequest& fix = request.check.fix;
  if (fix.with_unsafe && !fix.apply && !fix.as_patch)
    return llvm::createStringError(
        "--unsafe-fixes goes with --fix, which applies them, or --diff, which shows them");
  request.graph.as_dot = texts.graph_format == "dot";
  if (llvm::Error error = finish_cache_options(request.check.run.cache)) return error;
  if (llvm::Error error = read_shard(texts.shard, request.stage)) return error;
  return read_outputs(texts, gate);
}

}  // namespace corolint
