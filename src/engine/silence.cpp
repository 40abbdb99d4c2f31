#include "engine/silence.h"

#include <algorithm>

#include "engine/own_rules.h"

namespace corolint {

namespace {

Finding finding_about(const Suppression& suppression, std::string_view rule,
                      std::vector<std::string> arguments) {
  const RuleEntry& entry = *find_rule(rule);
  const Message& message = entry.rule.messages.front();
  Finding finding;
  finding.rule = rule;
  finding.level = entry.rule.level;
  finding.place = suppression.comment;
  finding.message_id = message.id;
  finding.message = fill_in(message.text, arguments);
  finding.arguments = std::move(arguments);
  return finding;
}

// Of names that only other tools know nothing is said, and `*` is for all tools.
bool is_ours(const std::string& name) {
  return name.find_first_not_of('*') != std::string::npos &&
         std::any_of(all_rules().begin(), all_rules().end(),
                     [&](const RuleEntry& rule) { return means_rule(name, rule.name); });
}

class Reviewer {
 public:
  explicit Reviewer(const SuppressionReview& review) : review_(review) {
    for (const Edge& edge : review.graph.edges()) {
      const Place place = review.graph.place(edge);
      if (!review.graph.function(edge.callee).is_seen) unseen_.insert(edge.callee);
      if (place.is_somewhere()) calls_[place.file].emplace(place.line, edge.callee);
    }
  }

  std::vector<Finding> findings() const {
    std::vector<Finding> findings;
    for (const Suppression& one : review_.suppressions) {
      if (Finding finding = unused(one); !finding.rule.empty()) findings.push_back(std::move(finding));
      const std::string hides = hidden_rule(one);
      const bool is_blanket =
          one.rules.empty() || std::any_of(one.rules.begin(), one.rules.end(), [](const auto& name) {
            return !name.empty() && name.find_first_not_of('*') == std::string::npos;
          });
      const bool names_ours = std::any_of(one.rules.begin(), one.rules.end(), is_ours);
      if (is_blanket && !hides.empty()) findings.push_back(blanket(one, hides));
      if (one.reason.empty() && (names_ours || !hides.empty())) findings.push_back(unexplained(one));
    }
    return findings;
  }

 private:
  bool is_used(const Suppression& one, const std::string& name) const {
    return std::any_of(review_.uses.begin(), review_.uses.end(), [&](const SuppressionUse& use) {
      return covers(one, use.rule, use.file, use.line) && means_rule(name, use.rule);
    });
  }

  // Returns the first rule that it hides, or would hide if it held.
  std::string hidden_rule(const Suppression& one) const {
    for (const SuppressionUse& use : review_.hiding)
      if (covers(one, use.rule, use.file, use.line)) return use.rule;
    return {};
  }

  bool all_ran(const std::string& name) const {
    return std::all_of(all_rules().begin(), all_rules().end(), [&](const RuleEntry& rule) {
      return !means_rule(name, rule.name) ||
             std::any_of(review_.rules.begin(), review_.rules.end(),
                         [&](const RuleEntry* ran) { return ran->name == rule.name; });
    });
  }

  // Does a call that it covers come to a function that no unit has shown? Then it may end a chain there.
  bool may_end_chain(const Suppression& one) const {
    const auto calls = calls_.find(one.file);
    if (calls == calls_.end() || unseen_.empty()) return false;
    std::set<FunctionId> seen;
    std::vector<FunctionId> open;
    for (auto call = calls->second.lower_bound(one.first_line);
         call != calls->second.end() && call->first <= one.last_line; ++call)
      open.push_back(call->second);
    while (!open.empty()) {
      const FunctionId id = open.back();
      open.pop_back();
      if (!seen.insert(id).second) continue;
      if (unseen_.contains(id)) return true;
      for (const FunctionId target : review_.graph.targets_of(id)) open.push_back(target);
      for (const EdgeId edge : review_.graph.calls_of(id)) open.push_back(review_.graph.edges()[edge].callee);
    }
    return false;
  }

  Finding unused(const Suppression& one) const {
    if (!review_.is_complete || !one.holds) return {};
    std::string names;
    bool is_all = true;
    for (const std::string& name : one.rules) {
      const bool is_idle = is_ours(name) && all_ran(name) && !is_used(one, name);
      is_all = is_all && is_idle;
      if (is_idle) names += (names.empty() ? "" : "', '") + name;
    }
    if (names.empty() || may_end_chain(one)) return {};
    Finding finding = finding_about(one, unused_suppression, {names});
    finding.label = "nothing is reported here";
    finding.help = "remove it";
    Fix fix{"remove the suppression", Applicability::safe, {}};
    for (const Place& place : one.removal) fix.edits.push_back({place, ""});
    if (is_all && !fix.edits.empty()) finding.fixes.push_back(std::move(fix));
    return finding;
  }

  Finding blanket(const Suppression& one, const std::string& hides) const {
    Finding finding = finding_about(one, blanket_suppression, {hides});
    if (review_.settings.require_rule) finding.level = Level::warning;
    finding.label = "silences every check";
    finding.help = "name the rule: 'NOLINT(" + hides + "): why'";
    return finding;
  }

  Finding unexplained(const Suppression& one) const {
    Finding finding = finding_about(one, unexplained_suppression, {});
    if (review_.settings.require_reason) finding.level = Level::warning;
    finding.label = "no reason is given";
    finding.help = "write why after a colon: 'NOLINT(rule): why'";
    return finding;
  }

  const SuppressionReview& review_;
  std::set<FunctionId> unseen_;  // functions of the project that no unit defines
  std::map<std::string, std::multimap<std::uint32_t, FunctionId>> calls_;  // by file and line
};

}  // namespace

std::set<SuppressionUse> silence(const std::vector<Suppression>& suppressions, std::vector<Finding>& findings,
                                 std::vector<HiddenFinding>& hidden) {
  std::set<SuppressionUse> uses;
  std::erase_if(findings, [&](Finding& finding) {
    const Place& place = finding.place;
    for (const Suppression& one : suppressions)
      if (covers(one, finding.rule, place.file, place.line))
        uses.insert({place.file, place.line, finding.rule});
    const Suppression* by = suppressing(suppressions, finding.rule, place.file, place.line);
    if (by) hidden.push_back({std::move(finding), HiddenFinding::By::comment, by->reason});
    return by != nullptr;
  });
  return uses;
}

std::vector<Finding> review(const SuppressionReview& review) {
  return Reviewer(review).findings();
}

}  // namespace corolint
