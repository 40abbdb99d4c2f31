#include "engine/rule_settings.h"

#include <algorithm>
#include <set>

#include "engine/own_rules.h"
#include "llvm/Support/GlobPattern.h"
#include "project/language.h"
#include "project/path_glob.h"

namespace corolint {

bool is_for(const RuleBlock& block, const std::string& file) {
  if (block.is_for_headers && !is_header(file)) return false;
  std::string_view path = file;
  if (!block.folder.empty()) {
    if (!path.starts_with(block.folder + "/")) return false;
    path.remove_prefix(block.folder.size() + 1);
  }
  const std::string seen = block.prefix + std::string(path);
  const auto matches = [&](const std::string& glob) { return matches_path(glob, seen); };
  if (std::ranges::any_of(block.except, matches)) return false;
  return block.files.empty() || std::ranges::any_of(block.files, matches);
}

namespace {

bool matches_rule(const std::string& group_or_glob, const RuleEntry& rule) {
  if (group_or_glob == rule.rule.group) return true;
  auto pattern = llvm::GlobPattern::create(group_or_glob);
  if (!pattern) return llvm::consumeError(pattern.takeError()), false;
  return pattern->match(rule.name);
}

// Returns the settings of the block for the rule, the strongest last.
std::vector<const RuleSetting*> settings_for(const RuleBlock& block, const RuleEntry& rule) {
  std::vector<std::pair<std::size_t, const RuleSetting*>> found;
  for (const auto& [name, setting] : block.rules)
    if (name == rule.name || matches_rule(name, rule))
      found.emplace_back(name == rule.name ? std::string::npos : name.size(), &setting);
  std::stable_sort(found.begin(), found.end(),
                   [](const auto& a, const auto& b) { return a.first < b.first; });
  std::vector<const RuleSetting*> settings;
  for (const auto& [strength, setting] : found) settings.push_back(setting);
  return settings;
}

}  // namespace

std::vector<const RuleBlock*> RuleSettings::blocks_for(const std::string& file) const {
  std::vector<const RuleBlock*> blocks;
  for (const RuleBlock& block : blocks_)
    if (is_for(block, file)) blocks.push_back(&block);
  return blocks;
}

RuleSetting RuleSettings::setting(const RuleEntry& rule, const std::vector<const RuleBlock*>& blocks) {
  RuleSetting result;
  for (const RuleBlock* block : blocks) {
    if (block->is_fresh) result = {};
    for (const RuleSetting* one : settings_for(*block, rule)) {
      if (one->level) result.level = one->level;
      for (const auto& [name, value] : one->options) result.options.insert_or_assign(name, value);
      for (const auto& [name, place] : one->places) result.places.insert_or_assign(name, place);
    }
  }
  return result;
}

Level RuleSettings::level(const RuleEntry& rule, const std::string& file) const {
  return setting(rule, blocks_for(file)).level.value_or(rule.rule.level);
}

Options RuleSettings::options(const RuleEntry& rule, const std::string& file) const {
  return {rule.rule.options, setting(rule, blocks_for(file)).options};
}

bool RuleSettings::is_on(const RuleEntry& rule) const {
  std::set<Level> possible = {rule.rule.level};  // in some file or other
  for (const RuleBlock& block : blocks_) {
    const bool is_for_all = block.files.empty() && block.folder.empty() && !block.is_for_headers;
    const auto set = [&](Level level) {
      if (is_for_all) possible.clear();
      possible.insert(level);
    };
    if (block.is_fresh) set(rule.rule.level);
    for (const RuleSetting* one : settings_for(block, rule))
      if (one->level) set(*one->level);
  }
  return *possible.rbegin() != Level::none;
}

// A header may be seen by units for whose own files the rule is off: so it runs everywhere or nowhere.
std::vector<const RuleEntry*> RuleSettings::rules_to_run() const {
  std::vector<const RuleEntry*> rules;
  for (const RuleEntry& rule : all_rules())
    if (is_on(rule)) rules.push_back(&rule);
  return rules;
}

std::string RuleSettings::facts_key(const std::string& file) const {
  std::string key;
  const auto blocks = blocks_for(file);
  for (const RuleEntry* rule : rules_to_run()) {
    key += std::string(rule->name) + "{";
    const RuleSetting set = setting(*rule, blocks);
    for (const auto& [name, value] : set.options) key += name + "=" + spelled(value) + ";";
    key += "}\n";
  }
  return key;
}

Level level_of(const Finding& finding, const RuleEntry& rule, Level wanted) {
  const Level usual = rule.rule.level;
  if (wanted == usual) return finding.level;
  const bool is_less_grave = finding.level < usual || (usual == Level::none && finding.level != usual);
  return is_less_grave ? std::min(finding.level, wanted) : wanted;
}

void apply_levels(const RuleSettings& settings, std::vector<Finding>& findings) {
  std::erase_if(findings, [&](Finding& finding) {
    if (const RuleEntry* rule = find_rule(finding.rule))
      finding.level = level_of(finding, *rule, settings.level(*rule, finding.place.file));
    return finding.level == Level::none;
  });
}

}  // namespace corolint
