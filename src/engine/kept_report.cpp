#include "engine/kept_report.h"

#include <map>
#include <set>

#include "cache/digest.h"
#include "engine/fingerprint.h"
#include "engine/own_rules.h"
#include "engine/source_bytes.h"
#include "packing/packing.h"
#include "project/paths.h"

namespace corolint {

auto members(packing::Of<Place> auto& place) {
  auto& [file, line, column, end_line, end_column] = place;
  return std::tie(file, line, column, end_line, end_column);
}

auto members(packing::Of<Note> auto& note) {
  auto& [place, text] = note;
  return std::tie(place, text);
}

auto members(packing::Of<Step> auto& step) {
  auto& [place, function, text] = step;
  return std::tie(place, function, text);
}

auto members(packing::Of<Edit> auto& edit) {
  auto& [place, text] = edit;
  return std::tie(place, text);
}

auto members(packing::Of<Fix> auto& fix) {
  auto& [message, applicability, edits] = fix;
  return std::tie(message, applicability, edits);
}

auto members(packing::Of<Finding> auto& finding) {
  auto& [rule, level, place, message_id, arguments, message, label, notes, path, help, function, entity, sink,
         anchor, context, fingerprint, fixes] = finding;
  return std::tie(rule, level, place, message_id, arguments, message, label, notes, path, help, function,
                  entity, sink, anchor, context, fingerprint, fixes);
}

auto members(packing::Of<HiddenFinding> auto& hidden) {
  auto& [finding, by, reason] = hidden;
  return std::tie(finding, by, reason);
}

auto members(packing::Of<CompilerError> auto& error) {
  auto& [place, message] = error;
  return std::tie(place, message);
}

auto members(packing::Of<BrokenUnit> auto& unit) {
  auto& [file, cause, errors, error_count, is_internal] = unit;
  return std::tie(file, cause, errors, error_count, is_internal);
}

auto members(packing::Of<UnseenFunction> auto& function) {
  auto& [name, call, caller] = function;
  return std::tie(name, call, caller);
}

auto members(packing::Of<GateSettings> auto& gate) {
  auto& [fail_on, broken_fails, baseline] = gate;
  return std::tie(fail_on, broken_fails, baseline);
}

namespace {

// What of a report is kept: not what only the run that asks for it knows.
struct Kept {
  std::vector<Finding> findings;
  std::vector<BrokenUnit> broken;
  std::vector<UnseenFunction> unseen;
  std::vector<std::string> unread, rules, files;
  std::size_t units = 0;
  GateSettings gate;
  std::vector<HiddenFinding> hidden;
  bool is_whole = false;
  std::map<std::string, std::string> digests;  // of the files that findings stand in
};

auto members(packing::Of<Kept> auto& kept) {
  auto& [findings, broken, unseen, unread, rules, files, units, gate, hidden, is_whole, digests] = kept;
  return std::tie(findings, broken, unseen, unread, rules, files, units, gate, hidden, is_whole, digests);
}

std::string digest_in(const std::string& file, const std::string& root, FileStates& states) {
  return states.digest(file.starts_with("/") ? file : joined(root, file));
}

// Returns digests of the files that findings stand in; an empty one where the file is not as it was when the
// run looked at it: nobody knows which text its findings were identified by.
std::map<std::string, std::string> digests_of(const Report& report, FileStates& states) {
  std::map<std::string, std::string> digests;
  SourceBytes sources(report);
  const auto add = [&](const std::string& file) {
    const auto [digest, is_new] = digests.try_emplace(file);
    if (!is_new) return;
    const std::string* bytes = sources.file(file);
    const std::string now = bytes ? digest_of_bytes(*bytes) : "";
    if (now == digest_in(file, report.root, states)) digest->second = now;
  };
  for (const Finding& finding : report.findings) add(finding.place.file);
  for (const HiddenFinding& hidden : report.hidden) add(hidden.finding.place.file);
  return digests;
}

}  // namespace

std::string kept_report(const Report& report, FileStates& states) {
  Kept kept{report.findings,
            report.broken,
            report.unseen,
            report.unread,
            {},
            report.files,
            report.units,
            report.gate,
            report.hidden,
            report.is_whole,
            digests_of(report, states)};
  for (const RuleEntry* rule : report.rules) kept.rules.emplace_back(rule->name);
  return packing::packed(kept);
}

std::optional<Report> report_from_kept(std::string_view bytes, const Plan& plan, FileStates& states) {
  auto kept = packing::unpacked<Kept>(bytes);
  if (!kept) return std::nullopt;
  Report report;
  report.root = plan.root;
  report.unsaved = plan.unsaved;
  report.findings = std::move(kept->findings);
  report.broken = std::move(kept->broken);
  report.unseen = std::move(kept->unseen);
  report.unread = std::move(kept->unread);
  report.files = std::move(kept->files);
  report.units = kept->units;
  report.gate = std::move(kept->gate);
  report.hidden = std::move(kept->hidden);
  report.is_whole = kept->is_whole;
  for (const std::string& name : kept->rules)
    if (const RuleEntry* rule = find_rule(name)) report.rules.push_back(rule);
  std::set<std::string> others;
  for (const auto& [file, digest] : kept->digests)
    if (digest.empty() || digest_in(file, plan.root, states) != digest) others.insert(file);
  if (!others.empty()) identify(report, &others);
  return report;
}

}  // namespace corolint
