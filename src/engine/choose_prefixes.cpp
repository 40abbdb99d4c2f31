#include "engine/choose_prefixes.h"

#include <algorithm>
#include <map>
#include <set>

namespace corolint {

namespace {

using Files = std::vector<std::uint32_t>;
using SizeOf = std::function<std::size_t(std::uint32_t)>;

// Making a prefix is parsing its headers and writing the result: a little more than parsing them in a unit.
constexpr double cost_of_making = 1.3;
// What a unit saves of the parsing of a header in its prefix.
constexpr double saved_share = 0.95;
// Below this many bytes of headers there is nothing to save.
constexpr double least_saving = 200'000;
// Groups are compared pairwise; beyond this many, a unit joins one of those that are there.
constexpr std::size_t most_groups = 400;

// Units that would share one prefix: of the files that all of them include.
struct Group {
  Files files;
  std::vector<std::size_t> units;
  double size = 0;

  double saving() const { return saving_of(units.size(), size); }

  static double saving_of(std::size_t units, double size) {
    return std::max(0.0, (saved_share * static_cast<double>(units) - cost_of_making) * size);
  }
};

Group merged(const Group& a, const Group& b, const SizeOf& size) {
  Group group;
  std::set_intersection(a.files.begin(), a.files.end(), b.files.begin(), b.files.end(),
                        std::back_inserter(group.files));
  group.units = a.units;
  group.units.insert(group.units.end(), b.units.begin(), b.units.end());
  for (const std::uint32_t file : group.files) group.size += static_cast<double>(size(file));
  return group;
}

double gain_of(const Group& a, const Group& b, const SizeOf& size) {
  double common = 0;
  for (auto left = a.files.begin(), right = b.files.begin();
       left != a.files.end() && right != b.files.end();) {
    if (*left == *right) common += static_cast<double>(size(*left));
    const bool moves_left = *left <= *right, moves_right = *right <= *left;
    left += moves_left;
    right += moves_right;
  }
  return Group::saving_of(a.units.size() + b.units.size(), common) - a.saving() - b.saving();
}

// The groups of the units with equal flags: one for each set of files, in the order of the units.
std::vector<Group> first_groups(const std::vector<UnitIncludes>& units,
                                const std::vector<std::size_t>& members, const SizeOf& size) {
  std::map<Files, std::size_t> known;
  std::vector<Group> groups;
  for (const std::size_t unit : members) {
    const auto [at, is_new] = known.try_emplace(units[unit].files, groups.size());
    if (is_new) {
      Group& group = groups.emplace_back();
      group.files = units[unit].files;
      for (const std::uint32_t file : group.files) group.size += static_cast<double>(size(file));
    }
    groups[at->second].units.push_back(unit);
  }
  return groups;
}

// Lets each group beyond the limit join the one that gains most by it.
void limit(std::vector<Group>& groups, const SizeOf& size) {
  while (groups.size() > most_groups) {
    const Group last = std::move(groups.back());
    groups.pop_back();
    std::vector<double> gains;
    for (const Group& group : groups) gains.push_back(gain_of(group, last, size));
    Group& best = groups[std::max_element(gains.begin(), gains.end()) - gains.begin()];
    best = merged(best, last, size);
  }
}

// Merges the pair of groups that gains most, until none gains anything.
void merge(std::vector<Group>& groups, const SizeOf& size) {
  const std::size_t count = groups.size();
  std::vector<std::vector<double>> gains(count, std::vector<double>(count, 0));
  std::vector<bool> is_gone(count, false);
  for (std::size_t a = 0; a < count; ++a)
    for (std::size_t b = a + 1; b < count; ++b) gains[a][b] = gain_of(groups[a], groups[b], size);
  for (;;) {
    std::size_t first = 0, second = 0;
    double best = 0;
    for (std::size_t a = 0; a < count; ++a)
      for (std::size_t b = a + 1; b < count; ++b)
        if (!is_gone[a] && !is_gone[b] && gains[a][b] > best) {
          first = a;
          second = b;
          best = gains[a][b];
        }
    if (best <= 0) break;
    groups[first] = merged(groups[first], groups[second], size);
    is_gone[second] = true;
    for (std::size_t other = 0; other < count; ++other)
      if (other != first && !is_gone[other])
        gains[std::min(first, other)][std::max(first, other)] = gain_of(groups[first], groups[other], size);
  }
  std::vector<Group> left;
  for (std::size_t i = 0; i < count; ++i)
    if (!is_gone[i]) left.push_back(std::move(groups[i]));
  groups = std::move(left);
}

// Returns the headers that the group's units name and that are in all of them, in the order in which they
// come up. One that comes with another is named as well: it may be what another unit names.
std::vector<std::string> headers_of(const Group& group, const std::vector<UnitIncludes>& units) {
  std::set<std::uint32_t> known;
  std::vector<std::string> names;
  for (const std::size_t unit : group.units)
    for (const ForeignHeader& header : units[unit].headers)
      if (std::binary_search(group.files.begin(), group.files.end(), header.file) &&
          known.insert(header.file).second)
        names.push_back(header.directive);
  return names;
}

}  // namespace

std::vector<PrefixPlan> choose_prefixes(const std::vector<UnitIncludes>& units, const SizeOf& size) {
  std::map<std::string, std::vector<std::size_t>> by_flags;
  for (std::size_t i = 0; i < units.size(); ++i)
    if (!units[i].flags.empty()) by_flags[units[i].flags].push_back(i);
  std::vector<PrefixPlan> plans;
  for (const auto& [flags, members] : by_flags) {
    auto groups = first_groups(units, members, size);
    limit(groups, size);
    merge(groups, size);
    for (Group& group : groups) {
      if (group.saving() < least_saving) continue;
      std::sort(group.units.begin(), group.units.end());
      auto headers = headers_of(group, units);
      plans.push_back({std::move(headers), std::move(group.units)});
    }
  }
  return plans;
}

}  // namespace corolint
