#include "project/path_map.h"

#include <utility>

#include "project/paths.h"

namespace corolint {

namespace {

using PathMap = std::pair<std::string, std::string>;

llvm::Expected<std::vector<PathMap>> read(const std::vector<std::string>& maps) {
  std::vector<PathMap> read;
  for (const std::string& map : maps) {
    const auto [from, to] = llvm::StringRef(map).split('=');
    if (from.empty() || to.empty())
      return llvm::createStringError("--path-map: '%s' is not of the form FROM=TO", map.c_str());
    read.emplace_back(from.rtrim('/').str(), to.rtrim('/').str());
  }
  return read;
}

// Does a path begin at `at`? A folder of the same name within another one is not meant.
bool begins_at(const std::string& text, std::size_t at) {
  if (at == 0) return true;
  const char before = text[at - 1];
  return before == '=' || before == ':' || before == ',' || before == '"' ||
         (text.starts_with('-') && !llvm::StringRef(text).take_front(at).contains('/'));  // -I/src
}

void replace(const PathMap& map, std::string& text) {
  const auto& [from, to] = map;
  for (std::size_t at = 0; (at = text.find(from, at)) != std::string::npos;) {
    const std::size_t end = at + from.size();
    const bool ends = end == text.size() || text[end] == '/' || text[end] == ':' || text[end] == ',';
    if (!ends || !begins_at(text, at)) {
      at = end;
      continue;
    }
    text.replace(at, from.size(), to);
    at += to.size();
  }
}

}  // namespace

llvm::Error map_paths(const std::vector<std::string>& maps, std::vector<CompileCommand>& commands) {
  auto read_maps = read(maps);
  if (!read_maps) return read_maps.takeError();
  for (const PathMap& map : *read_maps)
    for (CompileCommand& command : commands) {
      replace(map, command.directory);
      replace(map, command.file);
      command.directory = canonical(command.directory, "/");
      command.file = canonical(command.file, command.directory);
      for (std::string& argument : command.arguments) replace(map, argument);
    }
  return llvm::Error::success();
}

}  // namespace corolint
