#include "project/config.h"

#include "llvm/Support/FileSystem.h"
#include "project/document.h"
#include "project/paths.h"
#include "project/text_file.h"

namespace corolint {

namespace {

llvm::Expected<Config> read_config(const std::string& file) {
  auto text = read_text_file(file);
  if (!text) return text.takeError();
  auto document = read_document(*text, file, nlohmann::json::parse(config_schema()));
  if (!document) return document.takeError();
  Config config;
  config.file = file;
  for (const std::string& model : document->value("models", std::vector<std::string>()))
    config.models.push_back(canonical(model, folder_of(file)));
  return config;
}

}  // namespace

llvm::Expected<Config> find_config(const std::string& folder) {
  for (const std::string& place : folder_and_above(folder))
    for (const char* name : {".corolint.yaml", ".corolint.yml"})
      if (const std::string file = joined(place, name); llvm::sys::fs::exists(file)) return read_config(file);
  return Config{};
}

}  // namespace corolint
