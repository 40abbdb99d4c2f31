// `plan`, `facts` and `link` as commands of their own: the same work as `check`, over files, so that a build
// farm can spread it.

#include <algorithm>

#include "cli/commands.h"
#include "cli/exit_status.h"
#include "cli/output_files.h"
#include "cli/print.h"
#include "cli/process.h"
#include "cli/read_text.h"
#include "cli/session.h"
#include "engine/stage_files.h"
#include "llvm/Support/FileSystem.h"
#include "output/unicode.h"
#include "project/paths.h"

namespace corolint {

namespace {

llvm::Expected<Plan> read_plan(const std::string& file) {
  auto text = read_text(file);
  if (!text) return text.takeError();
  return plan_from_json(*text, file);
}

std::vector<std::size_t> share_of(const Plan& plan, unsigned shard, unsigned shards) {
  std::vector<std::size_t> units;
  for (std::size_t i = shard - 1; i < plan.commands.size(); i += shards) units.push_back(i);
  return units;
}

// Returns the file with the unit's facts in the first of the folders that holds one, or nothing.
std::string find_facts(const std::vector<std::string>& folders, std::size_t unit) {
  for (const std::string& folder : folders)
    if (const std::string file = joined(folder, facts_file_name(unit)); llvm::sys::fs::exists(file))
      return file;
  return {};
}

llvm::Expected<std::vector<UnitText>> collect_facts(const Plan& plan, const StageRequest& request) {
  std::vector<UnitText> units;
  const std::string digest = digest_of(plan);
  for (std::size_t i = 0; i < plan.commands.size(); ++i) {
    const std::string file = find_facts(request.inputs, i);
    UnitText& unit = units.emplace_back();
    if (file.empty()) {
      if (!request.allow_missing)
        return llvm::createStringError(
            "the facts of %s (%s) are missing: run 'corolint facts' for its shard, or link with "
            "--allow-missing",
            plan.commands[i].file.c_str(), facts_file_name(i).c_str());
      unit.lost = {plan.commands[i].file, "its facts are missing", {}, 0};
      continue;
    }
    auto text = read_text(file);
    if (!text) return text.takeError();
    if (llvm::Error error = is_of_plan(*text, digest, file)) return error;
    if (auto facts = facts_from_text(*text, file); !facts) return facts.takeError();
    unit.text = std::move(*text);
  }
  return units;
}

}  // namespace

llvm::Expected<int> plan(const InputRequest& input, const StageRequest& request) {
  auto made = make_plan(input);
  if (!made) return made.takeError();
  if (llvm::Error error = write_to_file(request.output, to_json_text(*made))) return error;
  for (const std::string& notice : made->notices) tell_note(notice);
  tell(std::to_string(made->commands.size()) + " units planned.\n");
  return exit_clean;
}

llvm::Expected<int> facts(const StageRequest& request, const RunRequest& run, bool quiet) {
  auto plan = read_plan(request.plan);
  if (!plan) return plan.takeError();
  auto setup = set_up(*plan);
  if (!setup) return setup.takeError();
  if (const std::error_code error = llvm::sys::fs::create_directories(request.output))
    return llvm::createStringError("%s cannot be made: %s", request.output.c_str(), error.message().c_str());
  const std::vector<std::size_t> units = share_of(*plan, request.shard, request.shards);
  UnitLog log;
  Session session(*plan, *setup, run, quiet, log);
  const std::vector<UnitText> texts = facts_of(*plan, units, session.tools());
  session.end_analysis();
  if (llvm::Error error = session.write_reproducers()) return error;
  if (llvm::Error error = show_profile(run, session.take_profile(), log)) return error;
  const std::string digest = digest_of(*plan);
  int status = exit_clean;
  for (std::size_t i = 0; i < units.size(); ++i) {
    UnitText text = texts[i];
    if (text.text.empty() && text.lost.cause == interrupted_cause) continue;  // the next run does it
    // A unit that was lost has a file too: the link tells of it.
    if (text.text.empty()) {
      UnitResult lost;
      lost.broken = text.lost;
      text.text = facts_text(lost);
      tell("error: " + printable(text.lost.file + ": " + text.lost.cause) + "\n");
      status = exit_incomplete;
    }
    const std::string file = joined(request.output, facts_file_name(units[i]));
    if (llvm::Error error = write_to_file(file, facts_file_text(text.text, digest))) return error;
  }
  if (const int signal = session.interrupted_by(); signal != 0) {
    tell("corolint: interrupted; run it again for the rest\n");
    end_by(signal);
    return exit_signal + signal;
  }
  return status;
}

llvm::Expected<int> link(const StageRequest& request) {
  auto plan = read_plan(request.plan);
  if (!plan) return plan.takeError();
  auto setup = set_up(*plan);
  if (!setup) return setup.takeError();
  auto units = collect_facts(*plan, request);
  if (!units) return units.takeError();
  const Report report = linked(*plan, setup->analysis(*plan), std::move(*units));
  if (llvm::Error error = write_to_file(request.output, result_text(report))) return error;
  const bool is_missing = std::any_of(report.broken.begin(), report.broken.end(), [](const BrokenUnit& unit) {
    return unit.cause == "its facts are missing";
  });
  for (const BrokenUnit& unit : report.broken) tell_note(unit.file + ": " + unit.cause);
  return is_missing ? exit_incomplete : exit_clean;
}

}  // namespace corolint
