#include "project/project.h"

#include "project/compiler.h"
#include "project/database.h"
#include "project/discovery.h"
#include "project/flags.h"
#include "project/language.h"
#include "project/paths.h"
#include "project/summary.h"

#include "llvm/ADT/StringExtras.h"

#include <set>

namespace corolint {

namespace {

// Makes the C++ units among `entries` fit for Clang; equal ones become one.
std::vector<CompileCommand> prepare(std::vector<CompileCommand> entries, Summary& summary) {
  std::set<CompileCommand> units;
  for (CompileCommand& entry : entries) {
    expand_responses(entry);
    strip_launchers(entry.arguments);
    if (const Language language = language_of(entry); language != Language::cxx) {
      summary.add(language, entry.file);
      continue;
    }
    const DroppedFlags dropped = clean_flags(entry);
    if (units.insert(std::move(entry)).second) summary.add(dropped);
  }
  return {units.begin(), units.end()};
}

llvm::Error nothing_selected(const std::string& origin, const std::vector<std::string>& notices) {
  return llvm::createStringError("nothing to analyse: no C++ source is selected from " + origin +
                                 (notices.empty() ? "" : " (" + llvm::join(notices, "; ") + ")") +
                                 "; name other paths, or another compile database with -p");
}

}  // namespace

llvm::Expected<Project> open_project(const Selection& selection, const std::string& working_directory) {
  const std::string here = canonical(working_directory, "/");
  auto paths = existing_paths(selection.paths, here);
  if (!paths) return paths.takeError();
  auto database = open_database(selection, *paths, here);
  if (!database) return database.takeError();
  auto entries = choose_entries(*database, *paths, here);
  if (!entries) return entries.takeError();
  Summary summary;
  Project project{{}, prepare(std::move(*entries), summary), std::move(database->notices), database->origin};
  for (std::string& notice : summary.notices()) project.notices.push_back(std::move(notice));
  if (project.commands.empty()) return nothing_selected(database->origin, project.notices);
  project.root = project_root(project.commands, database->origin, here);
  return project;
}

}  // namespace corolint
