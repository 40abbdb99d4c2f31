#include "engine/prefix_plans.h"

#include <algorithm>
#include <numeric>
#include <utility>

namespace corolint {

namespace {

std::vector<PrefixPlan> choose(const std::vector<const CompileCommand*>& commands, const Analysis& analysis) {
  // The units come in the order of their times; the choice must not depend on that, to be the next run's too.
  std::vector<std::size_t> order(commands.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::sort(order.begin(), order.end(),
            [&](std::size_t a, std::size_t b) { return commands[a]->file < commands[b]->file; });
  IncludeScan scan(analysis.parsing);
  std::vector<const CompileCommand*> in_order;
  for (const std::size_t unit : order) in_order.push_back(commands[unit]);
  auto plans =
      choose_prefixes(scan.includes_of(in_order), [&](std::uint32_t file) { return scan.size_of(file); });
  for (PrefixPlan& plan : plans)
    for (std::size_t& unit : plan.units) unit = order[unit];
  return plans;
}

}  // namespace

// A line for the base, if there is one, one for each header, one for each unit, then an empty one.
std::string text_of(const std::vector<PrefixPlan>& plans) {
  std::string text;
  for (const PrefixPlan& plan : plans) {
    if (plan.base) text += "B" + std::to_string(*plan.base) + "\n";
    for (const std::string& header : plan.headers) text += "H" + header + "\n";
    for (const std::size_t unit : plan.units) text += "U" + std::to_string(unit) + "\n";
    text += "\n";
  }
  return text;
}

std::vector<PrefixPlan> plans_from(llvm::StringRef text, std::size_t units) {
  std::vector<PrefixPlan> plans;
  PrefixPlan plan;
  while (!text.empty()) {
    auto [line, rest] = text.split('\n');
    text = rest;
    std::size_t number = 0;
    if (line.consume_front("H"))
      plan.headers.push_back(line.str());
    else if (line.consume_front("U") && !line.getAsInteger(10, number) && number < units)
      plan.units.push_back(number);
    else if (line.consume_front("B") && !line.getAsInteger(10, number) && number < plans.size())
      plan.base = number;
    else if (line.empty() && !plan.units.empty())
      plans.push_back(std::exchange(plan, {}));
    else
      break;
  }
  return plans;
}

std::optional<std::vector<PrefixPlan>> plans_for(const std::vector<const CompileCommand*>& commands,
                                                 const Analysis& analysis, const WorkerLimits& limits,
                                                 UnitLog& log) {
  const auto timer = log.time("scan");
  std::optional<std::vector<PrefixPlan>> plans;
  WorkWatch watch;
  watch.done = [&](std::size_t, const Answer& answer) {
    if (answer.failure.empty())
      plans = plans_from(answer.text, commands.size());
    else
      ++log.counts["no prefixes were chosen: the scan " + answer.failure];
  };
  in_workers(1, limits, [&](std::size_t) { return text_of(choose(commands, analysis)); }, watch);
  return plans;
}

}  // namespace corolint
