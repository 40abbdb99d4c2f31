#pragma once

// Units in groups by the foreign files that all of a group include, so that parsing these once for the group
// saves most. Pure: from sets of files to groups.

#include <cstdint>
#include <functional>
#include <vector>

namespace corolint {

using FileNumbers = std::vector<std::uint32_t>;  // sorted

// The files of a unit, and how often it is to be parsed: once, if nothing is known of it.
struct ParsedFiles {
  FileNumbers files;
  unsigned times = 1;
};

// Returns what a file costs to parse, in bytes.
using SizeOf = std::function<std::size_t(std::uint32_t)>;

// Units that would share one prefix: of the files that all of them include.
struct PrefixGroup {
  FileNumbers files;
  std::vector<std::size_t> units;
  double times = 0;  // for which the units are parsed, all together
  double size = 0;   // of the files, in bytes

  // Returns the bytes that need not be parsed when the files are parsed once for all of these times.
  double saving() const;
};

// Returns the groups that save most, each unit in one of them. `members` says which of the units are meant.
std::vector<PrefixGroup> group_units(const std::vector<ParsedFiles>& units,
                                     const std::vector<std::size_t>& members, const SizeOf& size);

// Lets groups that have much in common become one, for which only the common part is parsed: what else its
// units share may stand on top of that.
void join_groups(std::vector<PrefixGroup>& groups, const SizeOf& size);

}  // namespace corolint
