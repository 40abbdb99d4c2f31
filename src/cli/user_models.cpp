#include "cli/user_models.h"

#include "cli/read_text.h"
#include "engine/config_rules.h"
#include "models/executor_models.h"
#include "project/paths.h"

namespace corolint {

namespace {

using Texts = std::vector<std::pair<std::string, std::string>>;

// Adds the text of a file that is named at `place`; empty: on the command line.
llvm::Error add_text(const std::string& file, const std::string& place, Texts& texts) {
  auto text = read_text(file);
  if (!text) {
    const std::string problem = llvm::toString(text.takeError());
    return llvm::createStringError(place.empty() ? problem : place + ": " + problem);
  }
  texts.emplace_back(file, std::move(*text));
  return llvm::Error::success();
}

}  // namespace

llvm::Expected<Texts> user_model_texts(const std::vector<std::string>& files, const Config& config) {
  Texts texts;
  for (const std::string& file : files)
    if (llvm::Error error = add_text(file, "", texts)) return error;
  for (const ConfigLayer& layer : config.layers) {
    std::size_t number = 0;
    for (const auto& file : layer.document.value.value("models", nlohmann::json::array())) {
      const std::string place = layer.place_of("/models/" + std::to_string(number++));
      if (llvm::Error error = add_text(canonical(file.get<std::string>(), layer.folder), place, texts))
        return error;
    }
  }
  for (const ConfigLayer& layer : config.layers) {
    std::vector<std::string> types;
    for (const auto& executor : layer.document.value.value("executors", nlohmann::json::array()))
      types.push_back(executor["type"]);
    if (!types.empty()) texts.emplace_back(layer.place_of("/executors"), executor_models_text(types));
  }
  return texts;
}

llvm::Expected<std::vector<Library>> read_user_libraries(
    const std::vector<std::pair<std::string, std::string>>& texts) {
  std::vector<Library> libraries;
  for (const auto& [name, text] : texts) {
    auto library = read_user_library(text, name);
    if (!library) return library.takeError();
    libraries.push_back(std::move(*library));
  }
  return libraries;
}

llvm::Expected<Models> load_models(const std::vector<std::string>& files, const std::string& folder) {
  auto config = load_config({}, folder, {}, full_config_schema());
  if (!config) return config.takeError();
  auto texts = user_model_texts(files, *config);
  if (!texts) return texts.takeError();
  auto libraries = read_user_libraries(*texts);
  if (!libraries) return libraries.takeError();
  return Models::load(std::move(*libraries));
}

}  // namespace corolint
