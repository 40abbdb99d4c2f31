#include <map>

#include "output/json_text.h"
#include "output/output.h"
#include "output/plain_text.h"
#include "output/spelling.h"

namespace corolint {

namespace {

using Json = nlohmann::ordered_json;

std::string_view severity_of(Level level) {
  return level == Level::error ? "major" : level == Level::warning ? "minor" : "info";
}

// GitLab shows the description only, so the rule's name stands in it.
Json entry(std::string_view rule, const std::string& text, std::string_view severity, const Place& place) {
  return {{"description", std::string(rule) + ": " + text},
          {"check_name", rule},
          {"severity", severity},
          {"location", {{"path", place.file}, {"lines", {{"begin", place.line}, {"end", place.end_line}}}}}};
}

// Entries with one fingerprint would be one to GitLab: twins are numbered.
class Numbered {
 public:
  std::string operator()(const std::string& fingerprint) {
    const unsigned number = ++seen_[fingerprint];
    return number == 1 ? fingerprint : fingerprint + "-" + std::to_string(number);
  }

 private:
  std::map<std::string, unsigned> seen_;
};

}  // namespace

std::string as_gitlab(const Report& report) {
  Numbered numbered;
  Json entries = Json::array();
  for (const Finding& finding : report.findings) {
    entries.push_back(entry(finding.rule, plain_line(finding), severity_of(finding.level), finding.place));
    entries.back()["fingerprint"] = numbered(finding.fingerprint);
  }
  for (const BrokenUnit& unit : report.broken) {
    entries.push_back(entry(not_analysed, sentence_of(unit), "critical", place_of(unit)));
    entries.back()["fingerprint"] = numbered(std::string(not_analysed) + ":" + unit.file);
  }
  return json_text(entries);
}

}  // namespace corolint
