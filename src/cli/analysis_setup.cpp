#include "cli/analysis_setup.h"

#include <numeric>
#include <stdexcept>

#include "cli/read_text.h"
#include "project/config.h"

namespace corolint {

namespace {

std::vector<const RuleEntry*> rules_to_run() {
  std::vector<const RuleEntry*> rules;
  for (const RuleEntry& rule : all_rules())
    if (rule.rule.level != Level::none) rules.push_back(&rule);
  return rules;
}

llvm::Error add_models(const std::vector<std::string>& files, Plan& plan) {
  for (const std::string& file : files) {
    auto text = read_text(file);
    if (!text) return text.takeError();
    plan.models.emplace_back(file, std::move(*text));
  }
  return llvm::Error::success();
}

}  // namespace

Analysis Setup::analysis(const Plan& plan) {
  if (!models_) {
    auto models = Models::load(std::exchange(libraries_, {}));
    if (!models) throw std::runtime_error(llvm::toString(models.takeError()));  // one that is shipped: ours
    models_ = std::move(*models);
  }
  return {{plan.root, resource_dir_, models_->defines()}, *models_, rules_to_run()};
}

llvm::Expected<Plan> make_plan(const InputRequest& request) {
  auto here = working_directory();
  if (!here) return here.takeError();
  auto project = open_project(request.selection, *here);
  if (!project) return project.takeError();
  auto config = find_config(project->root);
  if (!config) return config.takeError();
  Plan plan{project->root,
            std::move(project->commands),
            std::move(project->notices),
            {},
            std::move(project->others)};
  if (llvm::Error error = add_models(request.models, plan)) return error;
  if (llvm::Error error = add_models(config->models, plan)) return error;
  return plan;
}

llvm::Expected<Setup> set_up(const Plan& plan) {
  std::vector<Library> libraries;
  for (const auto& [name, text] : plan.models) {
    auto library = read_user_library(text, name);
    if (!library) return library.takeError();
    libraries.push_back(std::move(*library));
  }
  auto resource_dir = find_resource_dir();
  if (!resource_dir) return resource_dir.takeError();
  return Setup(std::move(libraries), std::move(*resource_dir));
}

std::vector<std::size_t> all_units(const Plan& plan) {
  std::vector<std::size_t> units(plan.commands.size());
  std::iota(units.begin(), units.end(), std::size_t{0});
  return units;
}

}  // namespace corolint
