#include "engine/graph_text.h"

#include <set>

#include "facts/paths.h"
#include "llvm/Support/FormatVariadic.h"

namespace corolint {

namespace {

bool is_called(std::string_view name, const std::string& wanted) {
  return name == wanted || (name.size() > wanted.size() && name.ends_with(wanted) &&
                            name[name.size() - wanted.size() - 1] == ':');
}

bool runs(const CallGraph& graph, const Edge& edge) {
  return runs_here(edge.way, graph.function(edge.callee).is_coroutine);
}

void add_ways_of(const CallGraph& graph, FunctionId id, const std::string& to, GraphAnswer& answer) {
  const std::string name(graph.name(id));
  const auto any = [](const Edge&) { return true; };
  const auto sync = [&](const Edge& edge) { return runs(graph, edge); };
  if (!to.empty()) {
    const auto is_target = [&](FunctionId target) { return is_called(graph.name(target), to); };
    if (auto way = shortest_way(graph, id, is_target, any))
      answer.ways.push_back({"'" + name + "' comes to '" + to + "'", std::move(*way)});
    return;
  }
  const auto blocks = [&](FunctionId target) { return graph.key(target).starts_with(blocking_key_prefix); };
  if (auto way = shortest_way(graph, id, blocks, sync)) {
    const std::string sink(graph.name(graph.edges()[way->back()].callee));
    answer.ways.push_back({"'" + name + "' blocks: it comes to '" + sink + "'", std::move(*way)});
  }
  if (auto way = shortest_way_to(graph, id, [](const Edge& edge) { return edge.is_limited; }))
    answer.ways.push_back({"'" + name + "' has a time limit: '" +
                               std::string(graph.name(graph.edges()[way->front()].caller)) + "' sets one",
                           std::move(*way)});
}

std::string escaped(std::string_view text) {
  std::string result;
  for (const char c : text) {
    if (c == '"' || c == '\\') result += '\\';
    result += c;
  }
  return result;
}

std::string place_text(const CallGraph& graph, const Edge& edge) {
  const Place place = graph.place(edge);
  return llvm::formatv("{0}:{1}:{2}", place.file, place.line, place.column);
}

}  // namespace

std::optional<GraphAnswer> graph_answer(const CallGraph& graph, const std::string& from,
                                        const std::string& to) {
  GraphAnswer answer{from, {}};
  bool is_known = false;
  for (FunctionId id = 0; id < graph.functions().size(); ++id)
    if (is_called(graph.name(id), from)) {
      is_known = true;
      add_ways_of(graph, id, to, answer);
    }
  return is_known ? std::optional(std::move(answer)) : std::nullopt;
}

std::string as_text(const CallGraph& graph, const GraphAnswer& answer) {
  std::string text;
  for (const NamedWay& way : answer.ways) {
    text += way.title + "\n";
    for (std::size_t i = 0; i < way.calls.size(); ++i) {
      const Edge& edge = graph.edges()[way.calls[i]];
      text += llvm::formatv("  {0}  {1}  {2}  calls '{3}'{4}\n", i + 1, graph.name(edge.caller),
                            place_text(graph, edge), graph.name(edge.callee),
                            edge.is_limited ? " under a time limit" : "");
    }
  }
  return text.empty() ? "no way is known from '" + answer.from + "'\n" : text;
}

std::string as_dot(const CallGraph& graph, const GraphAnswer& answer) {
  std::set<std::string> lines;
  for (const NamedWay& way : answer.ways)
    for (const EdgeId id : way.calls) {
      const Edge& edge = graph.edges()[id];
      lines.insert(llvm::formatv("  \"{0}\" -> \"{1}\" [label=\"{2}\"];\n", escaped(graph.name(edge.caller)),
                                 escaped(graph.name(edge.callee)), escaped(place_text(graph, edge))));
    }
  std::string text = "digraph corolint {\n  node [shape=box];\n";
  for (const std::string& line : lines) text += line;
  return text + "}\n";
}

}  // namespace corolint
