#include "cli/user_models.h"

#include "cli/read_text.h"
#include "engine/config_rules.h"
#include "models/executor_models.h"

namespace corolint {

llvm::Expected<std::vector<std::pair<std::string, std::string>>> user_model_texts(
    const std::vector<std::string>& files, const Config& config) {
  std::vector<std::string> all = files;
  for (std::string& file : config.files("models")) all.push_back(std::move(file));
  std::vector<std::pair<std::string, std::string>> texts;
  for (const std::string& file : all) {
    auto text = read_text(file);
    if (!text) return text.takeError();
    texts.emplace_back(file, std::move(*text));
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
