#include "unit/include_scan.h"

#include <set>

#include "llvm/ADT/DenseMap.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/MemoryBuffer.h"
#include "unit/include_search.h"
#include "unit/invocation.h"

namespace corolint {

struct IncludeScan::Text {
  std::vector<IncludeDirective> includes;
  std::size_t size = 0;
};

struct IncludeScan::Search {
  std::unique_ptr<IncludeSearch> search;
  llvm::DenseMap<std::uint32_t, std::vector<std::uint32_t>> files;  // see files_of
};

IncludeScan::IncludeScan(const ParseSettings& settings) : settings_(settings) {}
IncludeScan::~IncludeScan() = default;

IncludeScan::Search* IncludeScan::search_for(const CompileCommand& command, const std::string& flags) {
  const auto [at, is_new] = searches_.try_emplace(flags);
  if (!is_new) return at->second.get();
  auto search = IncludeSearch::of(command, settings_, file_system_in(command.directory));
  if (!search) return nullptr;
  at->second = std::make_unique<Search>(std::move(search));
  return at->second.get();
}

const IncludeScan::Text& IncludeScan::text_of(const std::string& path) {
  auto& text = texts_[path];
  if (text) return *text;
  text = std::make_unique<Text>();
  if (!llvm::sys::fs::is_regular_file(path)) return *text;  // a pipe would never end
  if (const auto buffer = llvm::MemoryBuffer::getFile(path)) {
    bool has_modules = false;
    auto includes = includes_in((*buffer)->getBuffer(), has_modules);
    if (includes)
      std::erase_if(*includes, [](const auto& one) { return one.is_conditional || one.name.empty(); });
    text->includes = std::move(includes).value_or(std::vector<IncludeDirective>());
    text->size = (*buffer)->getBufferSize();
  }
  return *text;
}

UnitIncludes IncludeScan::includes_of(const CompileCommand& command) {
  UnitIncludes unit;
  unit.flags = include_flags(command);
  Search* search = unit.flags.empty() ? nullptr : search_for(command, unit.flags);
  if (!search) return {};
  std::set<std::string> seen{command.file};
  std::vector<bool> is_there;  // by file
  const auto visit = [&](const auto& self, const std::string& path) -> void {
    for (const IncludeDirective& directive : text_of(path).includes) {
      const auto found = search->search->find(directive, path, settings_.root);
      if (!found || !seen.insert(found->path).second) continue;
      if (found->is_project) {
        self(self, found->path);
        continue;
      }
      const auto [number, is_new] =
          numbers_.try_emplace(found->path, static_cast<std::uint32_t>(paths_.size()));
      if (is_new) paths_.push_back(found->path);
      unit.headers.push_back({directive.name, number->second});
      for (const std::uint32_t brought : files_of(unit.flags, number->second)) {
        if (brought >= is_there.size()) is_there.resize(paths_.size());
        is_there[brought] = true;
      }
    }
  };
  visit(visit, command.file);
  for (std::uint32_t file = 0; file < is_there.size(); ++file)
    if (is_there[file]) unit.files.push_back(file);
  return unit;
}

const std::vector<std::uint32_t>& IncludeScan::files_of(const std::string& flags, std::uint32_t file) {
  Search& search = *searches_.at(flags);
  if (const auto known = search.files.find(file); known != search.files.end()) return known->second;
  std::set<std::uint32_t> files{file};
  std::vector<std::uint32_t> open{file};
  while (!open.empty()) {
    const std::string path = paths_[open.back()];
    open.pop_back();
    for (const IncludeDirective& directive : text_of(path).includes)
      if (const auto found = search.search->find(directive, path, settings_.root);
          found && !found->is_project) {
        const auto [number, is_new] =
            numbers_.try_emplace(found->path, static_cast<std::uint32_t>(paths_.size()));
        if (is_new) paths_.push_back(found->path);
        if (files.insert(number->second).second) open.push_back(number->second);
      }
  }
  return search.files[file] = {files.begin(), files.end()};
}

std::size_t IncludeScan::size_of(std::uint32_t file) {
  while (sizes_.size() <= file) sizes_.push_back(text_of(paths_[sizes_.size()]).size);
  return sizes_[file];
}

}  // namespace corolint
