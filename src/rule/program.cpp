#include "rule/program.h"

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

std::vector<Step> steps_of(const CallGraph& graph, const std::vector<EdgeId>& way) {
  std::vector<Step> steps;
  for (const EdgeId id : way) {
    const Edge& edge = graph.edges()[id];
    const std::string verb = edge.way == Way::may_run ? "calls virtually" : "calls";
    const std::string doubt =
        graph.function(edge.callee).differs ? " (units see different bodies of it)" : "";
    steps.push_back({graph.place(edge), std::string(graph.name(edge.caller)),
                     verb + " '" + std::string(graph.name(edge.callee)) + "'" + doubt});
  }
  return steps;
}

}  // namespace corolint
