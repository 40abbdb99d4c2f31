#pragma once

// Comments that silence findings, in the grammar of clang-tidy's NOLINT
// (clang.llvm.org/extra/clang-tidy/#suppressing-undesired-diagnostics):
//   // NOLINT(rule-a, rule-*): reason           on the line
//   // NOLINTNEXTLINE(rule): reason             above it
//   // NOLINTBEGIN(rule) … // NOLINTEND(rule)
//   // corolint: file-allow(rule): reason       in the whole file
// A NOLINT without names silences every rule. Names of other tools' checks are theirs.

#include <string>
#include <string_view>
#include <vector>

#include "unit/comment.h"

namespace corolint {

struct Suppression {
  std::string file;
  std::uint32_t first_line = 0, last_line = 0;
  std::vector<std::string> rules;  // names or globs; empty: all
  std::string reason;
  std::uint32_t line = 0;  // of the comment

  friend auto operator<=>(const Suppression&, const Suppression&) = default;
};

// Returns the suppressions in the comments, which are sorted by place.
std::vector<Suppression> suppressions_in(const std::vector<Comment>& comments);

// Does one of them silence the rule at that line of the file?
bool is_suppressed(const std::vector<Suppression>& suppressions, std::string_view rule,
                   const std::string& file, std::uint32_t line);

}  // namespace corolint
