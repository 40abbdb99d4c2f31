// Response files, as GCC and Clang read them: `@file` stands for the words in that file, which may name more
// such files, all sought in the command's directory.

#include <algorithm>
#include <iterator>
#include <optional>

#include "llvm/Support/CommandLine.h"
#include "llvm/Support/ConvertUTF.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/MemoryBuffer.h"
#include "project/flags.h"
#include "project/paths.h"

namespace corolint {

namespace {

// Files that name one another could go on for ever: no command is that deep, or that long.
constexpr unsigned deepest = 20;
constexpr std::size_t most_words = 200'000;
constexpr unsigned most_files = 1000;
constexpr std::uint64_t largest_file = 16 << 20;

// Tools of Windows write UTF-16, or begin with a byte order mark.
std::string decoded(llvm::StringRef bytes) {
  std::string text;
  if (llvm::hasUTF16ByteOrderMark(bytes) && llvm::convertUTF16ToUTF8String(bytes, text)) return text;
  bytes.consume_front("\xEF\xBB\xBF");
  return bytes.str();
}

class Expansion {
 public:
  explicit Expansion(const std::string& directory) : directory_(directory) {}

  // Adds the word, or the words of the file that it names. A file that cannot be read stays as it is named:
  // then people are told.
  void add(const std::string& word, unsigned depth) {
    if (words.size() > most_words) return;
    llvm::StringRef file = word;
    if (!file.consume_front("@")) {
      words.push_back(word);
      return;
    }
    const auto text = depth < deepest ? text_of(file) : std::nullopt;
    if (!text) {
      words.push_back(word);
      return;
    }
    llvm::BumpPtrAllocator memory;
    llvm::StringSaver saver(memory);
    llvm::SmallVector<const char*> parts;
    llvm::cl::TokenizeGNUCommandLine(*text, saver, parts);
    for (const char* part : parts) add(part, depth + 1);
  }

  std::vector<std::string> words;

 private:
  std::optional<std::string> text_of(llvm::StringRef name) {
    if (++files_ > most_files) return std::nullopt;
    const std::string file = canonical(name, directory_);
    std::uint64_t size = 0;
    if (!llvm::sys::fs::is_regular_file(file) || llvm::sys::fs::file_size(file, size) || size > largest_file)
      return std::nullopt;
    const auto bytes = llvm::MemoryBuffer::getFile(file);
    if (!bytes) return std::nullopt;
    return decoded((*bytes)->getBuffer());
  }

  const std::string& directory_;
  unsigned files_ = 0;
};

}  // namespace

void expand_responses(CompileCommand& command) {
  Expansion expansion(command.directory);
  for (const std::string& word : command.arguments) expansion.add(word, 0);
  command.arguments = std::move(expansion.words);
}

}  // namespace corolint
