#include <algorithm>

#include "cli/commands.h"
#include "cli/output_files.h"
#include "cli/print.h"
#include "cli/read_text.h"
#include "cli/user_models.h"
#include "engine/config_rules.h"
#include "engine/own_rules.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/raw_ostream.h"
#include "project/config.h"
#include "project/config_settings.h"
#include "project/discovery.h"
#include "project/paths.h"

namespace corolint {

namespace {

using nlohmann::json;

// The configuration of the working directory's project, read and checked whole.
struct Loaded {
  std::string root;
  json schema;
  Config config;
  RuleSettings rules;
};

llvm::Expected<Loaded> load(const InputRequest& input, const std::string& file) {
  auto here = working_directory();
  if (!here) return here.takeError();
  Loaded loaded{project_folder(*here), full_config_schema(), {}, {}};
  const std::string folder = file.empty() ? *here : folder_of(canonical(file, *here));
  auto config = load_config(input.config, loaded.root, {folder}, loaded.schema);
  if (!config) return config.takeError();
  loaded.config = std::move(*config);
  auto rules = rule_settings(loaded.config, input.rules, loaded.root);
  if (!rules) return rules.takeError();
  loaded.rules = std::move(*rules);
  if (auto settings = project_settings(loaded.config); !settings) return settings.takeError();
  return loaded;
}

// Values with the place of each behind them, in columns.
class Table {
 public:
  void add(const std::string& line, const std::string& place) { rows_.emplace_back(line, place); }
  void add(const std::string& heading) { rows_.emplace_back(heading, ""); }

  std::string text() const {
    std::size_t width = 0;
    for (const auto& [line, place] : rows_)
      if (!place.empty()) width = std::max(width, line.size());
    std::string text;
    for (const auto& [line, place] : rows_)
      text += place.empty() ? line + "\n"
                            : line + std::string(width - line.size() + 2, ' ') + "# " + place + "\n";
    return text;
  }

 private:
  std::vector<std::pair<std::string, std::string>> rows_;
};

std::string level_word(Level level) {
  return level == Level::none ? "off" : std::string(level_name(level));
}

void add_rules(const Loaded& loaded, const std::string& file, Table& table) {
  table.add("rules:");
  for (const RuleEntry* entry : every_rule()) {
    const RuleEntry& rule = *entry;
    RuleSetting set = loaded.rules.setting(rule, file);
    const auto place = [&](const std::string& name) {
      return set.places.contains(name) ? set.places.at(name) : "default";
    };
    table.add("  " + std::string(rule.name) + ":");
    table.add("    level: " + level_word(set.level.value_or(rule.rule.level)), place("level"));
    for (const Option& option : rule.rule.options) {
      const std::string name(option.name);
      const auto value = set.options.find(name);
      table.add("    " + name + ": " + spelled(value == set.options.end() ? option.standard : value->second),
                place(name));
    }
  }
}

std::string pointer_of(std::string key) {
  std::replace(key.begin(), key.end(), '.', '/');
  return "/" + key;
}

void add_values(const Loaded& loaded, Table& table) {
  for (const std::string& key : scalar_keys(loaded.schema)) {
    const std::string pointer = pointer_of(key);
    const json* value = loaded.config.find(pointer);
    std::string in_schema;
    for (const char c : pointer) in_schema += c == '/' ? "/properties/" : std::string(1, c);
    const json& described = loaded.schema.at(json::json_pointer(in_schema));
    if (value)
      table.add(key + ": " + (value->is_string() ? value->get<std::string>() : value->dump()),
                loaded.config.layer_of(pointer)->place_of(pointer));
    else if (described.contains("default"))
      table.add(key + ": " +
                    (described["default"].is_string() ? described["default"].get<std::string>()
                                                      : described["default"].dump()),
                "default");
  }
}

// Lists of all layers add up.
void add_lists(const Loaded& loaded, Table& table) {
  for (const std::string key : {"extends", "models", "exclude", "executors", "compile.remove", "compile.add"})
    for (const ConfigLayer& layer : loaded.config.layers) {
      std::size_t number = 0;
      for (const json& one : layer.document.value.value(json::json_pointer(pointer_of(key)), json::array()))
        table.add(key + ": " + (one.is_string() ? one.get<std::string>() : one.dump()),
                  layer.place_of(pointer_of(key) + "/" + std::to_string(number++)));
    }
}

llvm::Expected<int> show(const InputRequest& input, const std::string& path) {
  auto loaded = load(input, path);
  if (!loaded) return loaded.takeError();
  auto here = working_directory();
  std::string file;
  if (!path.empty()) {
    file = canonical(path, *here);
    if (!is_within(file, loaded->root))
      return llvm::createStringError("'%s' does not lie in the project %s", path.c_str(),
                                     loaded->root.c_str());
    file = file == loaded->root ? std::string() : file.substr(loaded->root.size() + 1);
  }
  Table table;
  add_rules(*loaded, file, table);
  add_values(*loaded, table);
  add_lists(*loaded, table);
  if (!file.empty() && is_excluded(loaded->config, loaded->root, file))
    table.add("# " + file + " is excluded: nothing is reported in it");
  return print(table.text());
}

llvm::Expected<int> check(const InputRequest& input) {
  auto loaded = load(input, "");
  if (!loaded) return loaded.takeError();
  auto texts = user_model_texts({}, loaded->config);
  if (!texts) return texts.takeError();
  if (auto libraries = read_user_libraries(*texts); !libraries) return libraries.takeError();
  if (loaded->config.layers.empty()) return print("There is no configuration; the defaults hold.\n");
  std::string text;
  for (const ConfigLayer& layer : loaded->config.layers) text += layer.name + " is in order.\n";
  return print(text);
}

llvm::Expected<int> init() {
  auto here = working_directory();
  if (!here) return here.takeError();
  if (const std::string file = config_file_in(*here); !file.empty())
    return llvm::createStringError("%s is there already: edit it, or remove it first", file.c_str());
  std::string text =
      "# What this project has decided about corolint. 'corolint config show' prints what holds and why.\n"
      "version: 1\n\n# A rule's level: off, note, warning or error. 'corolint explain RULE' lists its "
      "options.\nrules:\n";
  for (const RuleEntry& rule : all_rules())
    text += "  " + std::string(rule.name) + ": " + level_word(rule.rule.level) + "\n";
  text +=
      "\n# exclude: [\"third_party/**\"]\n\n# overrides:\n#   - files: [\"tests/**\"]\n#     rules: {\"*\": "
      "off}\n"
      "\ngate:\n  fail-on: error\n";
  const std::string file = joined(*here, ".corolint.yaml");
  if (llvm::Error error = write_to_file(file, text)) return error;
  return print("Wrote " + file + ".\n");
}

}  // namespace

llvm::Expected<int> configure(const InputRequest& input, const ConfigCommand& command) {
  switch (command.what) {
    case ConfigCommand::What::init:
      return init();
    case ConfigCommand::What::show:
      return show(input, command.path);
    case ConfigCommand::What::check:
      return check(input);
    case ConfigCommand::What::schema:
      return print_bytes(full_config_schema().dump(2) + "\n");
  }
  return 0;
}

}  // namespace corolint
