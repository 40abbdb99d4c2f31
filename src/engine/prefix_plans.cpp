#include "engine/prefix_plans.h"

#include <algorithm>
#include <numeric>
#include <utility>

namespace corolint {

namespace {

// A unit that comes back was edited, and is edited again; so many times it is parsed, at the least.
constexpr unsigned times_of_one_that_is_back = 2;
// Below these many bytes of headers a prefix is none that a unit would need besides the one that it has.
constexpr std::size_t least_left = 1'000'000;

// Is it worth while to look for a prefix for the unit, although it has one? What that has not may be much.
bool leaves_much(const OpenUnit& unit, const UnitIncludes& includes, IncludeScan& scan) {
  std::size_t left = 0;
  for (const std::uint32_t file : includes.files)
    if (!unit.has_already->entries().contains(scan.path_of(file))) left += scan.size_of(file);
  return left >= least_left;
}

std::vector<PrefixPlan> choose(const std::vector<OpenUnit>& units, const Analysis& analysis) {
  // The units come in the order of their times; the choice must not depend on that, to be the next run's too.
  std::vector<std::size_t> order(units.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::sort(order.begin(), order.end(),
            [&](std::size_t a, std::size_t b) { return units[a].command->file < units[b].command->file; });
  IncludeScan scan(analysis.parsing);
  std::vector<const CompileCommand*> in_order;
  for (const std::size_t unit : order) in_order.push_back(units[unit].command);
  std::vector<UnitIncludes> includes = scan.includes_of(in_order);
  std::vector<unsigned> times;
  for (std::size_t i = 0; i < order.size(); ++i) {
    const OpenUnit& unit = units[order[i]];
    times.push_back(unit.is_back ? times_of_one_that_is_back : 1);
    if (unit.has_already && !leaves_much(unit, includes[i], scan)) includes[i].flags.clear();
  }
  auto plans = choose_prefixes(includes, times, [&](std::uint32_t file) { return scan.size_of(file); });
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

std::optional<std::vector<PrefixPlan>> plans_for(const std::vector<OpenUnit>& units, const Analysis& analysis,
                                                 const WorkerLimits& limits, UnitLog& log) {
  const auto timer = log.time("scan");
  std::optional<std::vector<PrefixPlan>> plans;
  WorkWatch watch;
  watch.done = [&](std::size_t, const Answer& answer) {
    if (answer.failure.empty())
      plans = plans_from(answer.text, units.size());
    else
      ++log.counts["no prefixes were chosen: the scan " + answer.failure];
  };
  in_workers(
      1, limits, [&](std::size_t) { return text_of(choose(units, analysis)); }, watch);
  return plans;
}

}  // namespace corolint
