#pragma once

// Which rules are on for which files, at which level and with which options. Levels are applied to findings,
// not to analyses: another level needs no new analysis. What an analysis depends on is in `facts_key`.

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "rule/option.h"
#include "rule/rule.h"

namespace corolint {

// What is set for a rule. What is not set stays as it was.
struct RuleSetting {
  std::optional<Level> level = {};
  Options::Values options = {};
  std::map<std::string, std::string> places = {};  // where "level" and each option were set, for people
};

// Settings for some files.
struct RuleBlock {
  std::string folder = {};  // for files below it, relative to the root; empty: for all. Globs start there
  std::string prefix = {};  // where the root lies, as the globs see it: they start in a folder above the root
  std::vector<std::string> files = {};            // globs; empty: all below the folder
  bool is_for_headers = false;                    // for headers only
  std::vector<std::string> except = {};           // but not for files that these globs match
  bool is_fresh = false;                          // for these files, nothing said before holds
  std::map<std::string, RuleSetting> rules = {};  // by name, group or glob; a name wins over the others, of
                                                  // which a longer one wins over a shorter one
};

// Do the block's settings hold for the file?
bool is_for(const RuleBlock& block, const std::string& file);

class RuleSettings {
 public:
  RuleSettings() = default;
  // Later blocks win.
  explicit RuleSettings(std::vector<RuleBlock> blocks) : blocks_(std::move(blocks)) {}

  // Returns the rule's level for the file, which is named as places name it.
  Level level(const RuleEntry& rule, const std::string& file) const;
  // Returns the rule's options for the file.
  Options options(const RuleEntry& rule, const std::string& file) const;
  // Is the rule on for any file?
  bool is_on(const RuleEntry& rule) const;
  // Returns the rules that are on for any file.
  std::vector<const RuleEntry*> rules_to_run() const;
  // Returns what of the settings decides the analysis of the unit whose main file that is: the rules that run
  // and their options, but no levels.
  std::string facts_key(const std::string& file) const;

  const std::vector<RuleBlock>& blocks() const { return blocks_; }
  // Returns what is set for the rule in the file, with the places.
  RuleSetting setting(const RuleEntry& rule, const std::string& file) const {
    return setting(rule, blocks_for(file));
  }

 private:
  std::vector<const RuleBlock*> blocks_for(const std::string& file) const;
  static RuleSetting setting(const RuleEntry& rule, const std::vector<const RuleBlock*>& blocks);

  std::vector<RuleBlock> blocks_;
};

// Returns the level at which a finding is reported if its rule has the level `wanted`. What a rule itself
// holds for less grave than its other findings stays so.
Level level_of(const Finding& finding, const RuleEntry& rule, Level wanted);

// Gives the findings their levels and drops those of rules that are off where they stand.
void apply_levels(const RuleSettings& settings, std::vector<Finding>& findings);

}  // namespace corolint
