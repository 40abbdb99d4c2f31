#include "project/text_file.h"

#include <algorithm>

#include "llvm/Support/ConvertUTF.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/MemoryBuffer.h"

namespace corolint {

namespace {

constexpr std::size_t deepest = 500;  // far more than any honest file

llvm::Error error_at(const std::string& name, llvm::StringRef text, std::size_t offset,
                     const std::string& problem) {
  const llvm::StringRef before = text.take_front(offset);
  const std::size_t line = before.count('\n') + 1, column = offset - (before.rfind('\n') + 1) + 1;
  return llvm::createStringError("%s:%zu:%zu: %s", name.c_str(), line, column, problem.c_str());
}

llvm::Error too_deep(const std::string& name, llvm::StringRef text, std::size_t offset) {
  return error_at(name, text, offset, "this is nested more than " + std::to_string(deepest) + " levels deep");
}

bool is_utf16(llvm::StringRef text) {
  return text.starts_with("\xFF\xFE") || text.starts_with("\xFE\xFF");
}

// Returns the offset of the first byte that does not belong to UTF-8; the size if there is none.
std::size_t end_of_utf8(llvm::StringRef text) {
  const auto* begin = reinterpret_cast<const llvm::UTF8*>(text.begin());
  const auto* end = reinterpret_cast<const llvm::UTF8*>(text.end());
  const llvm::UTF8* at = begin;
  while (at < end && llvm::isLegalUTF8Sequence(at, end)) at += llvm::getNumBytesForUTF8(*at);
  return static_cast<std::size_t>(at - begin);
}

// Counts brackets from the left and tells where they are too deep.
class Depth {
 public:
  bool is_too_deep_after(char c) {
    if (c == '[' || c == '{') return ++open_ > deepest;
    if ((c == ']' || c == '}') && open_ > 0) --open_;
    return false;
  }

 private:
  std::size_t open_ = 0;
};

// Returns how deep a line of block YAML may be nested: by its indentation and by "- - -" in one line.
std::size_t block_depth(llvm::StringRef line) {
  return line.size() - line.ltrim(" -?:\t").size();
}

}  // namespace

llvm::Expected<std::string> read_text_file(const std::string& file) {
  // Some devices never end; what is typed or piped in does.
  if (llvm::sys::fs::file_status status; !llvm::sys::fs::status(file, status) &&
                                         status.type() == llvm::sys::fs::file_type::character_file &&
                                         file != "/dev/stdin" && file != "/dev/null")
    return llvm::createStringError("%s cannot be read: it is a device, no file", file.c_str());
  const auto buffer = llvm::MemoryBuffer::getFile(file);
  if (!buffer)
    return llvm::createStringError("%s cannot be read: %s", file.c_str(),
                                   buffer.getError().message().c_str());
  llvm::StringRef text = (*buffer)->getBuffer();
  text.consume_front("\xEF\xBB\xBF");
  if (is_utf16(text)) return error_at(file, text, 0, "this is UTF-16: save the file as UTF-8");
  if (const std::size_t zero = text.find('\0'); zero != llvm::StringRef::npos)
    return error_at(file, text, zero, "a zero byte: this is no text");
  if (const std::size_t end = end_of_utf8(text); end < text.size())
    return error_at(file, text, end, "this is not UTF-8: save the file as UTF-8");
  return text.str();
}

llvm::Error check_json_depth(llvm::StringRef text, const std::string& name) {
  Depth depth;
  bool is_string = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '"')
      is_string = !is_string;
    else if (is_string && text[i] == '\\')
      ++i;
    else if (!is_string && depth.is_too_deep_after(text[i]))
      return too_deep(name, text, i);
  }
  return llvm::Error::success();
}

llvm::Error check_yaml_depth(llvm::StringRef text, const std::string& name) {
  Depth depth;
  for (std::size_t i = 0; i < text.size(); ++i)
    if (depth.is_too_deep_after(text[i])) return too_deep(name, text, i);
  for (llvm::StringRef rest = text; !rest.empty();) {
    const llvm::StringRef line = rest.split('\n').first;
    if (block_depth(line) > deepest) return too_deep(name, text, line.begin() - text.begin() + deepest);
    rest = rest.split('\n').second;
  }
  return llvm::Error::success();
}

}  // namespace corolint
