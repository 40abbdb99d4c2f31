#include "cli/options.h"
#include "cli/run_options.h"

namespace corolint {

namespace {

CLI::App& add(CLI::App& app, Request& request, Request::Command command, const char* name, const char* does) {
  CLI::App* added = app.add_subcommand(name, does);
  added->callback([&request, command] { request.command = command; });
  return *added;
}

void add_plan(CLI::App& app, Request& request, OptionTexts& texts) {
  CLI::App& plan =
      add(app, request, Request::Command::plan, "plan", "Write down what a check of the project is to do");
  add_input_options(plan, request.check.input, texts);
  plan.add_option("-o,--output", request.stage.output, "The plan's file")
      ->required()
      ->group("Output")
      ->option_text("FILE");
}

void add_facts(CLI::App& app, Request& request, OptionTexts& texts) {
  CLI::App& facts =
      add(app, request, Request::Command::facts, "facts", "Analyse a plan's units, a file of facts each");
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

void add_link(CLI::App& app, Request& request) {
  CLI::App& link =
      add(app, request, Request::Command::link, "link", "Join the facts of all units and conclude");
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

void add_gate(CLI::App& app, Request& request, OptionTexts& texts) {
  CLI::App& gate =
      add(app, request, Request::Command::gate, "gate", "Show saved results and decide, with no analysis");
  gate.add_option("RESULT", request.stage.inputs, "Files made by 'corolint link'")
      ->required()
      ->group("Arguments");
  add_gate_options(gate, request.check.gate, texts);
}

void add_graph(CLI::App& app, Request& request, OptionTexts& texts) {
  CLI::App& graph = add(app, request, Request::Command::graph, "graph",
                        "Show why a function blocks, or where its deadline comes from");
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
      ->check(CLI::IsMember({"text", "dot"}));
  add_run_options(graph, request.check.run);
}

}  // namespace

void add_stage_commands(CLI::App& app, Request& request, OptionTexts& texts) {
  add_plan(app, request, texts);
  add_facts(app, request, texts);
  add_link(app, request);
  add_gate(app, request, texts);
  add_graph(app, request, texts);
}

}  // namespace corolint
