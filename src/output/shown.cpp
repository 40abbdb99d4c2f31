#include "output/shown.h"

#include <algorithm>
#include <tuple>

namespace corolint {

std::vector<ShownFinding> shown_findings(const Report& report, Hidden hidden) {
  std::vector<ShownFinding> all;
  for (const Finding& finding : report.findings) all.push_back({&finding, nullptr});
  if (hidden == Hidden::left_out) return all;
  for (const HiddenFinding& one : report.hidden) all.push_back({&one.finding, &one});
  std::ranges::stable_sort(all, {}, [](const ShownFinding& one) {
    const Place& place = one.finding->place;
    return std::tie(place.file, place.line, place.column, one.finding->rule);
  });
  return all;
}

std::string mark_of(const ShownFinding& shown) {
  if (!shown.hidden) return {};
  const bool is_known = shown.hidden->by == HiddenFinding::By::baseline;
  const std::string how = is_known ? "in the baseline" : "suppressed";
  return shown.hidden->reason.empty() ? how : how + ": " + shown.hidden->reason;
}

}  // namespace corolint
