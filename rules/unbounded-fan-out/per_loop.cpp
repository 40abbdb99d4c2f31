#include "per_loop.h"

#include <map>

namespace corolint::fan_out {

std::vector<Finding> one_per_loop(std::vector<InLoop> found) {
  std::vector<Finding> findings;
  std::map<Place, std::map<Place, Finding>> by_loop;  // the loop → where it starts something
  for (InLoop& one : found)
    if (one.loop.is_somewhere())
      by_loop[one.loop].try_emplace(one.finding.place, std::move(one.finding));
    else
      findings.push_back(std::move(one.finding));
  for (auto& [loop, starts] : by_loop) {
    Finding& first = findings.emplace_back(std::move(starts.begin()->second));
    for (auto other = std::next(starts.begin()); other != starts.end(); ++other)
      first.notes.push_back({other->first, "this is started in the same loop"});
  }
  return findings;
}

}  // namespace corolint::fan_out
