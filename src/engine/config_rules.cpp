#include "engine/config_rules.h"

#include <algorithm>

#include "engine/own_rules.h"
#include "llvm/Support/GlobPattern.h"
#include "project/nearest.h"
#include "project/paths.h"

namespace corolint {

namespace {

using nlohmann::json;

json schema_of(const Option& option) {
  json schema = {{"description", option.what}};
  if (std::holds_alternative<bool>(option.standard)) {
    schema["type"] = "boolean";
  } else if (std::holds_alternative<std::int64_t>(option.standard)) {
    schema["type"] = "integer";
    schema["minimum"] = 0;
  } else {
    schema["type"] = "array";
    schema["items"] = {{"type", "string"}};
  }
  std::visit([&](const auto& value) { schema["default"] = value; }, option.standard);
  return schema;
}

json schema_of(const RuleEntry& rule) {
  const json level = {{"$ref", "#/$defs/level"}};
  json properties = {{"level", level}};
  for (const Option& option : rule.rule.options) properties[std::string(option.name)] = schema_of(option);
  return {{"description", rule.summary()},
          {"oneOf", json::array({level,
                                 {{"type", "object"},
                                  {"x-key", "option of " + std::string(rule.name)},
                                  {"additionalProperties", false},
                                  {"properties", std::move(properties)}}})}};
}

json schema_of_group(const std::string& group) {
  std::string rules;
  for (const RuleEntry* rule : every_rule())
    if (rule->rule.group == group) rules += (rules.empty() ? "" : ", ") + std::string(rule->name);
  return {{"description", "all of the group: " + rules}, {"$ref", "#/$defs/level"}};
}

Level level_named(const std::string& word) {
  for (const Level level : {Level::note, Level::warning, Level::error})
    if (level_name(level) == word) return level;
  return Level::none;
}

OptionValue value_of(const json& value) {
  if (value.is_boolean()) return value.get<bool>();
  if (value.is_number_integer()) return value.get<std::int64_t>();
  return value.get<std::vector<std::string>>();
}

RuleSetting setting_of(const json& value, const ConfigLayer& layer, const std::string& pointer) {
  RuleSetting setting;
  if (value.is_string()) {
    setting.level = level_named(value.get<std::string>());
    setting.places["level"] = layer.place_of(pointer);
    return setting;
  }
  for (const auto& [key, one] : value.items()) {
    setting.places[key] = layer.place_of(pointer + "/" + key);
    if (key == "level")
      setting.level = level_named(one.get<std::string>());
    else
      setting.options.emplace(key, value_of(one));
  }
  return setting;
}

// Returns the names of all rules and groups.
std::vector<std::string> known_names() {
  std::vector<std::string> names = rule_groups();
  for (const RuleEntry* rule : every_rule()) names.emplace_back(rule->name);
  return names;
}

// Returns an error if no rule or group has the name and no rule matches the glob, which stands at `place`.
llvm::Error check_name(const std::string& name, const std::string& place) {
  const std::vector<std::string> names = known_names();
  auto pattern = llvm::GlobPattern::create(name);
  if (!pattern)
    return llvm::createStringError("%s: '%s' is no glob: %s", place.c_str(), name.c_str(),
                                   llvm::toString(pattern.takeError()).c_str());
  if (std::any_of(names.begin(), names.end(), [&](const std::string& one) { return pattern->match(one); }))
    return llvm::Error::success();
  return llvm::createStringError("%s: no rule or group is called '%s'%s ('corolint rules' lists them)",
                                 place.c_str(), name.c_str(), did_you_mean(name, names).c_str());
}

llvm::Error add_rules(const json& rules, const ConfigLayer& layer, const std::string& pointer,
                      RuleBlock& block) {
  for (const auto& [name, value] : rules.items()) {
    if (llvm::Error error = check_name(name, layer.place_of(pointer + "/" + name))) return error;
    block.rules[name] = setting_of(value, layer, pointer + "/" + name);
  }
  return llvm::Error::success();
}

// Returns the block's frame: where the layer's globs start, and which files it speaks of.
RuleBlock frame_of(const ConfigLayer& layer, const std::string& root) {
  RuleBlock block;
  if (!layer.scope.empty() && layer.scope != root) block.folder = layer.scope.substr(root.size() + 1);
  if (layer.scope.empty() && layer.folder != root && is_within(root, layer.folder))
    block.prefix = root.substr(layer.folder == "/" ? 1 : layer.folder.size() + 1) + "/";
  return block;
}

// Returns the folder that the layer's globs start at, relative to the root, if it lies below the root and
// within what the layer speaks of.
std::string glob_folder(const ConfigLayer& layer, const std::string& root) {
  if (layer.folder == root || !is_within(layer.folder, root)) return {};
  if (!layer.scope.empty() && !is_within(layer.folder, layer.scope)) return {};
  return layer.folder.substr(root.size() + 1);
}

// Returns the block that switches every rule off in the files that the layer excludes.
std::optional<RuleBlock> exclude_of(const ConfigLayer& layer, const std::string& root) {
  const auto globs = layer.document.value.find("exclude");
  if (globs == layer.document.value.end() || globs->empty()) return std::nullopt;
  RuleBlock block = frame_of(layer, root);
  if (std::string folder = glob_folder(layer, root); !folder.empty()) block.folder = std::move(folder);
  globs->get_to(block.files);
  block.rules["*"].level = Level::none;
  return block;
}

// Returns the block that switches every rule off in headers that are not wanted.
std::optional<RuleBlock> headers_of(const Config& config, const std::string& root) {
  const ConfigLayer* layer = config.layer_of("/headers");
  if (!layer || layer->document.value.at("headers") == "project") return std::nullopt;
  const json& headers = layer->document.value.at("headers");
  RuleBlock block;
  block.is_for_headers = true;
  block.rules["*"].level = Level::none;
  block.prefix = frame_of(*layer, root).prefix;
  const std::string folder = glob_folder(*layer, root);
  if (headers.is_array())
    for (const json& glob : headers)
      block.except.push_back((folder.empty() ? "" : folder + "/") + glob.get<std::string>());
  return block;
}

llvm::Error add_layer(const ConfigLayer& layer, const std::string& root, std::vector<RuleBlock>& blocks) {
  const json& values = layer.document.value;
  RuleBlock general = frame_of(layer, root);
  general.is_fresh = layer.is_fresh;
  if (values.contains("rules"))
    if (llvm::Error error = add_rules(values.at("rules"), layer, "/rules", general)) return error;
  if (general.is_fresh || !general.rules.empty()) blocks.push_back(std::move(general));
  std::size_t number = 0;
  for (const json& one : values.value("overrides", json::array())) {
    RuleBlock block = frame_of(layer, root);
    const std::string pointer = "/overrides/" + std::to_string(number++) + "/rules";
    one.at("files").get_to(block.files);
    if (const std::string folder = glob_folder(layer, root); !folder.empty()) block.folder = folder;
    if (llvm::Error error = add_rules(one.at("rules"), layer, pointer, block)) return error;
    blocks.push_back(std::move(block));
  }
  return llvm::Error::success();
}

}  // namespace

json full_config_schema() {
  json schema = json::parse(config_schema());
  json& rules = schema["$defs"]["rules"]["properties"];
  for (const RuleEntry* rule : every_rule()) rules[std::string(rule->name)] = schema_of(*rule);
  for (const std::string& group : rule_groups()) rules[group] = schema_of_group(group);
  return schema;
}

llvm::Expected<RuleSettings> rule_settings(const Config& config, const std::vector<RuleFlag>& flags,
                                           const std::string& root) {
  std::vector<RuleBlock> blocks;
  for (const ConfigLayer& layer : config.layers)
    if (llvm::Error error = add_layer(layer, root, blocks)) return error;
  for (const RuleFlag& flag : flags) {
    const char* option = flag.level == Level::error ? "-D" : flag.level == Level::warning ? "-W" : "-A";
    if (llvm::Error error = check_name(flag.name, option)) return error;
    RuleBlock block;
    RuleSetting& setting = block.rules[flag.name];
    setting.level = flag.level;
    setting.places["level"] = std::string(option) + " " + flag.name;
    blocks.push_back(std::move(block));
  }
  for (const ConfigLayer& layer : config.layers)
    if (std::optional<RuleBlock> excluded = exclude_of(layer, root)) blocks.push_back(std::move(*excluded));
  if (std::optional<RuleBlock> unwanted = headers_of(config, root)) blocks.push_back(std::move(*unwanted));
  return RuleSettings(std::move(blocks));
}

bool is_excluded(const Config& config, const std::string& root, const std::string& file) {
  return std::any_of(config.layers.begin(), config.layers.end(), [&](const ConfigLayer& layer) {
    const std::optional<RuleBlock> block = exclude_of(layer, root);
    return block && is_for(*block, file);
  });
}

}  // namespace corolint
