#include "rule/program.h"

#include "facts/holders.h"

namespace corolint {

Finding& Program::report(const Place& place, FunctionId function, const Message& message,
                         std::vector<std::string> arguments) {
  Finding& finding = findings_.emplace_back();
  finding.rule = rule_.name;
  finding.level = rule_.rule.level;
  finding.place = place;
  finding.message_id = message.id;
  finding.message = fill_in(message.text, arguments);
  finding.arguments = std::move(arguments);
  finding.function = graph_.name(function);
  finding.entity = graph_.entity(function);
  return finding;
}

void Program::report(Finding finding, std::string_view doubt) {
  if (!is_complete_ && !doubt.empty())
    finding.notes.push_back({Place{}, "some units were not analysed: " + std::string(doubt)});
  findings_.push_back(std::move(finding));
}

bool Program::is_cut(const Edge& edge) const {
  const bool is_cut = graph_.is_cut(edge, rule_.name);
  if (is_cut) cuts_.insert(static_cast<EdgeId>(&edge - graph_.edges().data()));
  return is_cut;
}

std::vector<Step> steps_of(const Program& program, const std::vector<EdgeId>& way) {
  const CallGraph& graph = program.graph();
  std::vector<Step> steps;
  for (const EdgeId id : way) {
    const Edge& edge = graph.edges()[id];
    const std::string verb = is_holder(graph, edge.callee) ? "calls what is stored in"
                             : edge.way == Way::may_run    ? "calls virtually"
                                                           : "calls";
    std::string doubt = graph.function(edge.callee).differs ? " (units see different bodies of it)"
                        : edge.is_ambiguous                 ? " (one of several functions of that name)"
                                                            : "";
    if (edge.way == Way::may_run && !program.is_complete())
      doubt += " (there may be more overriders in units that were not analysed)";
    steps.push_back({graph.place(edge), std::string(graph.name(edge.caller)),
                     verb + " '" + std::string(graph.name(edge.callee)) + "'" + doubt});
  }
  return steps;
}

}  // namespace corolint
