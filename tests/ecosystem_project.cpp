#include "ecosystem_project.h"

#include <set>
#include <stdexcept>

#include "llvm/Support/Error.h"
#include "llvm/Support/GlobPattern.h"

namespace corolint {

namespace fs = std::filesystem;
using nlohmann::json;

namespace {

using Strings = std::vector<std::string>;

Strings strings_at(const json& object, const char* key) {
  return object.value(key, Strings());
}

void replace_all(std::string& text, const std::string& from, const std::string& to) {
  for (std::size_t at = text.find(from); at != std::string::npos; at = text.find(from, at + to.size()))
    text.replace(at, from.size(), to);
}

bool is_source(const fs::path& file) {
  static const std::set<std::string> endings = {".cpp", ".cc", ".cxx"};
  return endings.contains(file.extension().string());
}

// Takes out what `skip` names: files, folders, or patterns such as `*_test.cpp` for the path below `root`.
void skip_some(std::set<fs::path>& sources, const fs::path& root, const Strings& skip) {
  for (const std::string& skipped : skip) {
    auto pattern = llvm::GlobPattern::create(skipped);
    if (!pattern) throw std::runtime_error(llvm::toString(pattern.takeError()) + ": " + skipped);
    std::erase_if(sources, [&](const fs::path& source) {
      const std::string path = source.lexically_relative(root).string();
      return path == skipped || path.starts_with(skipped + "/") || pattern->match(path);
    });
  }
}

// Returns the sources that `paths` name below `root`, folders with all that lies in them.
std::set<fs::path> sources_below(const fs::path& root, const Strings& paths) {
  std::set<fs::path> sources;
  for (const std::string& path : paths) {
    const fs::path whole = (root / path).lexically_normal();
    if (fs::is_directory(whole)) {
      for (const auto& entry : fs::recursive_directory_iterator(whole))
        if (entry.is_regular_file() && is_source(entry.path())) sources.insert(entry.path());
    } else if (fs::exists(whole)) {
      sources.insert(whole);
    } else {
      throw std::runtime_error(whole.string() + " is not there");
    }
  }
  return sources;
}

}  // namespace

EcosystemProject project_from(const json& file) {
  EcosystemProject project{.project = file.at("project"),
                           .commit = file.at("commit"),
                           .library = file.at("library"),
                           .kind = file.at("kind"),
                           .uses = strings_at(file, "uses"),
                           .prepare = strings_at(file, "prepare"),
                           .flags = strings_at(file, "flags"),
                           .units = {},
                           .stand_ins = file.value("stand_ins", decltype(EcosystemProject::stand_ins)()),
                           .verdicts = verdicts_from(file.at("verdicts"))};
  for (const json& group : file.at("units"))
    project.units.push_back(
        {strings_at(group, "sources"), strings_at(group, "skip"), strings_at(group, "flags")});
  return project;
}

std::string with_folders(std::string text, const EcosystemFolders& folders) {
  replace_all(text, "{root}", folders.root.string());
  replace_all(text, "{dir}", folders.checkouts.string());
  replace_all(text, "{made}", folders.made.string());
  return text;
}

nlohmann::ordered_json compile_database_of(const EcosystemProject& project, const EcosystemFolders& folders) {
  for (const std::string& used : project.uses)
    if (!fs::is_directory(folders.checkouts / used))
      throw std::runtime_error("it uses " + used + ", which is not in " + folders.checkouts.string());
  const std::string root = folders.root.string();
  nlohmann::ordered_json database = nlohmann::ordered_json::array();
  for (const UnitGroup& group : project.units) {
    Strings arguments = {"clang++-22"};
    for (const std::string& flag : project.flags) arguments.push_back(with_folders(flag, folders));
    for (const std::string& flag : group.flags) arguments.push_back(with_folders(flag, folders));
    arguments.insert(arguments.end(), {"-isystem", (folders.made / "stand-ins").string(), "-c"});
    std::set<fs::path> sources = sources_below(root, group.sources);
    skip_some(sources, root, group.skip);
    for (const fs::path& source : sources) {
      Strings command = arguments;
      command.push_back(source.string());
      database.push_back({{"directory", root}, {"file", source.string()}, {"arguments", command}});
    }
  }
  return database;
}

}  // namespace corolint
