#include "engine/run.h"

#include <chrono>

#include "engine/link.h"
#include "engine/unit_result.h"
#include "engine/workers.h"
#include "llvm/Support/Path.h"

namespace corolint {

namespace {

BrokenUnit lost_unit(const CompileCommand& command, const std::string& root, const std::string& failure) {
  const bool is_below = command.file.starts_with(root + "/");
  return {is_below ? command.file.substr(root.size() + 1) : command.file, "analysis " + failure, {}, 0};
}

}  // namespace

Report run(const Project& project, const Analysis& analysis, unsigned jobs,
           const std::function<void(std::size_t)>& progress) {
  const auto begin = std::chrono::steady_clock::now();
  const auto work = [&](std::size_t i) { return to_json_line(analyse(project.commands[i], analysis)); };
  std::size_t done = 0;
  auto answers = in_workers(project.commands.size(), jobs, work, [&](std::size_t) { progress(++done); });
  Linker linker(analysis.models, analysis.rules);
  for (std::size_t i = 0; i < answers.size(); ++i) {
    const Answer answer = std::move(answers[i]);  // freed here: the texts of all units together are large
    if (answer.failure.empty())
      linker.add(from_json_line(answer.text));
    else
      linker.add_lost(lost_unit(project.commands[i], project.root, answer.failure));
  }
  Report report = linker.report(project.root);
  report.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
  return report;
}

}  // namespace corolint
