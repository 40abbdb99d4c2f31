#include "sources.h"

#include <deque>

namespace corolint::cancellation {

// A finding that holds if cancellation arrives.
struct LeftFinding {
  Arrival arrival;
  Finding finding;
};
RULE_RECORD(LeftFinding, arrival, finding)

void leave_to_sources(Pass& pass, const Arrival& arrival) {
  export_record(pass, "left", LeftFinding{arrival, std::move(pass.take_kept().back())});
}

namespace {

std::vector<Source> sources_of(const Program& program, bool is_gate) {
  std::vector<Source> sources = records_of<Source>(program, "source");
  std::erase_if(sources, [&](const Source& source) { return source.is_gate != is_gate; });
  return sources;
}

// May cancellation of the callee come out at the call?
bool brings(const Edge& call) {
  return call.way != Way::spawns && call.way != Way::posts;
}

}  // namespace

Reach::Reach(const Program& program, const std::vector<Source>& sources) : program_(program) {
  const CallGraph& graph = program.graph();
  for (const Source& source : sources)
    for (const FunctionId id : graph.definitions_of(source.function)) sources_.emplace(id, source.at);
  std::vector<FunctionId> open;
  for (const auto& [id, at] : sources_) open.push_back(id);
  while (!open.empty()) {
    const FunctionId id = open.back();
    open.pop_back();
    if (!reaching_.insert(id).second) continue;
    for (const EdgeId call : graph.callers_of(id))
      if (brings(graph.edges()[call])) open.push_back(graph.edges()[call].caller);
    const auto& methods = graph.overridden_by(id);
    open.insert(open.end(), methods.begin(), methods.end());
  }
}

// A shortest way: of those that reach a source, each function is come to once.
std::optional<std::vector<Step>> Reach::way_from(FunctionId from) const {
  if (!reaching_.contains(from)) return std::nullopt;
  const CallGraph& graph = program_.graph();
  std::map<FunctionId, std::pair<FunctionId, std::optional<EdgeId>>> came_from = {{from, {from, {}}}};
  std::deque<FunctionId> open = {from};
  const auto visit = [&](FunctionId at, FunctionId next, std::optional<EdgeId> call) {
    if (reaching_.contains(next) && came_from.emplace(next, std::pair(at, call)).second) open.push_back(next);
  };
  while (!sources_.contains(open.front())) {
    const FunctionId at = open.front();
    open.pop_front();
    for (const FunctionId target : graph.targets_of(at)) visit(at, target, {});
    for (const EdgeId call : graph.calls_of(at))
      if (brings(graph.edges()[call])) visit(at, graph.edges()[call].callee, call);
  }
  std::vector<EdgeId> calls;
  for (FunctionId at = open.front(); at != from; at = came_from.at(at).first)
    if (const auto call = came_from.at(at).second) calls.insert(calls.begin(), *call);
  std::vector<Step> steps = steps_of(program_, calls);
  const Note& source = sources_.at(open.front());
  steps.push_back({source.place, std::string(graph.name(open.front())), source.text});
  return steps;
}

Sources::Sources(const Program& program)
    : graph_(program.graph()),
      sources_(program, sources_of(program, /*is_gate=*/false)),
      gates_(program, sources_of(program, /*is_gate=*/true)) {}

std::optional<std::vector<Step>> Sources::way_to(const Arrival& arrival) const {
  if (arrival.is_sure) return std::vector<Step>();
  bool is_unknown = arrival.is_unknown;
  for (const std::string& callee : arrival.callees) {
    bool is_seen = false;
    for (const FunctionId id : graph_.definitions_of(callee)) {
      if (auto way = sources_.way_from(id)) return way;
      if (auto way = arrival.counts_gates ? gates_.way_from(id) : std::nullopt) return way;
      const FunctionNode& function = graph_.function(id);
      is_seen |= function.is_seen || function.is_defined || !graph_.targets_of(id).empty();
    }
    is_unknown |= !is_seen;
  }
  if (is_unknown && arrival.counts_unknown) return std::vector<Step>();
  return std::nullopt;
}

void report_arrived(Program& program, const Sources& sources) {
  for (LeftFinding& left : records_of<LeftFinding>(program, "left"))
    if (auto way = sources.way_to(left.arrival)) {
      left.finding.path.insert(left.finding.path.end(), way->begin(), way->end());
      program.report(std::move(left.finding), {});
    }
}

}  // namespace corolint::cancellation
