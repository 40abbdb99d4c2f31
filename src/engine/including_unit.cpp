#include "engine/including_unit.h"

#include <algorithm>
#include <map>
#include <memory>
#include <numeric>
#include <set>
#include <tuple>

#include "engine/workers.h"
#include "llvm/ADT/SmallString.h"
#include "llvm/ADT/StringRef.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"
#include "unit/include_search.h"
#include "unit/invocation.h"

namespace corolint {

namespace {

namespace names = llvm::sys::path;

// The likeliest units first: nearly always the first look finds the header.
std::vector<std::size_t> likeliest_first(const std::vector<CompileCommand>& commands,
                                         const std::string& header) {
  const auto distance = [&](std::size_t number) {
    const std::string& file = commands[number].file;
    const auto [one, other] = std::ranges::mismatch(file, header);
    return std::tuple(names::stem(file) != names::stem(header),
                      names::parent_path(file) != names::parent_path(header), other - header.end());
  };
  std::vector<std::size_t> order(commands.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(),
                   [&](std::size_t a, std::size_t b) { return distance(a) < distance(b); });
  return order;
}

class Looking {
 public:
  Looking(const std::string& header, const ParseSettings& settings) : header_(header), settings_(settings) {}

  bool includes_header(const CompileCommand& command) {
    IncludeSearch* search = search_for(command);
    if (!search) return false;
    std::set<std::string> seen{command.file};
    std::vector<std::string> open{command.file};
    while (!open.empty()) {
      const std::string file = std::move(open.back());
      open.pop_back();
      const auto text = search->text_of(file);
      bool has_modules = false;
      const auto includes = text ? includes_in(*text, has_modules) : std::nullopt;
      if (!includes) continue;
      for (const IncludeDirective& directive : *includes) {
        const auto found = search->find(directive, file, settings_.root);
        if (!found || !seen.insert(found->path).second) continue;
        if (is_header(found->path)) return true;
        if (found->is_project) open.push_back(found->path);
      }
    }
    return false;
  }

 private:
  bool is_header(const std::string& path) const {
    llvm::SmallString<256> real;
    return path == header_ || (names::filename(path) == names::filename(header_) &&
                               !llvm::sys::fs::real_path(path, real) && real == header_);
  }

  IncludeSearch* search_for(const CompileCommand& command) {
    const auto [at, is_new] = searches_.try_emplace(include_flags(command));
    if (is_new && !at->first.empty())
      at->second = IncludeSearch::of(command, settings_, file_system_in(command.directory, settings_));
    return at->second.get();
  }

  const std::string& header_;
  const ParseSettings& settings_;
  std::map<std::string, std::unique_ptr<IncludeSearch>> searches_;  // by flags
};

}  // namespace

std::optional<std::size_t> including_unit(const std::vector<CompileCommand>& commands,
                                          const std::string& header, const ParseSettings& settings) {
  std::optional<std::size_t> unit;
  WorkWatch watch;
  watch.done = [&](std::size_t, const Answer& answer) {
    std::size_t number = 0;
    if (!llvm::StringRef(answer.text).getAsInteger(10, number) && number < commands.size()) unit = number;
  };
  // In a worker: nobody knows what there is in the files.
  const auto work = [&](std::size_t) -> std::string {
    Looking looking(header, settings);
    for (const std::size_t number : likeliest_first(commands, header))
      if (looking.includes_header(commands[number])) return std::to_string(number);
    return {};
  };
  WorkerLimits limits;
  limits.item_time = std::chrono::minutes(1);
  in_workers(1, limits, work, watch);
  return unit;
}

}  // namespace corolint
