#pragma once

// What a JSON Schema says of a value, for a reader that walks a document along with it, in words for people
// who have never heard of JSON Schema.

#include <nlohmann/json.hpp>
#include <string>

namespace corolint {

// A schema and what its references mean.
class JsonSchema {
 public:
  explicit JsonSchema(const nlohmann::json& root) : root_(root) {}

  const nlohmann::json& root() const { return root_; }
  // Returns what the reference means, or the schema itself if it is none.
  const nlohmann::json& resolved(const nlohmann::json& schema) const;
  // Returns the schema, or the one of its alternatives, that is for values of `type`; null if there is none.
  const nlohmann::json* for_type(const nlohmann::json& schema, const std::string& type) const;
  // Returns what to say of a value of `type` where the schema has none of that type.
  std::string wrong_type(const nlohmann::json& schema, const std::string& type) const;

 private:
  std::string types_of(const nlohmann::json& schema) const;

  const nlohmann::json& root_;
};

// Returns the value's type as JSON Schema names it.
std::string type_of(const nlohmann::json& value);

// Returns what the schema of an object says of its key, or null if there can be no such key.
const nlohmann::json* schema_of_key(const nlohmann::json& object_schema, const std::string& key);

// Returns what to say of a key that there cannot be.
std::string unknown_key(const nlohmann::json& object_schema, const std::string& key);

// Returns what is wrong with a scalar of the right type, or nothing.
std::string wrong_value(const nlohmann::json& schema, const nlohmann::json& value);

}  // namespace corolint
