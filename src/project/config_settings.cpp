#include "project/config_settings.h"

#include <algorithm>
#include <cstdlib>

#include "llvm/ADT/SmallVector.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/FileSystem.h"
#include "project/paths.h"

namespace corolint {

namespace {

using nlohmann::json;

bool is_setting(llvm::StringRef text) {
  return text.contains('=');
}

// Returns the document that sets the one value, in YAML's flow style: {"gate": {"fail-on": warning}}.
std::string document_for(llvm::StringRef key, llvm::StringRef value) {
  llvm::SmallVector<llvm::StringRef> parts;
  key.split(parts, '.');
  std::string text;
  for (const llvm::StringRef part : parts) text += "{\"" + part.str() + "\": ";
  return text + value.str() + std::string(parts.size(), '}');
}

// Adds a layer that sets one value; `name` is what the user wrote.
llvm::Error add_value(const std::string& name, llvm::StringRef key, llvm::StringRef value,
                      const std::string& folder, const json& schema, Config& config) {
  auto document = read_document(document_for(key, value), name, schema);
  if (!document) {
    // Lines and columns of a text that the user never saw would only puzzle.
    const std::string text = llvm::toString(document.takeError());
    const auto [line, rest] = llvm::StringRef(text).drop_front(name.size() + 1).split(':');
    return llvm::createStringError("%s: %s", name.c_str(), rest.split(": ").second.str().c_str());
  }
  config.layers.push_back({name, folder, "", false, {std::move(*document), {}}});
  return llvm::Error::success();
}

std::string working_folder(const std::string& otherwise) {
  llvm::SmallString<256> here;
  return llvm::sys::fs::current_path(here) ? otherwise : canonical(here, "/");
}

std::string variable_of(std::string key) {
  std::replace_if(key.begin(), key.end(), [](char c) { return c == '.' || c == '-'; }, '_');
  return "COROLINT_" + llvm::StringRef(key).upper();
}

}  // namespace

std::vector<std::string> scalar_keys(const json& schema, const std::string& prefix) {
  std::vector<std::string> keys;
  const json properties = schema.value("properties", json::object());
  for (const auto& [key, described] : properties.items()) {
    if (key == "rules") continue;
    const std::string type = described.value("type", "");
    if (type == "object")
      for (std::string& inner : scalar_keys(described, prefix + key + ".")) keys.push_back(std::move(inner));
    else if (type != "array")
      keys.push_back(prefix + key);
  }
  return keys;
}

llvm::Expected<std::vector<std::string>> named_config_files(const ConfigRequest& request,
                                                            const std::string& root) {
  const std::string here = working_folder(root);
  std::vector<std::string> files;
  for (const std::string& text : request.settings)
    if (!is_setting(text)) files.push_back(canonical(text, here));
  if (const char* file = std::getenv("COROLINT_CONFIG"); file && *file && files.empty())
    files.push_back(canonical(file, here));
  for (const std::string& file : files)
    if (!llvm::sys::fs::is_regular_file(file))
      return llvm::createStringError("the configuration %s is no file: -c takes a file or KEY=VALUE",
                                     file.c_str());
  return files;
}

llvm::Error add_environment(const std::string& root, const json& schema, Config& config) {
  for (const std::string& key : scalar_keys(schema)) {
    const std::string variable = variable_of(key);
    const char* value = std::getenv(variable.c_str());
    if (!value || !*value) continue;
    if (llvm::Error error = add_value(variable + "=" + value, key, value, root, schema, config)) return error;
  }
  return llvm::Error::success();
}

llvm::Error add_settings(const ConfigRequest& request, const std::string& root, const json& schema,
                         Config& config) {
  for (const std::string& text : request.settings) {
    if (!is_setting(text)) continue;
    const auto [key, value] = llvm::StringRef(text).split('=');
    if (llvm::Error error = add_value("-c " + text, key, value, root, schema, config)) return error;
  }
  return llvm::Error::success();
}

void add_flags(const ConfigRequest& request, const std::string& root, Config& config) {
  for (const ConfigFlag& flag : request.flags) {
    json value;
    value[json::json_pointer(flag.pointer)] = flag.value;
    config.layers.push_back({flag.option, working_folder(root), "", false, {std::move(value), {}}});
  }
}

}  // namespace corolint
