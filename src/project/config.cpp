#include "project/config.h"

#include <algorithm>
#include <set>

#include "llvm/Support/FileSystem.h"
#include "project/config_settings.h"
#include "project/paths.h"
#include "project/text_file.h"

namespace corolint {

namespace {

using nlohmann::json;

// Keys that mean something in a folder below the project's root; the others are the project's.
const std::set<std::string> folder_keys = {"version", "extends", "inherit", "rules", "overrides", "exclude"};

// Reads a file and those that it extends, weakest first.
class Reader {
 public:
  explicit Reader(const json& schema) : schema_(schema) {}

  llvm::Error read(const std::string& file, std::vector<ConfigLayer>& layers) {
    if (std::find(open_.begin(), open_.end(), file) != open_.end())
      return llvm::createStringError("%s extends itself, by way of %s", file.c_str(), open_.back().c_str());
    auto layer = read_one(file);
    if (!layer) return layer.takeError();
    open_.push_back(file);
    for (const json& base : layer->document.value.value("extends", json::array())) {
      const std::string path = canonical(base.get<std::string>(), layer->folder);
      if (llvm::Error error = read(path, layers)) return named_in(*layer, path, std::move(error));
    }
    open_.pop_back();
    layers.push_back(std::move(*layer));
    return llvm::Error::success();
  }

 private:
  llvm::Expected<ConfigLayer> read_one(const std::string& file) {
    auto text = read_text_file(file);
    if (!text) return text.takeError();
    auto document = read_placed_document(*text, file, schema_);
    if (!document) return document.takeError();
    return ConfigLayer{file, folder_of(file), "", false, std::move(*document)};
  }

  // A base that is not there is the mistake of whoever names it.
  static llvm::Error named_in(const ConfigLayer& layer, const std::string& base, llvm::Error error) {
    const std::string text = llvm::toString(std::move(error));
    if (llvm::sys::fs::exists(base)) return llvm::createStringError(text);
    return llvm::createStringError("%s: %s", layer.place_of("/extends").c_str(), text.c_str());
  }

  const json& schema_;
  std::vector<std::string> open_;
};

// Returns the folders from those in `folders` up to, but without, `root`; outer ones first.
std::vector<std::string> folders_below(const std::string& root, const std::vector<std::string>& folders) {
  std::set<std::string> below;
  for (const std::string& folder : folders)
    if (is_within(folder, root))
      for (const std::string& one : folder_and_above(folder)) {
        if (one == root || !below.insert(one).second) break;
      }
  return {below.begin(), below.end()};
}

llvm::Error add_nested(const std::string& folder, Reader& reader, Config& config) {
  const std::string file = config_file_in(folder);
  if (file.empty() || file == config.file()) return llvm::Error::success();
  std::vector<ConfigLayer> layers;
  if (llvm::Error error = reader.read(file, layers)) return error;
  layers.front().is_fresh = !layers.back().document.value.value("inherit", false);
  for (ConfigLayer& layer : layers) {
    for (const auto& [key, value] : layer.document.value.items())
      if (!folder_keys.contains(key))
        return llvm::createStringError(
            "%s: '%s' holds for a whole project: it belongs in the configuration "
            "of the root, not in one of a folder",
            layer.place_of("/" + key).c_str(), key.c_str());
    layer.scope = folder;
    config.layers.push_back(std::move(layer));
  }
  return llvm::Error::success();
}

// A configuration is part of a tree that may be a stranger's: what it names to be read or written lies in the
// project, or beside the configuration itself.
llvm::Error check_reach(const ConfigLayer& layer, const std::string& root) {
  std::vector<std::pair<std::string, std::string>> named;  // files by where they are named
  std::size_t number = 0;
  for (const json& file : layer.document.value.value("models", json::array()))
    named.emplace_back("/models/" + std::to_string(number++), file);
  if (const auto file = layer.document.value.find("baseline"); file != layer.document.value.end())
    named.emplace_back("/baseline", *file);
  for (const auto& [pointer, file] : named) {
    const std::string path = canonical(file, layer.folder);
    if (!is_within(path, root) && !is_within(path, layer.folder))
      return llvm::createStringError("%s: %s lies outside the project: only the command line may name it",
                                     layer.place_of(pointer).c_str(), path.c_str());
  }
  return llvm::Error::success();
}

}  // namespace

std::string config_file_in(const std::string& folder) {
  for (const char* name : {".corolint.yaml", ".corolint.yml", ".corolint.json", "corolint.yaml"})
    if (const std::string file = joined(folder, name); llvm::sys::fs::is_regular_file(file)) return file;
  return {};
}

bool says_root(const std::string& file) {
  auto text = read_text_file(file);
  if (!text) return llvm::consumeError(text.takeError()), false;
  const json anything = json::object();
  auto document = read_document(*text, file, anything);
  if (!document) return llvm::consumeError(document.takeError()), false;
  return document->is_object() && document->contains("root") && document->at("root") == true;
}

std::string ConfigLayer::place_of(const std::string& pointer) const {
  const auto place = document.places.find(pointer);
  if (place == document.places.end()) return name;
  return name + ":" + std::to_string(place->second.line) + ":" + std::to_string(place->second.column);
}

const ConfigLayer* Config::layer_of(const std::string& pointer) const {
  const auto sets = [&](const ConfigLayer& layer) {
    return layer.scope.empty() && layer.document.value.contains(json::json_pointer(pointer));
  };
  const auto found = std::find_if(layers.rbegin(), layers.rend(), sets);
  return found == layers.rend() ? nullptr : &*found;
}

const json* Config::find(const std::string& pointer) const {
  const ConfigLayer* layer = layer_of(pointer);
  return layer ? &layer->document.value.at(json::json_pointer(pointer)) : nullptr;
}

std::string Config::file() const {
  std::string file;
  for (const ConfigLayer& layer : layers)
    if (layer.scope.empty() && llvm::sys::fs::exists(layer.name)) file = layer.name;
  return file;
}

std::string find_config_file(const std::string& folder) {
  for (const std::string& place : folder_and_above(folder))
    if (std::string file = config_file_in(place); !file.empty()) return file;
  return {};
}

llvm::Expected<Config> load_config(const ConfigRequest& request, const std::string& root,
                                   const std::vector<std::string>& folders, const json& schema) {
  Config config;
  Reader reader(schema);
  auto named = named_config_files(request, root);
  if (!named) return named.takeError();
  if (named->empty() && !request.is_isolated)
    if (const std::string file = find_config_file(root); !file.empty()) named->push_back(file);
  for (const std::string& file : *named)
    if (llvm::Error error = reader.read(file, config.layers)) return error;
  for (const ConfigLayer& layer : config.layers)
    if (llvm::Error error = check_reach(layer, root)) return error;
  if (!request.is_isolated)
    for (const std::string& folder : folders_below(root, folders))
      if (llvm::Error error = add_nested(folder, reader, config)) return error;
  if (llvm::Error error = add_environment(root, schema, config)) return error;
  if (llvm::Error error = add_settings(request, root, schema, config)) return error;
  add_flags(request, root, config);
  return config;
}

}  // namespace corolint
