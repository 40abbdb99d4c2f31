#pragma once

// What people said of corolint's findings in code that nobody here wrote, and how it is laid beside the
// findings of a new run. Nothing in a verdict depends on lines: it stays with its finding while the code
// around moves.

#include <compare>
#include <map>
#include <nlohmann/json_fwd.hpp>
#include <string>
#include <vector>

#include "rule/rule.h"

namespace corolint {

enum class Judgement { right, wrong, arguable };

// What makes two findings the same for a verdict. `names` are the names in the message; a verdict without any
// fits whatever the message names.
struct FindingKey {
  std::string rule, file, function, message;
  std::vector<std::string> names;

  friend auto operator<=>(const FindingKey&, const FindingKey&) = default;
};

struct Verdict {
  FindingKey key;
  std::size_t count = 1;  // how many findings of one function share the key, and the verdict
  Judgement judgement = Judgement::right;
  std::string why;
};

// A finding of a run: its key, and what a reader needs to judge it.
struct EcosystemFinding {
  FindingKey key;
  std::string level;
  std::string shown;  // "file:line: level: message"

  friend auto operator<=>(const EcosystemFinding&, const EcosystemFinding&) = default;
};

// The numbers of one rule.
struct Tally {
  std::size_t findings = 0, fresh = 0;      // fresh: nobody has judged them
  std::map<Judgement, std::size_t> judged;  // findings of the run that have a verdict
  std::map<Judgement, std::size_t> gone;    // verdicts whose finding the run no longer has

  Tally& operator+=(const Tally& other);
};

struct Comparison {
  std::map<std::string, Tally> rules;
  Tally errors;  // of all rules, the findings of level error
  std::vector<EcosystemFinding> fresh;
  std::vector<Verdict> gone;  // `count` is how many are gone
};

// Reads the "verdicts" of a project's file; throws std::runtime_error that names the entry at fault.
std::vector<Verdict> verdicts_from(const nlohmann::json& verdicts);

// Reads the findings of corolint's json format.
std::vector<EcosystemFinding> findings_from(const nlohmann::json& report);

// Gives each finding the verdict with its key, or else the one that fits without names, each verdict as often
// as it counts.
Comparison compare(const std::vector<EcosystemFinding>& findings, const std::vector<Verdict>& verdicts);

// Returns right / (right + wrong) as "97 %", "-" if there is neither.
std::string precision(const std::map<Judgement, std::size_t>& judged);

// Returns right / (right + wrong + arguable), likewise.
std::string strict_precision(const std::map<Judgement, std::size_t>& judged);

// Returns the word for the least precision that the numbers leave likely: few of them say little, however
// right they are. Unknown below ten.
Precision precision_class(const std::map<Judgement, std::size_t>& judged);

// Returns at most `most` findings of each rule, the same ones in every run: chosen by a hash of the key.
std::vector<EcosystemFinding> sample(std::vector<EcosystemFinding> findings, std::size_t most);

}  // namespace corolint
