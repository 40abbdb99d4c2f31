#include "rule/definition.h"

namespace corolint {

namespace {

constexpr char separator = '\n';

}  // namespace

std::string definition_key(const Pass& pass, const clang::FunctionDecl& function) {
  const clang::FunctionDecl* definition = function.getDefinition();
  std::string key = pass.key(function);
  if (!definition) return key;
  return key + separator + pass.unit().place_of(clang::SourceRange(definition->getLocation())).file;
}

std::string plain_key(const std::string& definition_key) {
  return definition_key.substr(0, definition_key.find(separator));
}

void Definitions::add(const std::string& definition) {
  by_key_[plain_key(definition)].insert(definition);
}

std::string Definitions::find(const std::string& name) const {
  const std::string key = plain_key(name);
  const auto known = by_key_.find(key);
  if (known == by_key_.end()) return {};
  if (key != name) return known->second.contains(name) ? name : std::string();
  const FunctionId* id = program_.graph().find(key);
  const bool is_one = known->second.size() == 1 && !(id && program_.graph().function(*id).differs);
  return is_one ? *known->second.begin() : std::string();
}

}  // namespace corolint
