#include "output/sarif_result.h"

#include "output/fold.h"
#include "output/line_hash.h"
#include "output/sarif_place.h"
#include "output/spelling.h"

#include "llvm/Support/FormatVariadic.h"

#include <algorithm>
#include <map>

namespace corolint {

namespace {

using Json = nlohmann::ordered_json;

constexpr std::size_t message_limit = 1000;
constexpr std::size_t step_limit = 100;

// Returns `text` such that no viewer takes brackets in it for a link.
std::string without_links(const std::string& text) {
  if (text.find("](") == std::string::npos) return text;
  std::string escaped;
  for (const char c : text) {
    if (c == '[' || c == ']') escaped += '\\';
    escaped += c;
  }
  return escaped;
}

// Returns the notes that have a place; their order gives them the numbers that links use.
std::vector<Note> placed_notes(const Finding& finding) {
  std::vector<Note> notes;
  std::ranges::copy_if(finding.notes, std::back_inserter(notes),
                       [](const Note& note) { return note.place.is_somewhere(); });
  return notes;
}

std::string words_of(const Note& note) {
  return note.text.empty() ? "here" : note.text;
}

// Returns the sentence, the help and the links, leaving out from the end what has no room.
std::string message_text(const Finding& finding) {
  std::string text = as_sentence(without_links(shortened(finding.message, message_limit / 2)));
  const auto append = [&text](const std::string& more) {
    if (text.size() + more.size() < message_limit) text += more;
  };
  if (!finding.help.empty()) append(" Help: " + as_sentence(without_links(finding.help)));
  std::string links;
  const std::vector<Note> notes = placed_notes(finding);
  for (std::size_t i = 0; i < notes.size(); ++i) {
    const std::string label = without_links(shortened(words_of(notes[i]), 120));
    links += llvm::formatv("{0} [{1}]({2})", i == 0 ? " See" : ",", label, i + 1);
  }
  if (!links.empty()) append(links + ".");
  return text;
}

Json message_of(const Finding& finding) {
  Json message = {{"text", message_text(finding)}};
  if (!finding.message_id.empty()) message["id"] = finding.message_id;
  if (!finding.arguments.empty()) message["arguments"] = finding.arguments;
  return message;
}

Json primary_location(const Finding& finding) {
  Json location = {{"physicalLocation", sarif_place(finding.place)}};
  if (!finding.function.empty()) location["logicalLocations"] = sarif_function(finding.function);
  if (!finding.label.empty()) location["message"] = {{"text", as_sentence(finding.label)}};
  return location;
}

Json related_locations(const Finding& finding) {
  Json locations = Json::array();
  for (const Note& note : placed_notes(finding))
    locations.push_back({{"id", locations.size() + 1},
                         {"physicalLocation", sarif_place(note.place)},
                         {"message", {{"text", as_sentence(words_of(note))}}}});
  return locations;
}

// Returns the steps that can be shown: those with a place, of a long path the first ones and the last.
std::vector<const Step*> shown_steps(const Finding& finding) {
  std::vector<const Step*> steps;
  for (const Step& step : finding.path)
    if (step.place.is_somewhere()) steps.push_back(&step);
  if (steps.size() > step_limit) steps.erase(steps.begin() + (step_limit - 1), steps.end() - 1);
  return steps;
}

Json thread_flow(const std::vector<const Step*>& steps) {
  Json locations = Json::array();
  for (std::size_t i = 0; i < steps.size(); ++i) {
    const Step& step = *steps[i];
    const bool is_end = i == 0 || i + 1 == steps.size();
    const std::string text = step.function + (step.function.empty() ? "" : " ") + step.text;
    Json location = {{"physicalLocation", sarif_place(step.place)}};
    if (!step.function.empty()) location["logicalLocations"] = sarif_function(step.function);
    location["message"] = {{"text", as_sentence(text)}};
    locations.push_back({{"location", location},
                         {"nestingLevel", i},
                         {"executionOrder", i + 1},
                         {"importance", is_end ? "essential" : "important"}});
  }
  return {{"locations", locations}};
}

Json fingerprints(const Finding& finding, SarifSources& sources) {
  Json fingerprints = Json::object();
  const std::string& name = finding.place.file;
  if (const SourceFile* file = sources.text.file(name)) {
    const auto [hashes, is_new] = sources.hashes.try_emplace(name);
    if (is_new) hashes->second = line_hashes(file->bytes);
    const std::size_t line = finding.place.line;
    if (line >= 1 && line <= hashes->second.size())
      fingerprints["primaryLocationLineHash"] = hashes->second[line - 1];
  }
  fingerprints["corolint/v1"] = finding.fingerprint;
  return fingerprints;
}

// Returns the best fix, the file of the finding first: some hosts read only the first file.
Json fixes_of(const Finding& finding) {
  const Fix& fix = finding.fixes.front();
  std::map<std::string, Json> replacements;
  for (const Edit& edit : fix.edits) {
    const auto [entry, is_new] = replacements.try_emplace(edit.place.file, Json::array());
    entry->second.push_back(
        {{"deletedRegion", sarif_place(edit.place)["region"]}, {"insertedContent", {{"text", edit.text}}}});
  }
  Json changes = Json::array();
  const auto add = [&](const std::string& file, const Json& list) {
    changes.push_back({{"artifactLocation", sarif_artifact(file)}, {"replacements", list}});
  };
  if (const auto own = replacements.find(finding.place.file); own != replacements.end()) {
    add(own->first, own->second);
    replacements.erase(own);
  }
  for (const auto& [file, list] : replacements) add(file, list);
  return Json::array({{{"description", {{"text", as_sentence(fix.message)}}}, {"artifactChanges", changes}}});
}

}  // namespace

void mark_hidden(Json& result, const HiddenFinding& hidden) {
  const bool is_known = hidden.by == HiddenFinding::By::baseline;
  if (is_known) result["baselineState"] = "unchanged";
  Json suppression = {{"kind", is_known ? "external" : "inSource"}, {"status", "accepted"}};
  if (!hidden.reason.empty()) suppression["justification"] = hidden.reason;
  result["suppressions"] = Json::array({suppression});
}

// What stands on the line now is another thing's: its hash would tell the host that nothing is fixed.
void mark_absent(Json& result) {
  result["baselineState"] = "absent";
  result["partialFingerprints"].erase("primaryLocationLineHash");
}

Json sarif_result(const Report& report, const Finding& finding, SarifSources& sources) {
  Json result = {{"ruleId", finding.rule}};
  const auto rule = std::ranges::find(report.rules, finding.rule, &RuleEntry::name);
  if (rule != report.rules.end()) result["ruleIndex"] = rule - report.rules.begin();
  result["level"] = level_name(finding.level);
  result["message"] = message_of(finding);
  result["locations"] = Json::array({primary_location(finding)});
  if (Json related = related_locations(finding); !related.empty()) result["relatedLocations"] = related;
  if (const auto steps = shown_steps(finding); !steps.empty())
    result["codeFlows"] = Json::array({{{"threadFlows", Json::array({thread_flow(steps)})}}});
  result["partialFingerprints"] = fingerprints(finding, sources);
  if (report.has_baseline) result["baselineState"] = "new";
  if (!finding.fixes.empty()) {
    result["fixes"] = fixes_of(finding);
    const bool is_safe = finding.fixes.front().applicability == Applicability::safe;
    result["properties"] = {{"applicability", is_safe ? "safe" : "unsafe"}};
  }
  return result;
}

}  // namespace corolint
