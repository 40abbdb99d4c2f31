#include "engine/profile.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "llvm/Support/FormatVariadic.h"

namespace corolint {

namespace {

constexpr std::size_t shown_files = 20;

// What stands in one line of the table.
struct Sum {
  std::string name;
  std::size_t count = 0;
  std::int64_t duration = 0;
  std::uint64_t memory = 0;

  void add(const Span& span) {
    ++count;
    duration += span.duration;
    memory = std::max(memory, span.memory);
  }
};

std::vector<Sum> longest_first(const std::map<std::string, Sum>& sums) {
  std::vector<Sum> sorted;
  for (const auto& [name, sum] : sums) {
    sorted.push_back(sum);
    sorted.back().name = name;
  }
  std::stable_sort(sorted.begin(), sorted.end(),
                   [](const Sum& a, const Sum& b) { return a.duration > b.duration; });
  return sorted;
}

std::string line_of(const Sum& sum) {
  return llvm::formatv("{0,10:f3} {1,8} {2,10:f1}  {3}\n", static_cast<double>(sum.duration) / 1e6, sum.count,
                       static_cast<double>(sum.memory) / 1024, sum.name);
}

}  // namespace

void Profile::add(const std::string& file, const UnitLog& log) {
  for (const Span& span : log.spans) rows_.push_back({file, log.process, span});
  for (const auto& [name, count] : log.counts) counts_[name] += count;
}

std::string Profile::table() const {
  std::map<std::string, Sum> stages, files;
  for (const Row& row : rows_)
    if (row.span.stage == "unit")
      files[row.file].add(row.span);
    else
      stages[row.span.stage].add(row.span);
  std::string text = "   seconds    times        MiB  stage\n";
  for (const Sum& sum : longest_first(stages)) text += line_of(sum);
  if (!files.empty()) text += "\n   seconds    times        MiB  file\n";
  const std::vector<Sum> sorted = longest_first(files);
  for (const Sum& sum : llvm::ArrayRef(sorted).take_front(shown_files)) text += line_of(sum);
  if (sorted.size() > shown_files)
    text += llvm::formatv("  and {0} more files\n", sorted.size() - shown_files);
  if (!counts_.empty()) text += "\n     count\n";
  for (const auto& [name, count] : counts_) text += llvm::formatv("{0,10}  {1}\n", count, name);
  return text;
}

std::string Profile::trace() const {
  nlohmann::json events = nlohmann::json::array();
  for (const Row& row : rows_) {
    nlohmann::json event = {{"name", row.span.stage},
                            {"ph", "X"},
                            {"ts", row.span.begin},
                            {"dur", row.span.duration},
                            {"pid", 1},
                            {"tid", row.process},
                            {"cat", "corolint"},
                            {"args", {{"memory_kib", row.span.memory}}}};
    if (!row.file.empty()) event["args"]["file"] = row.file;
    events.push_back(std::move(event));
  }
  return nlohmann::json{{"traceEvents", std::move(events)}, {"displayTimeUnit", "ms"}}.dump(
             1, ' ', false, nlohmann::json::error_handler_t::replace) +
         "\n";
}

}  // namespace corolint
