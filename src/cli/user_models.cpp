#include "cli/user_models.h"

#include "cli/read_text.h"
#include "engine/config_rules.h"
#include "project/config.h"

namespace corolint {

llvm::Expected<Models> load_models(const std::vector<std::string>& files, const std::string& folder) {
  auto config = load_config({}, folder, {}, full_config_schema());
  if (!config) return config.takeError();
  std::vector<std::string> all = files;
  for (std::string& file : config->files("models")) all.push_back(std::move(file));
  std::vector<Library> libraries;
  for (const std::string& file : all) {
    auto text = read_text(file);
    if (!text) return text.takeError();
    auto library = read_user_library(*text, file);
    if (!library) return library.takeError();
    libraries.push_back(std::move(*library));
  }
  return Models::load(std::move(libraries));
}

}  // namespace corolint
