#pragma once

// Units in groups by the foreign files that all of a group include, so that parsing these once for the group
// saves most. Pure: from sets of files to groups.

#include <cstdint>
#include <functional>
#include <vector>

namespace corolint {

using FileNumbers = std::vector<std::uint32_t>;  // sorted
// Returns what a file costs to parse, in bytes.
using SizeOf = std::function<std::size_t(std::uint32_t)>;

// Units that would share one prefix: of the files that all of them include.
struct PrefixGroup {
  FileNumbers files;
  std::vector<std::size_t> units;
  double size = 0;  // of the files, in bytes

  // Returns the bytes that need not be parsed when the files are parsed once for all units.
  double saving() const;
};

// Returns the groups that save most, each unit in one of them. `units` are sets of files, `members` says
// which of them are meant.
std::vector<PrefixGroup> group_units(const std::vector<FileNumbers>& units,
                                     const std::vector<std::size_t>& members, const SizeOf& size);

// Lets groups that have much in common become one, for which only the common part is parsed: what else its
// units share may stand on top of that.
void join_groups(std::vector<PrefixGroup>& groups, const SizeOf& size);

}  // namespace corolint
