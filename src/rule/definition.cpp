#include "rule/definition.h"

namespace corolint {

std::string definition_key(const Pass& pass, const clang::FunctionDecl& function) {
  const clang::FunctionDecl* definition = function.getDefinition();
  std::string key = pass.key(function);
  if (!definition) return key;
  return definition_of(key, pass.unit().place_of(clang::SourceRange(definition->getLocation())).file);
}

void Definitions::add(const std::string& definition) {
  by_key_[key_of_definition(definition)].insert(definition);
}

std::string Definitions::find(const std::string& name) const {
  const std::string key = key_of_definition(name);
  const auto known = by_key_.find(key);
  if (known == by_key_.end()) return {};
  if (key != name) return known->second.contains(name) ? name : std::string();
  const auto meant = program_.graph().definitions_of(key);
  const bool is_one = known->second.size() == 1 && meant.size() <= 1 &&
                      !(meant.size() == 1 && program_.graph().function(meant.front()).differs);
  return is_one ? *known->second.begin() : std::string();
}

}  // namespace corolint
