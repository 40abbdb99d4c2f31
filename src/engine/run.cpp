#include "engine/run.h"

#include <algorithm>
#include <chrono>

#include "engine/workers.h"
#include "llvm/Support/Path.h"

namespace corolint {

namespace {

BrokenUnit lost_unit(const CompileCommand& command, const std::string& root, const std::string& failure) {
  const bool is_below = command.file.starts_with(root + "/");
  return {is_below ? command.file.substr(root.size() + 1) : command.file, "analysis " + failure, {}, 0};
}

// Several commands of one file that fail alike are told once.
void sort_and_merge(std::vector<BrokenUnit>& broken) {
  const auto key = [](const BrokenUnit& unit) { return std::tie(unit.file, unit.cause, unit.errors); };
  std::sort(broken.begin(), broken.end(), [&](const auto& a, const auto& b) { return key(a) < key(b); });
  broken.erase(std::unique(broken.begin(), broken.end(),
                           [&](const auto& a, const auto& b) { return key(a) == key(b); }),
               broken.end());
}

}  // namespace

void sort_and_merge(std::vector<Finding>& findings) {
  const auto key = [](const Finding& finding) { return std::tie(finding.place, finding.rule); };
  std::sort(findings.begin(), findings.end(),
            [&](const Finding& a, const Finding& b) { return key(a) != key(b) ? key(a) < key(b) : a < b; });
  findings.erase(std::unique(findings.begin(), findings.end(),
                             [&](const Finding& a, const Finding& b) { return key(a) == key(b); }),
                 findings.end());
}

Report run(const Project& project, const Analysis& analysis, unsigned jobs,
           const std::function<void(std::size_t)>& progress) {
  const auto begin = std::chrono::steady_clock::now();
  const auto work = [&](std::size_t i) { return to_json_line(analyse(project.commands[i], analysis)); };
  std::size_t done = 0;
  const auto answers =
      in_workers(project.commands.size(), jobs, work, [&](std::size_t) { progress(++done); });

  Report report;
  report.root = project.root;
  report.rules = analysis.rules;
  report.units = project.commands.size();
  for (std::size_t i = 0; i < answers.size(); ++i) {
    if (!answers[i].failure.empty()) {
      report.broken.push_back(lost_unit(project.commands[i], project.root, answers[i].failure));
      continue;
    }
    UnitResult result = from_json_line(answers[i].text);
    std::move(result.findings.begin(), result.findings.end(), std::back_inserter(report.findings));
    if (result.broken) report.broken.push_back(std::move(*result.broken));
  }
  sort_and_merge(report.findings);
  sort_and_merge(report.broken);
  report.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
  return report;
}

}  // namespace corolint
