#include "engine/project_settings.h"

#include "engine/config_rules.h"
#include "llvm/Support/VersionTuple.h"
#include "project/paths.h"

namespace corolint {

namespace {

using nlohmann::json;

Level level_of_word(const std::string& word) {
  for (const Level level : {Level::note, Level::warning, Level::error})
    if (level_name(level) == word) return level;
  return Level::none;
}

llvm::Error check_version(const Config& config) {
  const ConfigLayer* layer = config.layer_of("/minimum-tool-version");
  if (!layer) return llvm::Error::success();
  const auto wanted = layer->document.value.at("minimum-tool-version").get<std::string>();
  llvm::VersionTuple least, ours;
  if (least.tryParse(wanted))
    return llvm::createStringError("%s: '%s' is no version: write it as in \"0.3\"",
                                   layer->place_of("/minimum-tool-version").c_str(), wanted.c_str());
  ours.tryParse(COROLINT_VERSION);
  if (least <= ours) return llvm::Error::success();
  return llvm::createStringError("%s: this project needs corolint %s or newer; this is %s",
                                 layer->place_of("/minimum-tool-version").c_str(), wanted.c_str(),
                                 COROLINT_VERSION);
}

template <typename Value>
void read(const Config& config, const char* pointer, Value& value) {
  if (const json* found = config.find(pointer)) found->get_to(value);
}

void read(const Config& config, const char* pointer, Level& level) {
  if (const json* found = config.find(pointer)) level = level_of_word(found->get<std::string>());
}

}  // namespace

llvm::Expected<ProjectSettings> project_settings(const Config& config) {
  if (llvm::Error error = check_version(config)) return error;
  ProjectSettings settings;
  read(config, "/gate/fail-on", settings.gate.fail_on);
  std::string on_broken = "fail";
  read(config, "/gate/on-broken", on_broken);
  settings.gate.broken_fails = on_broken == "fail";
  read(config, "/suppressions/require-reason", settings.suppressions.require_reason);
  read(config, "/suppressions/require-rule", settings.suppressions.require_rule);
  read(config, "/strict", settings.suppressions.strict);
  if (const ConfigLayer* layer = config.layer_of("/baseline"))
    settings.gate.baseline =
        canonical(layer->document.value.at("baseline").get<std::string>(), layer->folder);
  return settings;
}

}  // namespace corolint
