#include "engine/scanned_words.h"

namespace corolint {

namespace {

void write_words(std::string& text, char letter, const llvm::StringSet<>& words) {
  text += letter;
  for (const auto& word : words) (text += ' ') += word.first();
  text += '\n';
}

void read_words(llvm::StringRef line, llvm::StringSet<>& words) {
  while (!line.empty()) {
    const auto [word, rest] = line.split(' ');
    words.insert(word);
    line = rest;
  }
}

}  // namespace

// Lines: "U NAME" for a unit, with "I FILE" for each of its files; "F FILE" for a file, with "M" and its
// mentions, "D" and its definitions; "P COUNT REASON".
std::string ScannedWords::text() const {
  std::string text;
  for (const auto& [unit, own] : units) {
    text += "U " + unit + "\n";
    for (const std::string& file : own) text += "I " + file + "\n";
  }
  for (const auto& [file, words] : files) {
    text += "F " + file + "\n";
    write_words(text, 'M', words.mentions);
    write_words(text, 'D', words.defines);
  }
  for (const auto& [reason, count] : reasons) text += "P " + std::to_string(count) + " " + reason + "\n";
  return text;
}

llvm::Expected<ScannedWords> ScannedWords::from_text(llvm::StringRef text) {
  ScannedWords scanned;
  std::vector<std::string>* unit = nullptr;
  SourceWords* file = nullptr;
  while (!text.empty()) {
    const auto [line, rest] = text.split('\n');
    text = rest;
    const char letter = line.empty() ? '\0' : line.front();
    llvm::StringRef value = line.drop_front(std::min<std::size_t>(2, line.size()));
    std::size_t count = 0;
    if (letter == 'U')
      unit = &scanned.units[value.str()];
    else if (letter == 'F')
      file = &scanned.files[value.str()];
    else if (letter == 'I' && unit)
      unit->push_back(value.str());
    else if (letter == 'M' && file)
      read_words(value, file->mentions);
    else if (letter == 'D' && file)
      read_words(value, file->defines);
    else if (letter == 'P' && !value.consumeInteger(10, count) && value.consume_front(" "))
      scanned.reasons[value.str()] += count;
    else
      return llvm::createStringError("no scan of units");
  }
  return scanned;
}

void ScannedWords::add(ScannedWords other) {
  is_kept = is_kept && other.is_kept;
  units.merge(std::move(other.units));
  for (auto& [path, words] : other.files) files.insert_or_assign(path, std::move(words));
}

}  // namespace corolint
