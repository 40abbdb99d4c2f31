#include "engine/choose_prefixes.h"

#include <algorithm>
#include <iterator>
#include <map>
#include <set>

namespace corolint {

namespace {

// Below these many bytes of headers there is nothing to save: for a prefix by itself, and for one on top of
// another, which takes a unit longer to load.
constexpr double least_saving = 200'000;
constexpr double least_saving_on_top = 300'000;

class Choice {
 public:
  Choice(const std::vector<UnitIncludes>& units, const std::vector<unsigned>& times, const SizeOf& size)
      : units_(units), size_(size) {
    for (std::size_t i = 0; i < units.size(); ++i) left_.push_back({units[i].files, times[i]});
  }

  // Chooses for units with equal flags.
  void add(const std::vector<std::size_t>& members) {
    auto groups = group_units(left_, members, size_);
    join_groups(groups, size_);
    for (PrefixGroup& group : groups) {
      if (group.saving() < least_saving) continue;
      add_plan(group, std::nullopt);
      add_on_top(group);
    }
  }

  std::vector<PrefixPlan> plans;

 private:
  // Chooses what stands on top of the last plan, which was made of the group.
  void add_on_top(const PrefixGroup& base) {
    const std::size_t number = plans.size() - 1;
    for (const std::size_t unit : base.units) {
      FileNumbers rest;
      std::ranges::set_difference(left_[unit].files, base.files, std::back_inserter(rest));
      left_[unit].files = std::move(rest);
    }
    for (PrefixGroup& group : group_units(left_, base.units, size_))
      if (group.saving() >= least_saving_on_top) add_plan(group, number);
  }

  void add_plan(PrefixGroup& group, std::optional<std::size_t> base) {
    std::sort(group.units.begin(), group.units.end());
    plans.push_back({headers_of(group), group.units, base});
  }

  // Returns the headers that the group's units name and that are in all of them, in the order in which they
  // come up. One that comes with another is named as well: it may be what another unit names.
  std::vector<std::string> headers_of(const PrefixGroup& group) const {
    std::set<std::uint32_t> known;
    std::vector<std::string> names;
    for (const std::size_t unit : group.units)
      for (const ForeignHeader& header : units_[unit].headers)
        if (std::binary_search(group.files.begin(), group.files.end(), header.file) &&
            known.insert(header.file).second)
          names.push_back(header.directive);
    return names;
  }

  const std::vector<UnitIncludes>& units_;
  const SizeOf& size_;
  std::vector<ParsedFiles> left_;  // by unit: what is in no prefix yet
};

}  // namespace

std::vector<PrefixPlan> choose_prefixes(const std::vector<UnitIncludes>& units,
                                        const std::vector<unsigned>& times, const SizeOf& size) {
  std::map<std::string, std::vector<std::size_t>> by_flags;
  for (std::size_t i = 0; i < units.size(); ++i)
    if (!units[i].flags.empty()) by_flags[units[i].flags].push_back(i);
  Choice choice(units, times, size);
  for (const auto& [flags, members] : by_flags) choice.add(members);
  return std::move(choice.plans);
}

}  // namespace corolint
