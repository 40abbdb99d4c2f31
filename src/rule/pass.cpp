#include "rule/pass.h"

#include "unit/names.h"

namespace corolint {

FindingBuilder& FindingBuilder::label(std::string text) {
  finding_.label = std::move(text);
  return *this;
}

FindingBuilder& FindingBuilder::help(std::string text) {
  finding_.help = std::move(text);
  return *this;
}

FindingBuilder& FindingBuilder::sink(std::string name) {
  finding_.sink = std::move(name);
  return *this;
}

FindingBuilder& FindingBuilder::level(Level level) {
  finding_.level = level;
  return *this;
}

FindingBuilder& FindingBuilder::fix(Fix fix) {
  if (!fix.edits.empty()) finding_.fixes.push_back(std::move(fix));
  return *this;
}

FindingBuilder& FindingBuilder::note(const clang::Stmt* at, std::string text) {
  return at ? note(at->getSourceRange(), std::move(text)) : *this;
}

FindingBuilder& FindingBuilder::note(const clang::Decl* at, std::string text) {
  return at ? note(clang::SourceRange(at->getLocation()), std::move(text)) : *this;
}

FindingBuilder& FindingBuilder::note(clang::SourceRange at, std::string text) {
  Place place = unit_.place_of(at);
  if (place.is_somewhere()) finding_.notes.push_back({std::move(place), std::move(text)});
  return *this;
}

Pass::Pass(const Unit& unit, const std::vector<Function>& functions, const UnitModels& models,
           const RuleEntry& rule, Options options, IsSuppressed is_suppressed)
    : unit_(unit),
      functions_(functions),
      models_(models),
      rule_(rule),
      options_(std::move(options)),
      is_suppressed_(std::move(is_suppressed)) {}

std::vector<const Function*> Pass::coroutines() const {
  std::vector<const Function*> result;
  for (const Function& function : functions_)
    if (function.is_asynchronous()) result.push_back(&function);
  return result;
}

std::string Pass::library_of(const Function& function) const {
  const Entry* task = models().find(Role::task, function.declaration().getReturnType());
  return task ? task->library : std::string();
}

FindingBuilder Pass::report(const Function& function, const clang::Stmt* at, const Message& message,
                            std::vector<std::string> arguments) {
  return report(function, at->getSourceRange(), message, std::move(arguments));
}

FindingBuilder Pass::report(const Function& function, const clang::Decl* at, const Message& message,
                            std::vector<std::string> arguments) {
  return report(function, clang::SourceRange(at->getLocation()), message, std::move(arguments));
}

FindingBuilder Pass::report(const Function& function, clang::SourceRange at, const Message& message,
                            std::vector<std::string> arguments) {
  return add(findings_, function, at, message, std::move(arguments));
}

FindingBuilder Pass::keep(const Function& function, clang::SourceRange at, const Message& message,
                          std::vector<std::string> arguments) {
  return add(kept_, function, at, message, std::move(arguments));
}

FindingBuilder Pass::add(std::deque<Finding>& findings, const Function& function, clang::SourceRange at,
                         const Message& message, std::vector<std::string> arguments) {
  Finding& finding = findings.emplace_back();
  finding.rule = rule_.name;
  finding.level = rule_.rule.level;
  finding.place = unit_.place_of(at);
  finding.message_id = message.id;
  finding.message = fill_in(message.text, arguments);
  finding.arguments = std::move(arguments);
  finding.function = function.name();
  finding.entity = entity_name(function.declaration());
  return {unit_, finding};
}

}  // namespace corolint
