#include "cli/user_models.h"

#include "cli/read_text.h"
#include "project/config.h"

namespace corolint {

llvm::Expected<Models> load_models(const std::vector<std::string>& files, const std::string& folder) {
  auto config = find_config(folder);
  if (!config) return config.takeError();
  std::vector<std::string> all = files;
  all.insert(all.end(), config->models.begin(), config->models.end());
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
