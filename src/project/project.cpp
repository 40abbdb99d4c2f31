#include "project/project.h"

#include "project/compiler.h"
#include "project/database.h"
#include "project/discovery.h"
#include "project/flags.h"
#include "project/language.h"
#include "project/nothing_selected.h"
#include "project/path_map.h"
#include "project/paths.h"
#include "project/query_driver.h"
#include "project/summary.h"

#include "llvm/ADT/StringExtras.h"

#include <algorithm>
#include <set>

namespace corolint {

namespace {

// Makes the C++ units among `entries` fit for Clang; equal ones become one.
std::vector<CompileCommand> prepare(std::vector<CompileCommand> entries, DriverQueries& queries,
                                    Summary& summary) {
  std::set<CompileCommand> units;
  FlagCleaning flags;
  for (CompileCommand& entry : entries) {
    expand_responses(entry);
    strip_launchers(entry.arguments);
    if (const Language language = language_of(entry); language != Language::cxx) {
      summary.add(language, entry.file);
      continue;
    }
    queries.add_answer(entry);
    const DroppedFlags dropped = flags.clean(entry);
    if (units.insert(std::move(entry)).second) summary.add(dropped);
  }
  return {units.begin(), units.end()};
}

// Returns the project's units that are not among `selected`, which `paths` mean. With flags from the command
// line nobody knows what else there is. A file of flags stands for all sources of its folder: it is opened
// once more without the paths.
std::vector<CompileCommand> others_than(const std::vector<CompileCommand>& selected,
                                        const Selection& selection, Database& database,
                                        const std::vector<std::string>& paths, const std::string& here,
                                        DriverQueries& queries) {
  if (paths.empty() || selection.flags) return {};
  Summary untold;
  std::vector<CompileCommand> all;
  if (llvm::StringRef(database.origin).ends_with("compile_flags.txt")) {
    auto whole = open_database({}, {}, folder_of(database.origin));
    if (whole) all = prepare(std::move(whole->entries), queries, untold);
    llvm::consumeError(whole.takeError());
  } else {
    auto entries = choose_entries(database, {}, here);
    if (entries) all = prepare(std::move(*entries), queries, untold);
    llvm::consumeError(entries.takeError());
  }
  std::vector<CompileCommand> others;
  std::set_difference(all.begin(), all.end(), selected.begin(), selected.end(), std::back_inserter(others));
  return others;
}

llvm::Error nothing_selected(const std::string& origin, const std::vector<std::string>& notices) {
  return llvm::make_error<NothingSelected>("nothing to analyse: no C++ source is selected from " + origin +
                                           (notices.empty() ? "" : " (" + llvm::join(notices, "; ") + ")") +
                                           "; name other paths, or another compile database with -p");
}

}  // namespace

char NothingSelected::ID = 0;

llvm::Expected<Project> open_project(const Selection& selection, const std::string& working_directory) {
  const std::string here = canonical(working_directory, "/");
  auto paths = existing_paths(selection.paths, here, selection.are_unsaved);
  if (!paths) return paths.takeError();
  auto database = open_database(selection, *paths, here);
  if (!database) return database.takeError();
  if (llvm::Error error = map_paths(selection.path_maps, database->entries)) return error;
  auto entries = choose_entries(*database, *paths, here);
  if (!entries) return entries.takeError();
  Summary summary;
  DriverQueries queries(selection.query_drivers);
  Project project{
      {}, prepare(std::move(*entries), queries, summary), {}, std::move(database->notices), database->origin};
  for (std::string& notice : queries.notices()) project.notices.push_back(std::move(notice));
  for (std::string& notice : summary.notices()) project.notices.push_back(std::move(notice));
  if (project.commands.empty()) return nothing_selected(database->origin, project.notices);
  project.root = project_root(project.commands, database->origin, here);
  project.others = others_than(project.commands, selection, *database, *paths, here, queries);
  return project;
}

}  // namespace corolint
