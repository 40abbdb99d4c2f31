#include "rule/option.h"

#include <stdexcept>

namespace corolint {

Options::Options(const std::vector<Option>& declared, const Values& set) {
  for (const Option& option : declared) values_.emplace(option.name, option.standard);
  for (const auto& [name, value] : set) values_.at(name) = value;
}

template <typename Type>
const Type& Options::value(std::string_view name) const {
  const auto found = values_.find(name);
  const Type* value = found == values_.end() ? nullptr : std::get_if<Type>(&found->second);
  if (!value) throw std::logic_error("the rule declares no such option '" + std::string(name) + "'");
  return *value;
}

bool Options::flag(std::string_view name) const {
  return value<bool>(name);
}

std::int64_t Options::number(std::string_view name) const {
  return value<std::int64_t>(name);
}

const std::vector<std::string>& Options::words(std::string_view name) const {
  return value<std::vector<std::string>>(name);
}

std::string spelled(const OptionValue& value) {
  if (const bool* flag = std::get_if<bool>(&value)) return *flag ? "true" : "false";
  if (const auto* number = std::get_if<std::int64_t>(&value)) return std::to_string(*number);
  std::string text;
  for (const std::string& word : std::get<std::vector<std::string>>(value))
    text += (text.empty() ? "" : ", ") + word;
  return "[" + text + "]";
}

}  // namespace corolint
