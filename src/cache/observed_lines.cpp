#include "cache/observed_lines.h"

#include <algorithm>

#include "cache/observations.h"

namespace corolint {

std::uint32_t ObservedLines::number_of(llvm::StringRef line) {
  const auto [at, is_new] = by_text_.try_emplace(line);
  if (is_new) {
    at->second.number = static_cast<std::uint32_t>(lines_.size());
    lines_.push_back(&*at);
  }
  return at->second.number;
}

ObservedLines::Numbers ObservedLines::numbers_of(llvm::StringRef text) {
  Numbers numbers;
  while (!text.empty()) {
    const auto [line, rest] = text.split('\n');
    text = rest;
    numbers.push_back(number_of(line));
  }
  return numbers;
}

void ObservedLines::trust(const Numbers& numbers) {
  for (const std::uint32_t number : numbers) lines_[number]->second.state = Line::holds;
}

bool ObservedLines::hold(const Numbers& numbers) {
  return std::ranges::all_of(numbers, [&](std::uint32_t number) {
    Line& line = lines_[number]->second;
    if (line.state == Line::unknown)
      line.state = still_holds(text(number), root_, states_) ? Line::holds : Line::fails;
    return line.state == Line::holds;
  });
}

const std::string& ObservedLines::own_file(std::uint32_t number) {
  Line& line = lines_[number]->second;
  if (!line.has_file) line.file = corolint::own_file(text(number));
  line.has_file = true;
  return line.file;
}

}  // namespace corolint
