// How results are shown and what they mean for the exit status: the options of `check`, `gate` and `diff`.

#include "cli/options.h"

#include <map>

#include "cli/values.h"
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
    return llvm::createStringError("--output: unknown format '%s'%s (there are %s)", name.str().c_str(),
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

// How text for people looks.
void add_text_options(CLI::App& command, GateRequest& request, OptionTexts& texts) {
  command
      .add_option(
          "--context", request.context,
          "Source lines at each place of 'full': 0 none, 1 its own, 2 also its neighbours [default: 1]")
      ->group("Output")
      ->option_text("N")
      ->check(number_from(0, 1000));
  command
      .add_option("--chain", texts.chain,
                  "folded, full or none: how much of a long call chain 'full' shows [default: folded]")
      ->group("Output")
      ->option_text("HOW")
      ->check(one_of({"folded", "full", "none"}));
  command.add_flag("--statistics", texts.statistics, "Counts by rule instead of findings: -o statistics")
      ->group("Output");
  command.add_option("--color", texts.color, "auto, always or never [default: auto]")
      ->group("Output")
      ->option_text("WHEN")
      ->check(one_of({"auto", "always", "never"}));
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
      ->check(one_of({"full", "github", "gitlab"}));
  command
      .add_option("--sarif-category", request.sarif.category,
                  "What tells this log from others of the same commit, such as the configuration's name")
      ->group("Output")
      ->option_text("NAME");
  command
      .add_flag("--sarif-root", request.sarif.with_root,
                "Write into the log where the project lies, for viewers that have only the log")
      ->group("Output");
  command
      .add_flag("--sarif-timestamps", request.with_times,
                "Write into the log when the run began and ended: no two logs are equal then")
      ->group("Output");
  command
      .add_flag("--include-absent", request.sarif.with_absent,
                "Also write into the log what the baseline or the old result knows and is found no more")
      ->group("Output");
  command
      .add_flag("--include-suppressed", texts.include_suppressed,
                "Also tell what comments and the baseline hide, marked as such; not in the formats of hosts\n"
                "that know no such marks")
      ->group("Output");
  command
      .add_option(
          "--fail-on", texts.fail_on,
          "error, warning, note or never: what makes the exit status 1\n[default: as configured, else error]")
      ->group("Gate")
      ->option_text("LEVEL")
      ->check(one_of({"error", "warning", "note", "never"}));
  command.add_flag("--exit-zero", request.exit_zero, "Findings do not change the exit status")->group("Gate");
  command
      .add_option("--on-broken", texts.on_broken,
                  "fail or warn: whether units that could not be analysed make the exit status 3\n[default: "
                  "as configured, else fail]")
      ->group("Gate")
      ->option_text("MODE")
      ->check(one_of({"fail", "warn"}));
}

llvm::Error finish_gate_options(const OptionTexts& texts, GateRequest& gate) {
  if (!texts.fail_on.empty()) gate.fail_on = fail_levels.at(texts.fail_on);
  gate.color = colors.at(texts.color);
  gate.chain = chains.at(texts.chain);
  if (texts.include_suppressed) gate.hidden = Hidden::told;
  gate.sarif.profile = sarif_profiles.at(texts.sarif_profile);
  if (gate.sarif.with_absent && gate.sarif.profile != SarifProfile::full)
    return llvm::createStringError(
        "--include-absent: %s would take what is fixed for open; leave it out, or --sarif-profile",
        texts.sarif_profile.c_str());
  if (!texts.on_broken.empty()) gate.broken_fails = texts.on_broken == "fail";
  return read_outputs(texts, gate);
}

}  // namespace corolint
