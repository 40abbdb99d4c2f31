#include "project/compile_settings.h"

#include <algorithm>

#include "llvm/Support/GlobPattern.h"

namespace corolint {

namespace {

std::vector<std::string> texts(const Config& config, const char* key) {
  std::vector<std::string> all;
  for (const ConfigLayer& layer : config.layers)
    if (const auto compile = layer.document.value.find("compile"); compile != layer.document.value.end())
      for (const auto& one : compile->value(key, nlohmann::json::array())) all.push_back(one);
  return all;
}

// A text that is no glob is meant as it stands.
bool fits(const std::string& wanted, const std::string& argument) {
  if (wanted == argument) return true;
  auto glob = llvm::GlobPattern::create(wanted);
  if (glob) return glob->match(argument);
  llvm::consumeError(glob.takeError());
  return false;
}

}  // namespace

void change_flags(const Config& config, std::vector<CompileCommand>& commands) {
  const std::vector<std::string> removed = texts(config, "remove"), added = texts(config, "add");
  if (removed.empty() && added.empty()) return;
  for (CompileCommand& command : commands) {
    auto& arguments = command.arguments;
    // The compiler stays, and so does the input, which is last.
    const auto end = std::remove_if(arguments.begin() + 1, arguments.end() - 1, [&](const auto& argument) {
      return std::any_of(removed.begin(), removed.end(),
                         [&](const std::string& wanted) { return fits(wanted, argument); });
    });
    const auto at = arguments.erase(end, arguments.end() - 1);
    arguments.insert(at, added.begin(), added.end());
  }
  std::sort(commands.begin(), commands.end());
  commands.erase(std::unique(commands.begin(), commands.end()), commands.end());
}

}  // namespace corolint
