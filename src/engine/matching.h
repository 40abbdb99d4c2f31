#pragma once

// Which findings of two runs are the same. Identities are matched as a multiset, in phases from the surest to
// the least sure one; what a phase has taken, later ones do not see. So a finding that was fixed and another
// one that came never cancel out, and an edit around a finding never makes it new.

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "rule/finding.h"

namespace corolint {

// What is kept of a finding to know it again.
struct KnownFinding {
  std::string rule;
  std::string id;    // the fingerprint
  std::string file;  // relative to the root
  std::string in;    // the entity that encloses it
  std::string code;  // what it stands at, as tokens; cut if it is long
  std::string sink;
  std::string context;  // digests of the shapes of the lines around it, and of its own: "before:after:own"
  std::string reason;   // why it is kept, in people's words

  friend auto operator<=>(const KnownFinding&, const KnownFinding&) = default;
};

KnownFinding known(const Finding& finding);

enum class Phase {
  same,      // same identity, same file
  renamed,   // same identity, in the file that this one is called now
  moved,     // same identity, in other files, as many as there were
  edited,    // same rule, function and sink; the code at the finding was edited, or a variable renamed
  reformed,  // same rule and code in the same file; the function around it was renamed or got other
             // parameters
};

// Returns what the phase means, for people: "the same place".
std::string_view phase_text(Phase phase);

struct Pair {
  std::size_t old = 0, now = 0;  // indices
  Phase phase = Phase::same;
};

// Returns the pairs of findings that are the same, sorted by `now`. `renames` gives new names by old ones.
std::vector<Pair> match(const std::vector<KnownFinding>& old, const std::vector<KnownFinding>& now,
                        const std::map<std::string, std::string>& renames);

}  // namespace corolint
