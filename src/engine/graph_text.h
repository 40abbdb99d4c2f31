#pragma once

// Why a function blocks and where its deadline comes from, as ways through the call graph.

#include <optional>
#include <string>
#include <vector>

#include "facts/call_graph.h"

namespace corolint {

struct NamedWay {
  std::string title;  // what the way shows: "'save' blocks: it comes to 'fsync'"
  std::vector<EdgeId> calls;
};

struct GraphAnswer {
  std::string from;
  std::vector<NamedWay> ways;
};

// Returns the ways from the functions called `from`: to `to` if it is not empty, else to the nearest call
// that blocks, and back to the nearest caller that has a time limit in force. Nothing if no function has that
// name.
std::optional<GraphAnswer> graph_answer(const CallGraph& graph, const std::string& from,
                                        const std::string& to);

std::string as_text(const CallGraph& graph, const GraphAnswer& answer);

// Returns the ways in the language of Graphviz.
std::string as_dot(const CallGraph& graph, const GraphAnswer& answer);

}  // namespace corolint
