#include "project/document.h"

#include <optional>
#include <stdexcept>

#include "llvm/ADT/SmallString.h"
#include "llvm/Support/SourceMgr.h"
#include "llvm/Support/YAMLParser.h"
#include "project/json_schema.h"
#include "project/text_file.h"

namespace corolint {

namespace {

using nlohmann::json;
namespace yaml = llvm::yaml;

// What does not fit, and where; leaves this file as an llvm::Error.
struct Misfit : std::runtime_error {
  Misfit(const std::string& message, llvm::SMLoc place) : std::runtime_error(message), place(place) {}
  llvm::SMLoc place;
};

std::string text_of(yaml::ScalarNode& node) {
  llvm::SmallString<64> storage;
  return node.getValue(storage).str();
}

bool is_quoted(const yaml::ScalarNode& node) {
  return node.getRawValue().starts_with("\"") || node.getRawValue().starts_with("'");
}

// Returns the value that a plain scalar spells: YAML has no types, so its own look decides.
json plain_value(const std::string& text) {
  long long number = 0;
  if (text == "true" || text == "false") return text == "true";
  if (text == "null" || text == "~" || text.empty()) return nullptr;
  if (!llvm::StringRef(text).getAsInteger(10, number)) return number;
  return text;
}

// Returns the line and column of a place in the text; those of its beginning for the node of a text that
// breaks off, which stands nowhere.
DocumentPlace place_in(const llvm::SourceMgr& sources, llvm::SMLoc place) {
  if (!place.isValid() || sources.FindBufferContainingLoc(place) == 0) return {1, 1};
  const auto [line, column] = sources.getLineAndColumn(place);
  return {line, column};
}

class Reader {
 public:
  Reader(const json& schema, llvm::SourceMgr& sources) : schema_(schema), sources_(sources) {}

  // Reads the value that stands at `pointer` in the document.
  json read(yaml::Node* node, const json& schema, const std::string& pointer) {
    const json& described = schema_.resolved(schema);
    places_[pointer] = place_in(sources_, node->getSourceRange().Start);
    if (auto* mapping = llvm::dyn_cast<yaml::MappingNode>(node))
      return read_object(*mapping, described, pointer);
    if (auto* sequence = llvm::dyn_cast<yaml::SequenceNode>(node))
      return read_array(*sequence, described, pointer);
    return read_scalar(*node, described);
  }

  std::map<std::string, DocumentPlace> take_places() { return std::move(places_); }

 private:
  const json& demanded(const json& schema, const std::string& type, yaml::Node& node) const {
    if (const json* fits = schema_.for_type(schema, type)) return *fits;
    throw Misfit(schema_.wrong_type(schema, type), node.getSourceRange().Start);
  }

  json read_object(yaml::MappingNode& node, const json& described, const std::string& pointer) {
    const json& schema = demanded(described, "object", node);
    json object = json::object();
    for (yaml::KeyValueNode& pair : node) {
      auto* key_node = llvm::dyn_cast_or_null<yaml::ScalarNode>(pair.getKey());
      if (!key_node) throw Misfit("a key must be a word", node.getSourceRange().Start);
      const std::string key = text_of(*key_node);
      if (object.contains(key))
        throw Misfit("the key '" + key + "' stands here twice", key_node->getSourceRange().Start);
      const json& value_schema = schema_of(schema, key, *key_node);
      if (!pair.getValue())
        throw Misfit("the value of '" + key + "' is missing", key_node->getSourceRange().Start);
      object[key] = read(pair.getValue(), value_schema, pointer + "/" + escaped(key));
    }
    for (const json& required : schema.value("required", json::array()))
      if (!object.contains(required.get<std::string>()))
        throw Misfit("the key '" + required.get<std::string>() + "' is missing here",
                     node.getSourceRange().Start);
    return object;
  }

  // Returns the key as a JSON pointer spells it (RFC 6901).
  static std::string escaped(const std::string& key) {
    std::string text;
    for (const char c : key) text += c == '~' ? "~0" : c == '/' ? "~1" : std::string(1, c);
    return text;
  }

  static const json& schema_of(const json& object_schema, const std::string& key, yaml::Node& at) {
    const json* schema = schema_of_key(object_schema, key);
    if (!schema) throw Misfit(unknown_key(object_schema, key), at.getSourceRange().Start);
    if (schema->contains("x-refused"))
      throw Misfit("'" + key + "' cannot be set here: " + schema->at("x-refused").get<std::string>(),
                   at.getSourceRange().Start);
    return *schema;
  }

  json read_array(yaml::SequenceNode& node, const json& described, const std::string& pointer) {
    const json& schema = demanded(described, "array", node);
    static const json anything = json::object();
    const json& items = schema.contains("items") ? schema.at("items") : anything;
    json array = json::array();
    for (yaml::Node& item : node)
      array.push_back(read(&item, items, pointer + "/" + std::to_string(array.size())));
    if (array.size() < schema.value("minItems", std::size_t{0}))
      throw Misfit("this list is too short", node.getSourceRange().Start);
    return array;
  }

  json read_scalar(yaml::Node& node, const json& described) const {
    json value;
    if (auto* scalar = llvm::dyn_cast<yaml::ScalarNode>(&node))
      value = is_quoted(*scalar) ? json(text_of(*scalar)) : plain_value(text_of(*scalar));
    else if (auto* block = llvm::dyn_cast<yaml::BlockScalarNode>(&node))
      value = block->getValue().str();
    else if (!llvm::isa<yaml::NullNode>(node))
      throw Misfit("anchors and aliases are not understood", node.getSourceRange().Start);
    // A word that looks like a number or a truth value may be meant as a word: `version: 1`.
    if (auto* scalar = llvm::dyn_cast<yaml::ScalarNode>(&node);
        scalar && !schema_.for_type(described, type_of(value)) && schema_.for_type(described, "string"))
      value = text_of(*scalar);
    const std::string wrong = wrong_value(demanded(described, type_of(value), node), value);
    if (!wrong.empty()) throw Misfit(wrong, node.getSourceRange().Start);
    return value;
  }

  JsonSchema schema_;
  llvm::SourceMgr& sources_;
  std::map<std::string, DocumentPlace> places_;
};

// Keeps the first error of the YAML parser.
struct SyntaxErrors {
  static void keep(const llvm::SMDiagnostic& diagnostic, void* context) {
    auto& kept = *static_cast<std::optional<llvm::SMDiagnostic>*>(context);
    if (!kept) kept = diagnostic;
  }
};

llvm::Error error_at(const std::string& name, int line, int column, const std::string& message) {
  return llvm::createStringError("%s:%d:%d: %s", name.c_str(), line, column, message.c_str());
}

}  // namespace

llvm::Expected<Document> read_placed_document(std::string_view text, const std::string& name,
                                              const json& schema) {
  if (llvm::Error error = check_yaml_depth(text, name)) return error;
  llvm::SourceMgr sources;
  std::optional<llvm::SMDiagnostic> syntax_error;
  sources.setDiagHandler(SyntaxErrors::keep, &syntax_error);
  yaml::Stream stream(llvm::MemoryBufferRef(llvm::StringRef(text), name), sources, false);
  auto first = stream.begin();
  yaml::Node* root = first == stream.end() ? nullptr : first->getRoot();
  try {
    Document document{json::object(), {}};
    // A file that holds only comments sets nothing.
    if (root && !stream.failed() && !llvm::isa<yaml::NullNode>(root)) {
      Reader reader(schema, sources);
      document.value = reader.read(root, schema, "");
      document.places = reader.take_places();
    } else if (!stream.failed() && schema.contains("required")) {
      return error_at(name, 1, 1, "this file is empty");
    }
    if (!stream.failed()) return document;
  } catch (const Misfit& misfit) {
    if (!syntax_error) {
      const auto [line, column] = place_in(sources, misfit.place);
      return error_at(name, static_cast<int>(line), static_cast<int>(column), misfit.what());
    }
  }
  if (!syntax_error) return error_at(name, 1, 1, "this is no YAML or JSON");
  return error_at(name, syntax_error->getLineNo(), syntax_error->getColumnNo() + 1,
                  syntax_error->getMessage().str());
}

llvm::Expected<json> read_document(std::string_view text, const std::string& name, const json& schema) {
  auto document = read_placed_document(text, name, schema);
  if (!document) return document.takeError();
  return std::move(document->value);
}

}  // namespace corolint
