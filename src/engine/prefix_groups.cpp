#include "engine/prefix_groups.h"

#include <algorithm>
#include <iterator>
#include <map>

namespace corolint {

namespace {

// Making a prefix is parsing its headers and writing the result: a little more than parsing them in a unit.
constexpr double cost_of_making = 1.3;
// What a unit saves of the parsing of a header in its prefix.
constexpr double saved_share = 0.95;
// What a unit has to parse itself, of the files that are in its group's prefix but not in the common base.
constexpr double left_share = 0.2;
// Groups are compared pairwise; beyond this many, a unit joins one of those that are there.
constexpr std::size_t most_groups = 400;

// Returns what it gains, in bytes, that the groups, of which `common` bytes of files are the same, become
// one.
using Gain = std::function<double(const PrefixGroup& a, const PrefixGroup& b, double common)>;

double saving_of(double times, double size) {
  return std::max(0.0, (saved_share * times - cost_of_making) * size);
}

double gain_of_one_prefix(const PrefixGroup& a, const PrefixGroup& b, double common) {
  return saving_of(a.times + b.times, common) - a.saving() - b.saving();
}

// The common files are parsed once instead of twice. What is left of each group's files is parsed for it in
// any case, but then it is spread over smaller groups.
double gain_of_one_base(const PrefixGroup& a, const PrefixGroup& b, double common) {
  return cost_of_making * common - left_share * (a.times * (a.size - common) + b.times * (b.size - common));
}

PrefixGroup merged(const PrefixGroup& a, const PrefixGroup& b, const SizeOf& size) {
  PrefixGroup group;
  std::set_intersection(a.files.begin(), a.files.end(), b.files.begin(), b.files.end(),
                        std::back_inserter(group.files));
  group.units = a.units;
  group.units.insert(group.units.end(), b.units.begin(), b.units.end());
  group.times = a.times + b.times;
  for (const std::uint32_t file : group.files) group.size += static_cast<double>(size(file));
  return group;
}

double gain_of(const PrefixGroup& a, const PrefixGroup& b, const SizeOf& size, const Gain& gain) {
  double common = 0;
  for (auto left = a.files.begin(), right = b.files.begin();
       left != a.files.end() && right != b.files.end();) {
    if (*left == *right) common += static_cast<double>(size(*left));
    const bool moves_left = *left <= *right, moves_right = *right <= *left;
    left += moves_left;
    right += moves_right;
  }
  return gain(a, b, common);
}

// One group for each set of files, in the order of the units.
std::vector<PrefixGroup> first_groups(const std::vector<ParsedFiles>& units,
                                      const std::vector<std::size_t>& members, const SizeOf& size) {
  std::map<FileNumbers, std::size_t> known;
  std::vector<PrefixGroup> groups;
  for (const std::size_t unit : members) {
    const auto [at, is_new] = known.try_emplace(units[unit].files, groups.size());
    if (is_new) {
      PrefixGroup& group = groups.emplace_back();
      group.files = units[unit].files;
      for (const std::uint32_t file : group.files) group.size += static_cast<double>(size(file));
    }
    groups[at->second].units.push_back(unit);
    groups[at->second].times += units[unit].times;
  }
  return groups;
}

// Lets each group beyond the limit join the one that gains most by it.
void limit(std::vector<PrefixGroup>& groups, const SizeOf& size) {
  while (groups.size() > most_groups) {
    const PrefixGroup last = std::move(groups.back());
    groups.pop_back();
    std::vector<double> gains;
    for (const PrefixGroup& group : groups) gains.push_back(gain_of(group, last, size, gain_of_one_prefix));
    PrefixGroup& best = groups[std::max_element(gains.begin(), gains.end()) - gains.begin()];
    best = merged(best, last, size);
  }
}

// Merges the pair of groups that gains most, until none gains anything.
void merge(std::vector<PrefixGroup>& groups, const SizeOf& size, const Gain& gain) {
  const std::size_t count = groups.size();
  std::vector<std::vector<double>> gains(count, std::vector<double>(count, 0));
  std::vector<bool> is_gone(count, false);
  for (std::size_t a = 0; a < count; ++a)
    for (std::size_t b = a + 1; b < count; ++b) gains[a][b] = gain_of(groups[a], groups[b], size, gain);
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
        gains[std::min(first, other)][std::max(first, other)] =
            gain_of(groups[first], groups[other], size, gain);
  }
  std::vector<PrefixGroup> left;
  for (std::size_t i = 0; i < count; ++i)
    if (!is_gone[i]) left.push_back(std::move(groups[i]));
  groups = std::move(left);
}

}  // namespace

double PrefixGroup::saving() const {
  return saving_of(times, size);
}

std::vector<PrefixGroup> group_units(const std::vector<ParsedFiles>& units,
                                     const std::vector<std::size_t>& members, const SizeOf& size) {
  auto groups = first_groups(units, members, size);
  limit(groups, size);
  merge(groups, size, gain_of_one_prefix);
  return groups;
}

void join_groups(std::vector<PrefixGroup>& groups, const SizeOf& size) {
  merge(groups, size, gain_of_one_base);
}

}  // namespace corolint
