#pragma once

// Comments that silence findings, in the grammar of clang-tidy's NOLINT
// (clang.llvm.org/extra/clang-tidy/#suppressing-undesired-diagnostics):
//   // NOLINT(rule-a, rule-*): reason           on the line
//   // NOLINTNEXTLINE(rule): reason             above it
//   // NOLINTBEGIN(rule) … // NOLINTEND(rule)
//   // corolint: file-allow(rule): reason       in the whole file
// A NOLINT without names silences every rule. Names of other tools' checks are theirs. It stands at the start
// of a comment, or at its end with names: a sentence about NOLINT is none.

#include <string>
#include <string_view>
#include <vector>

#include "engine/project_settings.h"
#include "unit/comment.h"

namespace corolint {

struct Suppression {
  std::string file;
  std::uint32_t first_line = 0, last_line = 0;
  std::vector<std::string> rules;  // names or globs; empty: all
  std::string reason;
  Place comment;
  std::vector<Place> removal;  // what goes with it if nothing else is said there
  bool holds = true;           // else the project's settings take its force

  friend auto operator<=>(const Suppression&, const Suppression&) = default;
};

// A place where a suppression has silenced a rule.
struct SuppressionUse {
  std::string file;
  std::uint32_t line = 0;
  std::string rule;

  friend auto operator<=>(const SuppressionUse&, const SuppressionUse&) = default;
};

// Returns the suppressions in the comments, which are sorted by place.
std::vector<Suppression> suppressions_in(const std::vector<Comment>& comments,
                                         const SuppressionSettings& settings = {});

// Does the name, which may be a glob, mean the rule?
bool means_rule(const std::string& name, std::string_view rule);

// Does the suppression cover the line for the rule, whether it holds or not?
bool covers(const Suppression& suppression, std::string_view rule, const std::string& file,
            std::uint32_t line);

// Returns the first that silences the rule at that line of the file, or null.
const Suppression* suppressing(const std::vector<Suppression>& suppressions, std::string_view rule,
                               const std::string& file, std::uint32_t line);

}  // namespace corolint
