#include "project/json_schema.h"

#include <algorithm>
#include <map>
#include <vector>

#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/Regex.h"
#include "project/nearest.h"

namespace corolint {

namespace {

using nlohmann::json;

// Few enough to be listed where none is meant for sure.
constexpr std::size_t listed_keys = 20;

std::string in_words(const std::string& type) {
  static const std::map<std::string, std::string> words = {{"object", "a mapping of keys to values"},
                                                           {"array", "a list"},
                                                           {"string", "a word"},
                                                           {"boolean", "true or false"},
                                                           {"integer", "a number"},
                                                           {"number", "a number"},
                                                           {"null", "nothing"}};
  const auto found = words.find(type);
  return found == words.end() ? type : found->second;
}

// Returns the keys that may be set.
std::vector<std::string> keys_of(const json& object) {
  std::vector<std::string> keys;
  for (const auto& [key, value] : object.items())
    if (!value.contains("x-refused")) keys.push_back(key);
  return keys;
}

std::string unknown_word(const json& words, const json& value) {
  const auto known = words.get<std::vector<std::string>>();
  const std::string word = value.is_string() ? value.get<std::string>() : value.dump();
  const std::string near = did_you_mean(word, known);
  return "unknown word '" + word + "'" +
         (!near.empty()       ? near
          : known.size() == 1 ? "; it can only be " + known.front()
                              : "; there are " + llvm::join(known, ", "));
}

}  // namespace

const json& JsonSchema::resolved(const json& schema) const {
  if (!schema.contains("$ref")) return schema;
  return resolved(root_.at(json::json_pointer(schema.at("$ref").get<std::string>().substr(1))));
}

const json* JsonSchema::for_type(const json& schema, const std::string& type) const {
  const json& described = resolved(schema);
  if (described.contains("oneOf")) {
    for (const json& choice : described.at("oneOf"))
      if (const json* fits = for_type(choice, type)) return fits;
    return nullptr;
  }
  const auto wanted = described.find("type");
  return wanted == described.end() || *wanted == type ? &described : nullptr;
}

std::string JsonSchema::wrong_type(const json& schema, const std::string& type) const {
  const json& described = resolved(schema);
  const bool lacks_brackets = type == "string" && described.value("type", "") == "array";
  return "this must be " + types_of(schema) + (lacks_brackets ? ", in brackets: [word, word]" : "") +
         ", not " + in_words(type);
}

std::string JsonSchema::types_of(const json& schema) const {
  const json& described = resolved(schema);
  if (!described.contains("oneOf")) return in_words(described.at("type").get<std::string>());
  std::string types;
  for (const json& choice : described.at("oneOf")) types += (types.empty() ? "" : " or ") + types_of(choice);
  return types;
}

std::string type_of(const json& value) {
  return value.is_number_integer() ? "integer" : std::string(value.type_name());
}

const json* schema_of_key(const json& object_schema, const std::string& key) {
  static const json anything = json::object();
  const json& properties = object_schema.contains("properties") ? object_schema.at("properties") : anything;
  if (properties.contains(key)) return &properties.at(key);
  const auto patterns = object_schema.find("patternProperties");
  for (const auto& [pattern, described] : (patterns == object_schema.end() ? anything : *patterns).items())
    if (llvm::Regex(pattern).match(key)) return &described;
  const auto others = object_schema.find("additionalProperties");
  if (others == object_schema.end() || *others == true) return &anything;
  return others->is_object() ? &*others : nullptr;
}

std::string unknown_key(const json& object_schema, const std::string& key) {
  const std::vector<std::string> known = keys_of(object_schema.value("properties", json::object()));
  std::string near = did_you_mean(key, known);
  if (near.empty() && !known.empty() && known.size() <= listed_keys)
    near = "; there are " + llvm::join(known, ", ");
  return "unknown " + object_schema.value("x-key", "key") + " '" + key + "'" + near;
}

std::string wrong_value(const json& schema, const json& value) {
  if (schema.contains("const") && schema.at("const") != value)
    return "this must be " + schema.at("const").dump();
  if (value.is_number_integer() && schema.contains("minimum") && value < schema.at("minimum"))
    return "this must be at least " + schema.at("minimum").dump();
  if (!schema.contains("enum")) return {};
  const json& words = schema.at("enum");
  return std::find(words.begin(), words.end(), value) == words.end() ? unknown_word(words, value) : "";
}

}  // namespace corolint
