#include "cli/options.h"

#include <array>

#include "cli/run_options.h"
#include "cli/values.h"

namespace corolint {

namespace {

void add_plan(CLI::App& plan, Request& request, OptionTexts& texts) {
  add_input_options(plan, request.check.input, texts);
  plan.add_option("-o,--output", request.stage.output, "The plan's file")
      ->required()
      ->group("Output")
      ->option_text("FILE");
}

void add_facts(CLI::App& facts, Request& request, OptionTexts& texts) {
  facts.add_option("PLAN", request.stage.plan, "File made by 'corolint plan'")
      ->required()
      ->group("Arguments");
  facts.add_option("--shard", texts.shard, "Only the I-th of N shares of the units")
      ->group("Running")
      ->option_text("I/N");
  facts.add_option("-o,--output", request.stage.output, "Folder for the files")
      ->required()
      ->group("Output")
      ->option_text("DIR");
  facts.add_flag("-q,--quiet", request.check.gate.quiet, "No progress on stderr")->group("Output");
  add_run_options(facts, request.check.run);
}

void add_link(CLI::App& link, Request& request, OptionTexts&) {
  link.add_option("PLAN", request.stage.plan, "File made by 'corolint plan'")->required()->group("Arguments");
  link.add_option("FACTS", request.stage.inputs, "Folders written by 'corolint facts'")
      ->required()
      ->group("Arguments");
  link.add_option("-o,--output", request.stage.output, "The result's file")
      ->required()
      ->group("Output")
      ->option_text("FILE");
  link.add_flag("--allow-missing", request.stage.allow_missing,
                "Go on without the facts of some units; they count as not analysed")
      ->group("Running");
}

void add_gate(CLI::App& gate, Request& request, OptionTexts& texts) {
  gate.add_option("RESULT", request.stage.inputs, "Files made by 'corolint link'")
      ->required()
      ->group("Arguments");
  add_gate_options(gate, request.check.gate, texts);
}

void add_graph(CLI::App& graph, Request& request, OptionTexts& texts) {
  add_input_options(graph, request.check.input, texts);
  graph.add_option("--from", request.graph.from, "The function's qualified name")
      ->required()
      ->group("Query")
      ->option_text("FUNCTION");
  graph.add_option("--to", request.graph.to, "A function that it calls, directly or not")
      ->group("Query")
      ->option_text("SINK");
  graph.add_option("-o,--output", texts.graph_format, "text or dot (Graphviz) [default: text]")
      ->group("Output")
      ->option_text("FORMAT")
      ->check(one_of({"text", "dot"}));
  add_run_options(graph, request.check.run);
}

void add_config(CLI::App& config, Request& request, OptionTexts&) {
  config.require_subcommand(1);
  const auto add_one = [&](const char* name, ConfigCommand::What what, const char* does) {
    CLI::App* added = config.add_subcommand(name, does);
    added->callback([&request, what] { request.config.what = what; });
    return added;
  };
  add_one("init", ConfigCommand::What::init, "Write a .corolint.yaml to start from");
  CLI::App* show = add_one("show", ConfigCommand::What::show, "Print every value and the place that sets it");
  show->add_option("PATH", request.config.path, "A source file [default: what holds for all files]")
      ->group("Arguments");
  CLI::App* check = add_one("check", ConfigCommand::What::check, "Say whether the configuration is in order");
  add_one("schema", ConfigCommand::What::schema, "Print the JSON Schema, for editors");
  for (CLI::App* one : {show, check}) {
    add_config_options(*one, request.check.input.config);
    add_rule_options(*one, request.check.input.rules);
  }
}

void add_baseline(CLI::App& baseline, Request& request, OptionTexts& texts) {
  using What = BaselineRequest::What;
  baseline.require_subcommand(1);
  const auto add_one = [&](const char* name, What what, const char* does) -> CLI::App& {
    CLI::App* added = baseline.add_subcommand(name, does);
    added->callback([&request, what] { request.baseline.what = what; });
    if (what == What::explain)
      added->add_option("ID", request.baseline.id, "The identity, or how it begins")
          ->required()
          ->group("Arguments");
    add_input_options(*added, request.check.input, texts);
    add_baseline_option(*added, request.check.gate.fresh);
    add_run_options(*added, request.check.run);
    return *added;
  };
  CLI::App& create = add_one("create", What::create, "Write the present findings down");
  CLI::App& update = add_one("update", What::update, "Take out what is fixed");
  update.add_flag("--add", request.baseline.add, "Also take new findings in")->group("Input");
  for (CLI::App* one : {&create, &update})
    one->add_option("--reason", request.baseline.reason, "Why they are kept")
        ->group("Input")
        ->option_text("TEXT");
  add_one("prune", What::prune, "List what is fixed; the exit status is 1 if anything is");
  add_one("explain", What::explain, "Say where a known finding is now");
  add_one("migrate", What::migrate, "Give the file the identities of this version");
}

void add_suppress(CLI::App& suppress, Request& request, OptionTexts& texts) {
  add_input_options(suppress, request.check.input, texts);
  suppress.add_option("--reason", request.reason, "Why they are not to be reported")
      ->required()
      ->group("Input")
      ->option_text("TEXT");
  add_new_options(suppress, request.check.gate.fresh);
  add_run_options(suppress, request.check.run);
}

void add_diff(CLI::App& diff, Request& request, OptionTexts& texts) {
  diff.add_option("RESULTS", request.stage.inputs, "The old and the new result")
      ->required()
      ->expected(2)
      ->group("Arguments")
      ->option_text("OLD NEW");
  add_gate_options(diff, request.check.gate, texts);
}

constexpr std::array commands = {
    CommandEntry{"plan", "Write down what a check of the project is to do", Request::Command::plan, add_plan},
    CommandEntry{"facts", "Analyse a plan's units, a file of facts each", Request::Command::facts, add_facts},
    CommandEntry{"link", "Join the facts of all units and conclude", Request::Command::link, add_link},
    CommandEntry{"gate", "Show saved results and decide, with no analysis", Request::Command::gate, add_gate},
    CommandEntry{"graph", "Show why a function blocks, or where its deadline comes from",
                 Request::Command::graph, add_graph},
    CommandEntry{"config", "Show, check or begin the project's configuration", Request::Command::config,
                 add_config},
    CommandEntry{"baseline", "Keep a file of known findings, so that only new ones fail",
                 Request::Command::baseline, add_baseline},
    CommandEntry{"diff", "Compare two saved results: what is new, what is fixed, what is as it was",
                 Request::Command::diff, add_diff},
    CommandEntry{"suppress", "Write a NOLINT comment for each finding, and check again",
                 Request::Command::suppress, add_suppress},
};

}  // namespace

llvm::ArrayRef<CommandEntry> stage_commands() {
  return commands;
}

}  // namespace corolint
