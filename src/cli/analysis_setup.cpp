#include "cli/analysis_setup.h"

#include <numeric>
#include <set>
#include <stdexcept>

#include "cli/listed_paths.h"
#include "cli/one_file.h"
#include "cli/read_text.h"
#include "cli/user_models.h"
#include "llvm/Support/MemoryBuffer.h"
#include "project/compile_settings.h"
#include "project/config.h"
#include "project/language.h"
#include "project/nothing_selected.h"
#include "project/paths.h"

namespace corolint {

namespace {

std::vector<std::string> folders_of(const std::vector<CompileCommand>& commands) {
  std::set<std::string> folders;
  for (const CompileCommand& command : commands) folders.insert(folder_of(command.file));
  return {folders.begin(), folders.end()};
}

llvm::Error leave_out_excluded(const Config& config, Project& project) {
  const std::size_t all = project.commands.size();
  std::erase_if(project.commands, [&](const CompileCommand& command) {
    const bool is_below = is_within(command.file, project.root) && command.file != project.root;
    return is_below && is_excluded(config, project.root, command.file.substr(project.root.size() + 1));
  });
  if (project.commands.empty())
    return llvm::make_error<NothingSelected>(
        "nothing to analyse: the configuration excludes " +
        (all == 1 ? std::string("the selected unit") : "all " + std::to_string(all) + " selected units") +
        " ('corolint config show' says where)");
  if (const std::size_t count = all - project.commands.size(); count > 0)
    project.notices.push_back(std::to_string(count) + (count == 1 ? " unit is" : " units are") +
                              " excluded by the configuration");
  return llvm::Error::success();
}

llvm::Expected<RuleSettings> rules_on(const Config& config, const std::vector<RuleFlag>& flags,
                                      const std::string& root) {
  auto rules = rule_settings(config, flags, root);
  if (rules && rules->rules_to_run().empty())
    return llvm::createStringError(
        "no rule is on: there is nothing to check for ('corolint rules' lists the "
        "rules, -W RULE turns one on)");
  return rules;
}

// Returns the texts that are not those on disk: where they are the same, what is known of the files holds.
std::map<std::string, std::string> differing(std::map<std::string, std::string> unsaved) {
  std::erase_if(unsaved, [](const auto& one) {
    const auto on_disk = llvm::MemoryBuffer::getFile(one.first, false, false);
    return on_disk && (*on_disk)->getBuffer() == one.second;
  });
  return unsaved;
}

// Returns the files that the plan was made of, also those that would have been read had they been there.
std::vector<std::string> inputs_of(const Project& project, const Config& config,
                                   const InputRequest& request) {
  std::vector<std::string> files = {project.origin, joined(project.root, ".corolint.yaml")};
  for (const ConfigLayer& layer : config.layers) {
    files.push_back(layer.name);
    for (const auto& model : layer.document.value.value("models", nlohmann::json::array()))
      files.push_back(canonical(model.get<std::string>(), layer.folder));
  }
  for (const std::string& model : request.models)
    if (auto here = working_directory())
      files.push_back(canonical(model, *here));
    else
      llvm::consumeError(here.takeError());
  std::erase_if(files, [](const std::string& file) { return !llvm::StringRef(file).starts_with("/"); });
  return files;
}

}  // namespace

Analysis Setup::analysis(const Plan& plan) {
  if (!models_) {
    auto models = Models::load(std::exchange(libraries_, {}));
    if (!models) throw std::runtime_error(llvm::toString(models.takeError()));  // one that is shipped: ours
    models_ = std::move(*models);
  }
  return {{plan.root, resource_dir_, models_->defines(), plan.unsaved},
          *models_,
          plan.rules.rules_to_run(),
          plan.rules,
          plan.settings.suppressions};
}

llvm::Expected<Selection> with_listed_paths(const InputRequest& request, std::vector<std::string>& notices) {
  Selection selection = request.selection;
  if (request.files_from.empty()) return selection;
  auto listed = listed_paths(request.files_from, notices);
  if (!listed) return listed.takeError();
  selection.paths.insert(selection.paths.end(), listed->begin(), listed->end());
  return selection;
}

llvm::Expected<Plan> make_plan(const InputRequest& request) {
  auto here = working_directory();
  if (!here) return here.takeError();
  std::vector<std::string> notices;
  auto selection = with_listed_paths(request, notices);
  if (!selection) return selection.takeError();
  auto project = request.one_file.empty() ? open_project(*selection, *here)
                                          : open_project_of(request.one_file, request, *here);
  if (!project) return project.takeError();
  auto config =
      load_config(request.config, project->root, folders_of(project->commands), full_config_schema());
  if (!config) return config.takeError();
  auto rules = rules_on(*config, request.rules, project->root);
  if (!rules) return rules.takeError();
  auto settings = project_settings(*config);
  if (!settings) return settings.takeError();
  if (llvm::Error error = leave_out_excluded(*config, *project)) return error;
  change_flags(*config, project->commands);
  change_flags(*config, project->others);
  Plan plan;
  plan.root = project->root;
  plan.commands = std::move(project->commands);
  plan.others = std::move(project->others);
  plan.notices = std::move(notices);
  plan.notices.insert(plan.notices.end(), project->notices.begin(), project->notices.end());
  plan.rules = std::move(*rules);
  plan.settings = std::move(*settings);
  plan.unsaved = differing(request.unsaved);
  if (is_header(request.one_file)) plan.only = from_root(request.one_file, plan.root);
  plan.inputs = inputs_of(*project, *config, request);
  // With flags from the command line, or a file of flags for a folder of a larger tree, nobody knows what
  // else there is.
  const bool is_of_part = llvm::StringRef(project->origin).ends_with("compile_flags.txt") &&
                          folder_of(project->origin) != plan.root;
  const bool leaves_nothing = plan.others.empty() && !selection->flags && !is_of_part;
  plan.is_whole = (selection->paths.empty() && request.one_file.empty()) || leaves_nothing;
  auto models = user_model_texts(request.models, *config);
  if (!models) return models.takeError();
  plan.models = std::move(*models);
  return plan;
}

llvm::Expected<Setup> set_up(const Plan& plan) {
  auto libraries = read_user_libraries(plan.models);
  if (!libraries) return libraries.takeError();
  auto resource_dir = find_resource_dir();
  if (!resource_dir) return resource_dir.takeError();
  return Setup(std::move(*libraries), std::move(*resource_dir));
}

std::vector<std::size_t> all_units(const Plan& plan) {
  std::vector<std::size_t> units(plan.commands.size());
  std::iota(units.begin(), units.end(), std::size_t{0});
  return units;
}

}  // namespace corolint
