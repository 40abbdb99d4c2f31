#include "engine/unit_facts.h"

namespace corolint {

namespace {

UnitText text_of(KnownUnit known) {
  UnitText text;
  text.text = std::move(known.facts);
  text.digest = std::move(known.digest);
  text.entry = std::move(known.entry);
  text.files = std::move(known.files);
  text.is_known = true;
  return text;
}

// Reads the text if it is unread; false if it is not there any more.
bool read(UnitText& unit, UnitCache& cache) {
  if (unit.text.empty()) unit.text = cache.facts(unit.entry).value_or("");
  return !unit.text.empty();
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

bool read_known(const Plan& plan, RunTools& tools, std::vector<UnitText>& texts) {
  std::vector<std::size_t> open;
  {
    const auto timer = tools.log.time("cache");
    for (std::size_t unit = 0; unit < texts.size(); ++unit)
      if (texts[unit].is_known && !texts[unit].is_unneeded && !read(texts[unit], tools.cache))
        open.push_back(unit);
  }
  for (const std::size_t unit : open) texts[unit] = {};
  analyse_units(plan, open, tools, texts);
  return open.empty();
}

std::vector<UnitText> facts_of(const Plan& plan, const std::vector<std::size_t>& units, RunTools& tools) {
  std::vector<std::size_t> open;
  std::vector<UnitText> texts = known_facts(plan, units, tools, open);
  read_known(plan, tools, texts);
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

bool read_others(RunTools& tools, std::vector<UnitText>& others) {
  const auto timer = tools.log.time("cache");
  return std::erase_if(others, [&](UnitText& unit) { return !read(unit, tools.cache); }) == 0;
}

}  // namespace corolint
