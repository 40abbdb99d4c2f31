#include "engine/run.h"

#include "engine/stage_files.h"
#include "engine/workers.h"
#include "project/paths.h"

namespace corolint {

namespace {

BrokenUnit lost_unit(const CompileCommand& command, const std::string& root, const std::string& failure) {
  const bool is_below = command.file.starts_with(root + "/");
  return {is_below ? command.file.substr(root.size() + 1) : command.file, "analysis " + failure, {}, 0};
}

}  // namespace

std::vector<UnitText> facts_of(const Plan& plan, const Analysis& analysis,
                               const std::vector<std::size_t>& units, const WorkerLimits& limits,
                               const std::function<void(std::size_t)>& progress) {
  const std::string digest = digest_of(plan);
  const auto work = [&](std::size_t i) {
    return facts_text(analyse(plan.commands[units[i]], analysis), digest);
  };
  std::size_t done = 0;
  std::vector<UnitText> texts(units.size());
  WorkWatch watch;
  watch.done = [&](std::size_t item, Answer answer) {
    UnitText& text = texts[item];
    text.text = std::move(answer.text);
    text.log = std::move(answer.log);
    if (!answer.failure.empty()) text.lost = lost_unit(plan.commands[units[item]], plan.root, answer.failure);
    progress(++done);
  };
  in_workers(units.size(), limits, work, watch);
  return texts;
}

Report linked(const Plan& plan, const Analysis& analysis, std::vector<UnitText> units) {
  const std::string digest = digest_of(plan);
  Linker linker(analysis.models, analysis.rules);
  for (UnitText& unit : units) {
    if (unit.text.empty()) {
      linker.add_lost(std::move(unit.lost));
      continue;
    }
    auto facts =
        facts_from_text(std::exchange(unit.text, {}), digest, "");  // freed here: all together are large
    if (facts)
      linker.add(std::move(*facts));
    else
      linker.add_lost({"", llvm::toString(facts.takeError()), {}, 0});
  }
  return linker.report(plan.root);
}

}  // namespace corolint
