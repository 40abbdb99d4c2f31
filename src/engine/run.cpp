#include "engine/run.h"

#include <set>

#include "engine/stage_files.h"
#include "engine/workers.h"
#include "project/paths.h"

namespace corolint {

namespace {

// Returns the unit's main file as a Place names it.
std::string name_of(const CompileCommand& command, const std::string& root) {
  const bool is_below = command.file.starts_with(root + "/");
  return is_below ? command.file.substr(root.size() + 1) : command.file;
}

BrokenUnit lost_unit(const CompileCommand& command, const std::string& root, const std::string& failure) {
  return {name_of(command, root), "analysis " + failure, {}, 0};
}

}  // namespace

std::vector<UnitText> facts_of(const Plan& plan, const Analysis& analysis,
                               const std::vector<std::size_t>& units, unsigned jobs,
                               const std::function<void(std::size_t)>& progress) {
  const std::string digest = digest_of(plan);
  const auto work = [&](std::size_t i) {
    return facts_text(analyse(plan.commands[units[i]], analysis), digest);
  };
  std::size_t done = 0;
  std::vector<Answer> answers = in_workers(units.size(), jobs, work, [&](std::size_t) { progress(++done); });
  std::vector<UnitText> texts;
  for (std::size_t i = 0; i < answers.size(); ++i) {
    UnitText& text = texts.emplace_back();
    if (answers[i].failure.empty())
      text.text = std::move(answers[i].text);
    else
      text.lost = lost_unit(plan.commands[units[i]], plan.root, answers[i].failure);
  }
  return texts;
}

Report linked(const Plan& plan, const Analysis& analysis, std::vector<UnitText> units) {
  const std::string digest = digest_of(plan);
  Linker linker(analysis.models, analysis.rules, analysis.settings);
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
  Report report = linker.report(plan.root);
  std::set<std::string> files;
  for (const CompileCommand& command : plan.commands) files.insert(name_of(command, plan.root));
  report.files.assign(files.begin(), files.end());
  report.gate = plan.settings.gate;
  report.is_whole = plan.is_whole;
  return report;
}

}  // namespace corolint
