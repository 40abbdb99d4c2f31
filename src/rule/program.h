#pragma once

// What a rule gets once the facts of all units are together: the call graph, its own records, and a way to
// report. There is no syntax tree any more, only values.

#include <deque>
#include <functional>
#include <set>
#include <string>
#include <vector>

#include "facts/call_graph.h"
#include "models/models.h"
#include "rule/rule.h"

namespace corolint {

class Program {
 public:
  // `records` are those of the rule, sorted, no two equal. `is_complete`: every unit of the program was seen
  // whole. `options_of` says what the rule's options are for a file.
  Program(const CallGraph& graph, const Models& models, const RuleEntry& rule,
          std::vector<std::string> records, bool is_complete,
          std::function<Options(const std::string&)> options_of)
      : graph_(graph),
        models_(models),
        rule_(rule),
        records_(std::move(records)),
        is_complete_(is_complete),
        options_of_(std::move(options_of)) {}

  const CallGraph& graph() const { return graph_; }
  const Models& models() const { return models_; }
  std::string_view rule_name() const { return rule_.name; }
  const std::vector<std::string>& records() const { return records_; }
  bool is_complete() const { return is_complete_; }
  // Does a comment at the call silence the rule? To ask counts as a use of the comment: so a rule asks last.
  bool is_cut(const Edge& edge) const;
  // Returns the calls for which that was so, once each.
  const std::set<EdgeId>& cuts() const { return cuts_; }
  // Returns the rule's options as they hold for the file, which a place names.
  Options options(const std::string& file) const { return options_of_(file); }

  // Returns a finding of the rule at `place` in the function; the caller fills in what it wants to say more.
  // It counts as reported.
  Finding& report(const Place& place, FunctionId function, const Message& message,
                  std::vector<std::string> arguments);
  // Reports a finding that a unit has made and that was kept back until now. Where units are missing, it says
  // so, and `doubt` says what they may hold: "a limit that they set is not known". An empty one: nothing that
  // matters.
  void report(Finding finding, std::string_view doubt);

  std::deque<Finding> take_findings() { return std::move(findings_); }

 private:
  const CallGraph& graph_;
  const Models& models_;
  const RuleEntry& rule_;
  std::vector<std::string> records_;
  bool is_complete_;
  std::function<Options(const std::string&)> options_of_;
  mutable std::set<EdgeId> cuts_;
  std::deque<Finding> findings_;  // a deque: callers hold references into it
};

// Returns the steps of a way through the program: "calls 'x'" at each call, and what is not known of it.
std::vector<Step> steps_of(const Program& program, const std::vector<EdgeId>& way);

}  // namespace corolint
