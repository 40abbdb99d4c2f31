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

// Returns a line with the members of the class or namespace `name` that models name; empty if there are none.
std::string members_of(const Models& models, const std::string& name) {
  std::string text;
  for (const std::string& one : all_names(models))
    if (one.starts_with(name + "::"))
      text += (text.empty() ? "  known members: " : ", ") + one.substr(name.size() + 2);
  return text.empty() ? text : text + "\n";
}

// Returns the name of the class template of characters whose alias `name` is: std::basic_ofstream for
// std::ofstream; empty if no model knows one.
std::string aliased_template(const Models& models, const std::string& name) {
  if (!name.starts_with("std::")) return "";
  const std::string aliased = "std::basic_" + name.substr(std::string("std::").size());
  return models.entries_of(aliased).empty() ? "" : aliased;
}

std::string unknown(const Models& models, const std::string& name) {
  std::string text = "  no model names it: types are judged by their shape, functions by their bodies";
  if (const std::string aliased = aliased_template(models, name); !aliased.empty())
    return text + "; it is an alias: ask for '" + aliased + "'\n";
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
  for (std::size_t at = 0; at < entries.size(); ++at) {
    text += description(*entries[at]);
    const bool is_last_of_library =
        at + 1 == entries.size() || entries[at + 1]->library != entries[at]->library;
    if (is_last_of_library) text += origin(library_of(models, *entries[at]));
  }
  const std::string members = members_of(models, name);
  return text + (entries.empty() && members.empty() ? unknown(models, name) : members);
}

}  // namespace

llvm::Expected<int> show_models(const ModelsRequest& request) {
  if (request.schema) return print_bytes(std::string(model_schema()));
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
