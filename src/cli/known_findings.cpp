#include "cli/known_findings.h"

#include <algorithm>

#include "cli/read_text.h"
#include "engine/fingerprint.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/MemoryBuffer.h"
#include "project/git.h"
#include "project/paths.h"

namespace corolint {

namespace {

// Returns the baseline's file, or nothing if there is none to be read.
std::string asked_baseline(const NewRequest& request, const GateSettings& settings, const std::string& root) {
  const std::string file = baseline_file(request, settings, root);
  const bool is_named = !request.baseline.empty() || !settings.baseline.empty();
  return !request.no_baseline && (is_named || llvm::sys::fs::exists(file)) ? file : std::string();
}

llvm::Error hide_known(const NewRequest& request, Report& report) {
  const std::string file = asked_baseline(request, report.gate, report.root);
  if (file.empty() || report.has_baseline) return llvm::Error::success();
  auto baseline = read_baseline(file);
  if (!baseline) return baseline.takeError();
  apply_baseline(*baseline, renames_since(report.root, file), report);
  return llvm::Error::success();
}

llvm::Expected<ChangedLines> read_patch(const std::string& file) {
  const auto text = llvm::MemoryBuffer::getFileOrSTDIN(file);
  if (!text)
    return llvm::createStringError("the patch %s cannot be read: %s", file.c_str(),
                                   text.getError().message().c_str());
  std::optional<ChangedLines> changes = changes_in_patch((*text)->getBuffer());
  if (!changes) return llvm::createStringError("the patch %s breaks off within a change", file.c_str());
  if (changes->empty() && !(*text)->getBuffer().trim().empty())
    return llvm::createStringError("%s is no patch in the unified format (git diff makes one)", file.c_str());
  return std::move(*changes);
}

llvm::Expected<ChangedLines> asked_changes(const NewRequest& request, const std::string& root) {
  if (!request.patch.empty()) return read_patch(request.patch);
  auto commit =
      request.since.empty() ? commit_of(root, request.changed_lines) : merge_base(root, request.since);
  if (!commit) return commit.takeError();
  return changed_lines(root, *commit);
}

// A finding counts when a change touches any step of its way, not only where it stands.
bool is_touched(const Finding& finding, const ChangedLines& changes) {
  const auto touched = [&](const Place& place) {
    return touches(changes, place.file, place.line, std::max(place.line, place.end_line));
  };
  return touched(finding.place) || std::any_of(finding.path.begin(), finding.path.end(),
                                               [&](const Step& step) { return touched(step.place); });
}

}  // namespace

std::string baseline_file(const NewRequest& request, const GateSettings& settings, const std::string& root) {
  if (!request.baseline.empty()) return request.baseline;
  return settings.baseline.empty() ? joined(root, ".corolint-baseline.json") : settings.baseline;
}

llvm::Expected<Baseline> read_any_baseline(const std::string& file) {
  auto text = read_text(file);
  if (!text)
    return llvm::createStringError("the baseline %s ('corolint baseline create' makes one)",
                                   llvm::toString(text.takeError()).c_str());
  return baseline_from_text(*text, file);
}

llvm::Expected<Baseline> read_baseline(const std::string& file) {
  auto baseline = read_any_baseline(file);
  if (baseline && baseline->fingerprint != fingerprint_version)
    return llvm::createStringError(
        "%s holds identities of version %s; 'corolint baseline migrate' makes them new", file.c_str(),
        baseline->fingerprint.c_str());
  return baseline;
}

llvm::Error check_new(const NewRequest& request, const GateSettings& settings, const std::string& root) {
  if (const std::string file = asked_baseline(request, settings, root); !file.empty())
    if (auto baseline = read_baseline(file); !baseline) return baseline.takeError();
  if (!request.is_about_changes() || request.patch == "-") return llvm::Error::success();
  return asked_changes(request, root).takeError();
}

llvm::Error keep_new(const NewRequest& request, Report& report, std::vector<std::string>& notices) {
  if (llvm::Error error = hide_known(request, report)) return error;
  if (!request.is_about_changes()) return llvm::Error::success();
  auto changes = asked_changes(request, report.root);
  if (!changes) return changes.takeError();
  const std::size_t left_out =
      std::erase_if(report.findings, [&](const Finding& finding) { return !is_touched(finding, *changes); });
  if (left_out > 0)
    notices.push_back(std::to_string(left_out) + (left_out == 1 ? " finding touches" : " findings touch") +
                      " no changed line");
  return llvm::Error::success();
}

}  // namespace corolint
