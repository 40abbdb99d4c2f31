#pragma once

// What a rule gets: one unit as coroutines, functions and calls, the libraries' models, and a way to report.

#include <deque>
#include <functional>
#include <utility>

#include "clang/AST/Attr.h"
#include "coroutines/function.h"
#include "facts/key.h"
#include "models/unit_models.h"
#include "rule/awaitable.h"
#include "rule/finding.h"
#include "rule/rule.h"
#include "unit/unit.h"

namespace corolint {

// A finding in the making; each call adds to it.
class FindingBuilder {
 public:
  FindingBuilder(const Unit& unit, Finding& finding) : unit_(unit), finding_(finding) {}

  // The words under the caret: what happens here at run time.
  FindingBuilder& label(std::string text);
  // A secondary place: a statement, the name of a declaration, or a range. Left out if it stands in no file.
  FindingBuilder& note(const clang::Stmt* at, std::string text);
  FindingBuilder& note(const clang::Decl* at, std::string text);
  FindingBuilder& note(clang::SourceRange at, std::string text);
  // What to write instead.
  FindingBuilder& help(std::string text);
  // The function that it comes down to, by its qualified name: part of what tells the finding again.
  FindingBuilder& sink(std::string name);
  // Another level than the rule's own, for a shape that is less sure or less grave.
  FindingBuilder& level(Level level);
  // Edits that put it right, made with the functions of rule/edits.h; without edits nothing is added.
  FindingBuilder& fix(Fix fix);

 private:
  const Unit& unit_;
  Finding& finding_;
};

class Pass {
 public:
  // Tells whether a comment silences the rule at a place.
  using IsSuppressed = std::function<bool(const Place&)>;

  Pass(const Unit& unit, const std::vector<Function>& functions, const UnitModels& models,
       const RuleEntry& rule, Options options, IsSuppressed is_suppressed);

  const Unit& unit() const { return unit_; }
  const clang::ASTContext& ast() const { return unit_.ast(); }
  const Models& models() const { return models_.models(); }
  // Returns the rule's options as they hold for this unit.
  const Options& options() const { return options_; }

  // Returns the project's functions that can be judged, coroutines among them; see functions_of.
  const std::vector<Function>& functions() const { return functions_; }
  // Returns those of them that are coroutines, of either kind.
  std::vector<const Function*> coroutines() const;

  // Returns what the models say of the call in the role, or null.
  const Entry* find(Role role, const Call& call) const { return models_.find(role, call); }
  // Returns what is known of `type` if it can be awaited.
  std::optional<Awaitable> awaitable(clang::QualType type) const {
    return awaitable_of(type, models(), ast());
  }
  // Returns the id of the library whose task type the function returns; empty for a home-made one.
  std::string library_of(const Function& function) const;

  // Reports `message` at a statement, at the name of a declaration, or at a range, in `function`.
  FindingBuilder report(const Function& function, const clang::Stmt* at, const Message& message,
                        std::vector<std::string> arguments);
  FindingBuilder report(const Function& function, const clang::Decl* at, const Message& message,
                        std::vector<std::string> arguments);
  FindingBuilder report(const Function& function, clang::SourceRange at, const Message& message,
                        std::vector<std::string> arguments);

  // Likewise, but keeps the finding back for the rule's `conclude`, which sees the whole program: the finding
  // is the last of take_kept().
  FindingBuilder keep(const Function& function, clang::SourceRange at, const Message& message,
                      std::vector<std::string> arguments);
  // Returns the findings kept back since the last call.
  std::deque<Finding> take_kept() { return std::exchange(kept_, {}); }
  // Does a comment at the statement silence the rule?
  bool is_suppressed(const clang::Stmt* at) const {
    return is_suppressed_(unit_.place_of(at->getSourceRange()));
  }
  // Keeps a record for the rule's `conclude`; see rule/record.h.
  void add_record(std::string record) { records_.push_back(std::move(record)); }
  std::vector<std::string> take_records() { return std::move(records_); }

  // Returns the name that the function, field or variable has in the facts of every unit.
  std::string key(const clang::FunctionDecl& function) const { return function_key(function, unit_); }
  std::string key(const clang::ValueDecl& variable) const { return variable_key(variable, unit_); }

  // Returns what was reported.
  std::deque<Finding> take_findings() { return std::move(findings_); }

 private:
  const Unit& unit_;
  const std::vector<Function>& functions_;
  const UnitModels& models_;
  const RuleEntry& rule_;
  const Options options_;
  const IsSuppressed is_suppressed_;
  FindingBuilder add(std::deque<Finding>& findings, const Function& function, clang::SourceRange at,
                     const Message& message, std::vector<std::string> arguments);

  std::deque<Finding> findings_;  // a deque: builders hold references into it
  std::deque<Finding> kept_;
  std::vector<std::string> records_;
};

}  // namespace corolint
