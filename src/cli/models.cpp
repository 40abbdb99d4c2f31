#include <set>

#include "cli/commands.h"
#include "cli/print.h"
#include "cli/user_models.h"
#include "llvm/Support/FileSystem.h"
#include "models/description.h"
#include "project/nearest.h"

namespace corolint {

namespace {

const Library& library_of(const Models& models, const Entry& entry) {
  for (const Library& library : models.libraries())
    for (const Entry& one : library.entries)
      if (&one == &entry) return library;
  return models.libraries().front();
}

std::vector<std::string> all_names(const Models& models) {
  std::set<std::string> names;
  for (const Library& library : models.libraries())
    for (const Entry& entry : library.entries)
      names.insert(entry.match.names.begin(), entry.match.names.end());
  return {names.begin(), names.end()};
}

// Returns the names that end in `name`, as somebody writes who has a using-directive in mind.
std::vector<std::string> names_ending_in(const Models& models, const std::string& name) {
  std::vector<std::string> found;
  for (const std::string& one : all_names(models))
    if (llvm::StringRef(one).ends_with("::" + name)) found.push_back(one);
  return found;
}

std::string unknown(const Models& models, const std::string& name) {
  std::string text = "  no model names it: types are judged by their shape, functions by their bodies";
  const auto longer = names_ending_in(models, name);
  if (longer.empty()) return text + did_you_mean(name, all_names(models)) + "\n";
  text += "; did you mean";
  for (const std::string& one : longer) text += (&one == &longer.front() ? " '" : ", '") + one + "'";
  return text + "?\n";
}

std::string answer(const Models& models, std::string name) {
  if (name.starts_with("::")) name = name.substr(2);
  std::string text = name + "\n";
  const auto entries = models.entries_of(name);
  for (const Entry* entry : entries) text += description(*entry, library_of(models, *entry));
  return entries.empty() ? text + unknown(models, name) : text;
}

}  // namespace

llvm::Expected<int> show_models(const ModelsRequest& request) {
  if (request.schema) return print(std::string(model_schema()));
  llvm::SmallString<256> here;
  if (const std::error_code error = llvm::sys::fs::current_path(here))
    return llvm::createStringError("the working directory cannot be read: %s", error.message().c_str());
  auto models = load_models(request.models, here.str().str());
  if (!models) return models.takeError();
  std::string text = request.names.empty() ? list_of_libraries(*models) : "";
  for (const std::string& name : request.names) text += answer(*models, name);
  return print(text);
}

}  // namespace corolint
