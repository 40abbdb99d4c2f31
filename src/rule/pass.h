#pragma once

// What a rule gets: one unit as coroutines, functions and calls, the libraries' models, and a way to report.

#include <deque>

#include "clang/AST/Attr.h"
#include "coroutines/function.h"
#include "models/models.h"
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
  // Another level than the rule's own, for a shape that is less sure or less grave.
  FindingBuilder& level(Level level);

 private:
  const Unit& unit_;
  Finding& finding_;
};

class Pass {
 public:
  Pass(const Unit& unit, const std::vector<Function>& functions, const Models& models, const RuleEntry& rule);

  const Unit& unit() const { return unit_; }
  const clang::ASTContext& ast() const { return unit_.ast(); }
  const Models& models() const { return models_; }

  // Returns the project's functions that can be judged, coroutines among them; see functions_of.
  const std::vector<Function>& functions() const { return functions_; }
  // Returns those of them that are coroutines.
  std::vector<const Function*> coroutines() const;

  // Returns what the models say of the call in the role, or null.
  const Entry* find(Role role, const Call& call) const { return models_.find(role, call, ast()); }
  // Returns what is known of `type` if it can be awaited.
  std::optional<Awaitable> awaitable(clang::QualType type) const {
    return awaitable_of(type, models_, ast());
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

  // Returns what was reported.
  std::deque<Finding> take_findings() { return std::move(findings_); }

 private:
  const Unit& unit_;
  const std::vector<Function>& functions_;
  const Models& models_;
  const RuleEntry& rule_;
  std::deque<Finding> findings_;  // a deque: builders hold references into it
};

}  // namespace corolint
