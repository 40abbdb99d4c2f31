#include "project/discovery.h"

#include "project/config.h"
#include "project/language.h"
#include "project/paths.h"

#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"

#include <algorithm>
#include <optional>

namespace corolint {

namespace {

// A configuration in a folder may belong to a project around it: the outermost one within the repository is
// the project's, unless one further in says that it is a root.
std::optional<std::string> marked_folder(const std::string& start) {
  std::optional<std::string> marked;
  for (const std::string& folder : folder_and_above(start)) {
    if (const std::string file = config_file_in(folder); !file.empty()) {
      marked = folder;
      if (says_root(file)) return marked;
    }
    if (llvm::sys::fs::exists(joined(folder, ".git"))) return marked ? marked : folder;
  }
  return marked;
}

std::vector<CompileCommand> entries_within(const std::vector<CompileCommand>& entries,
                                           const std::string& path) {
  std::vector<CompileCommand> within;
  std::copy_if(entries.begin(), entries.end(), std::back_inserter(within),
               [&](const CompileCommand& entry) { return is_within(entry.file, path); });
  return within;
}

llvm::Error is_a_header(const std::string& file) {
  return llvm::createStringError(
      "'" + file +
      "' is a header: headers are analysed through the sources that include them; name "
      "such a source, or the folder that holds them");
}

llvm::Error no_entry(const std::string& file, const Database& database) {
  return llvm::createStringError(
      "'" + file + "' is not in the compile database " + database.origin +
      ": add it to a target and configure the build again, or give its flags after `--`");
}

std::vector<CompileCommand> all_of_project(const Database& database, const std::string& working_directory) {
  const auto folder = marked_folder(working_directory);
  std::vector<CompileCommand> entries;
  if (folder) entries = entries_within(database.entries, *folder);
  return entries.empty() ? database.entries : entries;
}

}  // namespace

llvm::Expected<std::vector<std::string>> existing_paths(const std::vector<std::string>& paths,
                                                        const std::string& working_directory, bool are_unsaved) {
  std::vector<std::string> existing;
  for (const std::string& path : paths) {
    if (path.empty()) return llvm::createStringError("a path is empty: name a source file or a folder");
    existing.push_back(canonical(path, working_directory));
    if (!are_unsaved && !llvm::sys::fs::exists(existing.back()))
      return llvm::createStringError("'" + path + "' does not exist: name a source file or a folder");
  }
  return existing;
}

llvm::Expected<std::vector<CompileCommand>> choose_entries(Database& database,
                                                           const std::vector<std::string>& paths,
                                                           const std::string& working_directory) {
  if (paths.empty()) return all_of_project(database, working_directory);
  std::vector<CompileCommand> chosen;
  std::vector<std::string> empty_folders;
  for (const std::string& path : paths) {
    const bool is_folder = llvm::sys::fs::is_directory(path);
    if (!is_folder && is_header(path)) return is_a_header(path);
    const std::vector<CompileCommand> entries = entries_within(database.entries, path);
    chosen.insert(chosen.end(), entries.begin(), entries.end());
    if (!entries.empty()) continue;
    if (!is_folder) return no_entry(path, database);
    empty_folders.push_back(path);
  }
  if (empty_folders.empty()) return chosen;
  const std::string problem =
      "no source below " + llvm::join(empty_folders, ", ") + " belongs to " + database.origin;
  if (chosen.empty())
    return llvm::createStringError("nothing to analyse: " + problem +
                                   "; name other paths, or another compile database with -p");
  database.notices.push_back(problem);
  return chosen;
}

// Returns the folder that a compile database or a file of flags is for: the one it lies in, or the one around
// its build folder. Empty for flags from the command line.
std::string folder_served_by(const std::string& origin) {
  if (!llvm::sys::path::is_absolute(origin)) return {};
  const std::string folder = folder_of(origin);
  const llvm::StringRef name = llvm::sys::path::filename(folder);
  const bool is_build = name == "out" || name.starts_with("build") || name.starts_with("cmake-build-");
  return is_build ? llvm::sys::path::parent_path(folder).str() : folder;
}

std::string project_folder(const std::string& folder) {
  return marked_folder(folder).value_or(folder);
}

std::string project_root(const std::vector<CompileCommand>& commands, const std::string& origin,
                         const std::string& working_directory) {
  std::vector<std::string> files;
  for (const CompileCommand& command : commands) files.push_back(command.file);
  const std::string common = common_folder(files);
  if (const auto marked = marked_folder(common)) return *marked;
  const std::string served = folder_served_by(origin);
  if (!served.empty() && is_within(common, served)) return served;
  return is_within(common, working_directory) ? working_directory : common;
}

}  // namespace corolint
