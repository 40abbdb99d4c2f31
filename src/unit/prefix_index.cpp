#include "unit/prefix_index.h"

#include <algorithm>
#include <cstring>
#include <map>
#include <set>

#include "llvm/Support/xxhash.h"

namespace corolint {

namespace {

constexpr llvm::StringRef heading = "corolint prefix 2";

std::string joined(const std::vector<std::uint32_t>& numbers) {
  std::string text;
  for (const std::uint32_t number : numbers) text += std::to_string(number) + " ";
  return text + "\n";
}

llvm::StringRef take_line(llvm::StringRef& text) {
  const auto [line, rest] = text.split('\n');
  text = rest;
  return line;
}

// Takes a line of numbers below `end`; false if it is none.
bool take_numbers(llvm::StringRef& text, std::size_t end, std::vector<std::uint32_t>& numbers) {
  llvm::StringRef line = take_line(text);
  while (!line.empty()) {
    std::uint32_t number = 0;
    if (line.consumeInteger(10, number) || number >= end || !line.consume_front(" ")) return false;
    numbers.push_back(number);
  }
  return true;
}

bool take_count(llvm::StringRef& text, std::size_t& count) {
  const llvm::StringRef line = take_line(text);
  return !line.getAsInteger(10, count) && count <= text.size();
}

bool take_index(llvm::StringRef& text, PrefixIndex& index) {
  std::size_t count = 0;
  if (take_line(text) != heading) return false;
  index.base = take_line(text).str();
  if (!take_count(text, count)) return false;
  index.files.resize(count);
  for (std::size_t i = 0; i < count; ++i) {
    index.files[i].name = take_line(text).str();
    index.numbers.try_emplace(index.files[i].name, static_cast<std::uint32_t>(i));
    if (!take_numbers(text, count, index.files[i].includes)) return false;
  }
  if (!take_numbers(text, count, index.top) || !take_count(text, count)) return false;
  for (std::size_t i = 0; i < count; ++i) index.changing.insert(take_line(text));
  if (!take_count(text, count)) return false;
  for (std::size_t i = 0; i < count; ++i) {
    const std::string name = take_line(text).str();
    if (!take_numbers(text, index.files.size(), index.definers[name])) return false;
  }
  if (!take_count(text, count) || text.size() != count * sizeof(std::uint64_t)) return false;
  index.words.resize(count);
  std::memcpy(index.words.data(), text.data(), text.size());
  return std::is_sorted(index.words.begin(), index.words.end());
}

}  // namespace

std::uint64_t digest_of_word(llvm::StringRef word) {
  return llvm::xxh3_64bits(word);
}

std::optional<std::uint32_t> PrefixIndex::number_of(llvm::StringRef name) const {
  const auto found = numbers.find(name);
  return found == numbers.end() ? std::nullopt : std::optional(found->second);
}

bool PrefixIndex::mentions(llvm::StringRef word) const {
  return std::binary_search(words.begin(), words.end(), digest_of_word(word));
}

std::string to_bytes(const PrefixIndex& index) {
  std::string text = heading.str() + "\n" + index.base + "\n" + std::to_string(index.files.size()) + "\n";
  for (const PrefixIndex::File& file : index.files) text += file.name + "\n" + joined(file.includes);
  text += joined(index.top) + std::to_string(index.changing.size()) + "\n";
  std::set<std::string> changing;
  for (const auto& entry : index.changing) changing.insert(entry.first().str());
  for (const std::string& name : changing) text += name + "\n";
  std::map<std::string, std::vector<std::uint32_t>> sorted;
  for (const auto& entry : index.definers) sorted.emplace(entry.first().str(), entry.second);
  text += std::to_string(sorted.size()) + "\n";
  for (const auto& [name, files] : sorted) text += name + "\n" + joined(files);
  text += std::to_string(index.words.size()) + "\n";
  text.append(reinterpret_cast<const char*>(index.words.data()), index.words.size() * sizeof(std::uint64_t));
  return text;
}

llvm::Expected<PrefixIndex> prefix_index_from_bytes(llvm::StringRef bytes) {
  PrefixIndex index;
  if (!take_index(bytes, index)) return llvm::createStringError("no index of a prefix");
  return index;
}

}  // namespace corolint
