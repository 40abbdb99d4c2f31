// `corolint baseline`: the project is checked, and its findings are compared with the file.

#include <algorithm>

#include "cli/commands.h"
#include "cli/exit_status.h"
#include "cli/gate.h"
#include "cli/known_findings.h"
#include "cli/output_files.h"
#include "cli/print.h"
#include "engine/fingerprint.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/FormatVariadic.h"
#include "project/git.h"

namespace corolint {

namespace {

std::string counted(std::size_t count, const char* what) {
  return std::to_string(count) + " " + what + (count == 1 ? "" : "s");
}

std::string shown(const KnownFinding& one) {
  return one.id + "  " + one.file + ": " + one.rule + (one.in.empty() ? "" : " in " + one.in) + ": " +
         one.code;
}

// The project's findings and what the file says of them.
struct Compared {
  std::string file;
  Baseline old;
  std::vector<KnownFinding> now;
  std::vector<Pair> pairs;
  Report report;

  bool is_paired(std::size_t old_index) const {
    return std::any_of(pairs.begin(), pairs.end(), [&](const Pair& pair) { return pair.old == old_index; });
  }
  // Is the entry of something that the run would have found if it were still there?
  bool is_stale(std::size_t old_index) const {
    return !is_paired(old_index) && is_covered(report, old.findings[old_index].file);
  }
};

llvm::Expected<int> create(const BaselineRequest& request, const Compared& compared) {
  if (llvm::sys::fs::exists(compared.file))
    return llvm::createStringError(
        "%s is there already: 'corolint baseline update' takes fixed findings out, "
        "with --add it takes new ones in",
        compared.file.c_str());
  Baseline baseline{std::string(fingerprint_version), compared.now};
  for (KnownFinding& one : baseline.findings) one.reason = request.reason;
  if (llvm::Error error = write_to_file(compared.file, baseline_text(baseline))) return error;
  tell("Wrote " + counted(baseline.findings.size(), "finding") + " to " + compared.file + ".\n");
  return exit_clean;
}

llvm::Expected<int> update(const BaselineRequest& request, const Compared& compared) {
  Baseline baseline{std::string(fingerprint_version), {}};
  std::vector<bool> is_known(compared.now.size());
  for (const Pair& pair : compared.pairs) {
    KnownFinding one = compared.now[pair.now];
    one.reason = compared.old.findings[pair.old].reason;
    baseline.findings.push_back(std::move(one));
    is_known[pair.now] = true;
  }
  std::size_t removed = 0, added = 0;
  for (std::size_t i = 0; i < compared.old.findings.size(); ++i)
    if (compared.is_stale(i))
      ++removed;
    else if (!compared.is_paired(i))
      baseline.findings.push_back(compared.old.findings[i]);
  for (std::size_t i = 0; request.add && i < compared.now.size(); ++i) {
    if (is_known[i]) continue;
    baseline.findings.push_back(compared.now[i]);
    baseline.findings.back().reason = request.reason;
    ++added;
  }
  if (llvm::Error error = write_to_file(compared.file, baseline_text(baseline))) return error;
  tell(llvm::formatv("{0} in {1}: {2} added, {3} removed.\n", counted(baseline.findings.size(), "finding"),
                     compared.file, added, removed));
  return exit_clean;
}

// For CI: debts only shrink.
llvm::Expected<int> prune(const Compared& compared) {
  std::string stale;
  for (std::size_t i = 0; i < compared.old.findings.size(); ++i)
    if (compared.is_stale(i)) stale += shown(compared.old.findings[i]) + "\n";
  if (stale.empty()) return exit_clean;
  auto status = print(stale);
  if (!status) return status;
  tell("These are fixed: 'corolint baseline update' takes them out.\n");
  return exit_findings;
}

llvm::Expected<int> explain_entries(const BaselineRequest& request, const Compared& compared) {
  std::string text;
  for (std::size_t i = 0; i < compared.old.findings.size(); ++i) {
    const KnownFinding& one = compared.old.findings[i];
    if (!llvm::StringRef(one.id).starts_with(request.id)) continue;
    text += shown(one) + "\n";
    if (!one.reason.empty()) text += "  reason: " + one.reason + "\n";
    const auto pair = std::find_if(compared.pairs.begin(), compared.pairs.end(),
                                   [&](const Pair& candidate) { return candidate.old == i; });
    if (pair != compared.pairs.end())
      text += "  is found in " + compared.now[pair->now].file + ": " + std::string(phase_text(pair->phase)) +
              "\n";
    else
      text += compared.is_stale(i) ? "  is fixed\n" : "  its file was not analysed in full\n";
  }
  if (text.empty())
    return llvm::createStringError("no finding in %s has an id that begins with '%s'", compared.file.c_str(),
                                   request.id.c_str());
  return print(text);
}

// There has been one version of the identities so far: what is of none known is matched by the rest.
llvm::Expected<int> migrate(const BaselineRequest& request, const Compared& compared) {
  if (compared.old.fingerprint == fingerprint_version) {
    tell(llvm::formatv("{0} is of version {1} already.\n", compared.file, fingerprint_version));
    return exit_clean;
  }
  return update(request, compared);
}

llvm::Expected<Compared> compare(const BaselineRequest& request, Report report, const std::string& file) {
  Compared compared{file, {}, known_findings(report), {}, std::move(report)};
  if (!llvm::sys::fs::exists(file)) {
    if (request.what == BaselineRequest::What::create) return compared;
    return llvm::createStringError("there is no baseline %s: 'corolint baseline create' makes one",
                                   file.c_str());
  }
  const bool any_version = request.what == BaselineRequest::What::migrate;
  auto text = any_version ? read_any_baseline(file) : read_baseline(file);
  if (!text) return text.takeError();
  compared.old = std::move(*text);
  compared.pairs = match(compared.old.findings, compared.now, renames_since(compared.report.root, file));
  return compared;
}

llvm::Expected<int> act(const BaselineRequest& request, const Compared& compared) {
  switch (request.what) {
    case BaselineRequest::What::create:
      return create(request, compared);
    case BaselineRequest::What::update:
      return update(request, compared);
    case BaselineRequest::What::prune:
      return prune(compared);
    case BaselineRequest::What::explain:
      return explain_entries(request, compared);
    case BaselineRequest::What::migrate:
      return migrate(request, compared);
  }
  return exit_internal;
}

}  // namespace

llvm::Expected<int> change_baseline(const CheckRequest& check, const BaselineRequest& request) {
  auto report = checked_report(check);
  if (!report) return report.takeError();
  tell_broken(*report);
  const std::string file = baseline_file(check.gate.fresh, report->gate, report->root);
  auto compared = compare(request, std::move(*report), file);
  if (!compared) return compared.takeError();
  auto status = act(request, *compared);
  // What could not be analysed may hold more: a file made from it is no whole one.
  return status && *status == exit_clean && !compared->report.broken.empty()
             ? llvm::Expected<int>(exit_incomplete)
             : std::move(status);
}

}  // namespace corolint
