#include "engine/unit_facts.h"

#include "engine/unit_entry.h"

namespace corolint {

namespace {

UnitText text_of(KnownUnit known) {
  return {std::move(known.facts), {}, std::move(known.files), true};
}

}  // namespace

std::vector<UnitText> known_facts(const Plan& plan, const std::vector<std::size_t>& units, RunTools& tools,
                                  std::vector<std::size_t>& open) {
  const auto timer = tools.log.time("cache");
  std::vector<UnitText> texts(plan.commands.size());
  for (const std::size_t unit : units) {
    if (auto known = tools.cache.find(plan.commands[unit]))
      texts[unit] = text_of(std::move(*known));
    else
      open.push_back(unit);
  }
  return texts;
}

std::vector<UnitText> facts_of(const Plan& plan, const std::vector<std::size_t>& units, RunTools& tools) {
  std::vector<std::size_t> open;
  std::vector<UnitText> texts = known_facts(plan, units, tools, open);
  analyse_units(plan, std::move(open), tools, texts);
  std::vector<UnitText> chosen;
  for (const std::size_t unit : units) chosen.push_back(std::move(texts[unit]));
  return chosen;
}

std::vector<UnitText> known_facts_of_others(const Plan& plan, RunTools& tools) {
  const auto timer = tools.log.time("cache");
  std::vector<UnitText> texts;
  for (const CompileCommand& command : plan.others)
    if (auto known = tools.cache.find(command)) texts.push_back(text_of(std::move(*known)));
  return texts;
}

}  // namespace corolint
