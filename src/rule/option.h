#pragma once

// What a project may set of a rule. A rule declares its options with their defaults; the configuration's
// schema, `corolint explain` and the reading of values all come from that declaration.

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace corolint {

using OptionValue = std::variant<bool, std::int64_t, std::vector<std::string>>;

struct Option {
  std::string_view name;  // kebab-case
  OptionValue standard;   // the default; its type is the option's
  std::string_view what;  // one sentence for people, without the full stop
};

// The values that hold for one rule.
class Options {
 public:
  using Values = std::map<std::string, OptionValue, std::less<>>;

  Options() = default;
  // The values in `set` replace the defaults of `declared`.
  Options(const std::vector<Option>& declared, const Values& set);

  // Return the value; std::logic_error if the rule declares no such option of that type.
  bool flag(std::string_view name) const;
  std::int64_t number(std::string_view name) const;
  const std::vector<std::string>& words(std::string_view name) const;

 private:
  template <typename Type>
  const Type& value(std::string_view name) const;

  Values values_;
};

// Returns the value as the configuration spells it: "true", "12", "[a, b]".
std::string spelled(const OptionValue& value);

}  // namespace corolint
