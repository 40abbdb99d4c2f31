#include "unit/include_scan.h"

#include <algorithm>
#include <set>

#include "llvm/Support/FileSystem.h"
#include "llvm/Support/MemoryBuffer.h"
#include "unit/header_graph.h"
#include "unit/invocation.h"

namespace corolint {

namespace {

// Returns the includes that stand under no condition.
std::vector<IncludeDirective> sure_includes(const std::string& path) {
  if (!llvm::sys::fs::is_regular_file(path)) return {};  // a pipe would never end
  const auto buffer = llvm::MemoryBuffer::getFile(path, /*IsText=*/false, /*RequiresNullTerminator=*/true,
                                                  /*IsVolatile=*/true);
  if (!buffer) return {};
  bool has_modules = false;
  auto includes = includes_in((*buffer)->getBuffer(), has_modules).value_or(std::vector<IncludeDirective>());
  std::erase_if(includes, [](const auto& one) { return one.is_conditional || one.name.empty(); });
  return includes;
}

}  // namespace

// What is known of the units with the same flags.
struct IncludeScan::Search {
  Search(const CompileCommand& first, std::unique_ptr<IncludeSearch> finder)
      : command(first), search(std::move(finder)) {}

  // Returns the files that come with these, sorted.
  std::vector<std::uint32_t> files_with(const std::vector<ForeignHeader>& headers) const {
    std::set<std::uint32_t> files;
    std::vector<std::uint32_t> open;
    for (const ForeignHeader& header : headers) open.push_back(header.file);
    while (!open.empty()) {
      const std::uint32_t next = open.back();
      open.pop_back();
      if (!files.insert(next).second) continue;
      if (const auto brought = includes.find(next); brought != includes.end())
        open.insert(open.end(), brought->second.begin(), brought->second.end());
    }
    return {files.begin(), files.end()};
  }

  const CompileCommand& command;  // of one of them
  std::unique_ptr<IncludeSearch> search;
  std::vector<std::string> directives;  // of all foreign headers that they name, in the order met
  std::set<std::string> known;          // these
  std::map<std::uint32_t, std::vector<std::uint32_t>> includes;  // of the foreign files, by number
};

IncludeScan::IncludeScan(const ParseSettings& settings) : settings_(settings) {}
IncludeScan::~IncludeScan() = default;

IncludeScan::Search* IncludeScan::search_for(const CompileCommand& command, const std::string& flags) {
  const auto [at, is_new] = searches_.try_emplace(flags);
  if (!is_new) return at->second.get();
  auto search = IncludeSearch::of(command, settings_, file_system_in(command.directory, settings_));
  if (!search) return nullptr;
  at->second = std::make_unique<Search>(command, std::move(search));
  return at->second.get();
}

std::uint32_t IncludeScan::number_of(const std::string& path) {
  const auto [number, is_new] = numbers_.try_emplace(path, static_cast<std::uint32_t>(paths_.size()));
  if (is_new) paths_.push_back(path);
  return number->second;
}

UnitIncludes IncludeScan::named_by(const CompileCommand& command) {
  UnitIncludes unit;
  unit.flags = include_flags(command);
  Search* search = unit.flags.empty() ? nullptr : search_for(command, unit.flags);
  if (!search) return {};
  std::set<std::string> seen{command.file};
  const auto visit = [&](const auto& self, const std::string& path) -> void {
    const auto [text, is_new] = texts_.try_emplace(path);
    if (is_new) text->second = sure_includes(path);
    for (const IncludeDirective& directive : text->second) {
      const auto found = search->search->find(directive, path, settings_.root);
      if (!found || !seen.insert(found->path).second) continue;
      if (found->is_project) {
        self(self, found->path);
        continue;
      }
      unit.headers.push_back({directive.name, number_of(found->path)});
      if (search->known.insert(directive.name).second) search->directives.push_back(directive.name);
    }
  };
  visit(visit, command.file);
  return unit;
}

void IncludeScan::follow(Search& search) {
  for (const auto& [from, to] : include_edges(search.command, settings_, search.directives))
    if (!from.empty()) search.includes[number_of(from)].push_back(number_of(to));
}

std::vector<UnitIncludes> IncludeScan::includes_of(const std::vector<const CompileCommand*>& commands) {
  std::vector<UnitIncludes> units;
  for (const CompileCommand* command : commands) units.push_back(named_by(*command));
  for (auto& [flags, search] : searches_)
    if (search) follow(*search);
  for (UnitIncludes& unit : units)
    if (!unit.flags.empty()) unit.files = searches_.at(unit.flags)->files_with(unit.headers);
  return units;
}

std::size_t IncludeScan::size_of(std::uint32_t file) {
  for (std::uint64_t size = 0; sizes_.size() <= file; sizes_.push_back(size))
    if (llvm::sys::fs::file_size(paths_[sizes_.size()], size)) size = 0;
  return sizes_[file];
}

}  // namespace corolint
