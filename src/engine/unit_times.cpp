#include "engine/unit_times.h"

#include "cache/digest.h"
#include "llvm/Support/FileSystem.h"

namespace corolint {

namespace {

// The file alone is not enough: it may be built in several ways.
std::string name_of(const CompileCommand& command) {
  std::vector<std::string> texts = command.arguments;
  texts.push_back(command.file);
  return digest_of_texts(texts);
}

std::uint64_t size_of(const CompileCommand& command) {
  std::uint64_t size = 0;
  return llvm::sys::fs::file_size(command.file, size) ? 0 : size;
}

}  // namespace

UnitTimes::UnitTimes(llvm::StringRef text) {
  while (!text.empty()) {
    auto [line, rest] = text.split('\n');
    text = rest;
    std::int64_t time = 0;
    if (line.consumeInteger(10, time) || !line.consume_front(" ")) return;
    times_[line] = time;
  }
}

std::optional<std::int64_t> UnitTimes::find(const CompileCommand& command) const {
  const auto known = times_.find(name_of(command));
  if (known == times_.end()) return std::nullopt;
  return known->second;
}

void UnitTimes::set(const CompileCommand& command, std::int64_t microseconds) {
  times_[name_of(command)] = microseconds;
  has_news_ = true;
}

std::vector<std::int64_t> UnitTimes::estimates(const std::vector<const CompileCommand*>& commands) const {
  std::vector<std::int64_t> times(commands.size());
  std::vector<std::uint64_t> sizes(commands.size());
  double known_time = 0, known_size = 0;
  for (std::size_t i = 0; i < commands.size(); ++i) {
    sizes[i] = size_of(*commands[i]);
    times[i] = find(*commands[i]).value_or(-1);
    if (times[i] < 0) continue;
    known_time += static_cast<double>(times[i]);
    known_size += static_cast<double>(sizes[i]);
  }
  const double time_a_byte = known_time > 0 && known_size > 0 ? known_time / known_size : 100;
  for (std::size_t i = 0; i < commands.size(); ++i)
    if (times[i] < 0) times[i] = static_cast<std::int64_t>(time_a_byte * static_cast<double>(sizes[i]) + 1);
  return times;
}

std::string UnitTimes::text() const {
  std::string text;
  for (const auto& entry : times_) text += std::to_string(entry.second) + " " + entry.first().str() + "\n";
  return text;
}

}  // namespace corolint
