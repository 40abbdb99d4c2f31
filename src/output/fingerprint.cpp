// What makes a finding the same finding after an edit elsewhere: the rule, the function it is in, the code it
// stands at, and the names in its message. Lines, columns, the path, the level and the wording are left out,
// so that shifting, reformatting, moving a file or rewording a rule keeps it. Twins in one function share it:
// whoever compares two runs has to match by number. Baselines store these values, so any change here needs a
// new version in the key.

#include "output/fingerprint.h"

#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/xxhash.h"

namespace corolint {

namespace {

// Returns how many characters the comment at the start of `code` has, 0 if there is none.
std::size_t comment_length(std::string_view code) {
  if (code.substr(0, 2) == "//") return std::min(code.find('\n'), code.size());
  if (code.substr(0, 2) != "/*") return 0;
  const std::size_t end = code.find("*/", 2);
  return end == std::string_view::npos ? code.size() : end + 2;
}

// Returns how many characters the literal in quotes at the start of `code` has, 0 if there is none.
std::size_t literal_length(std::string_view code) {
  if (code.front() != '"' && code.front() != '\'') return 0;
  for (std::size_t i = 1; i < code.size(); ++i) {
    if (code[i] == '\\')
      ++i;
    else if (code[i] == code.front())
      return i + 1;
  }
  return code.size();
}

}  // namespace

std::string without_blanks(std::string_view code) {
  std::string text;
  char previous = ' ';
  while (!code.empty()) {
    const bool is_digit_separator = code.front() == '\'' && llvm::isHexDigit(previous);
    const std::size_t comment = comment_length(code);
    const std::size_t literal = is_digit_separator ? 0 : literal_length(code);
    const std::size_t length = std::max<std::size_t>({comment, literal, 1});
    if (comment == 0 && (literal != 0 || !llvm::isSpace(code.front()))) text += code.substr(0, length);
    previous = code[length - 1];
    code.remove_prefix(length);
  }
  return text;
}

std::string fingerprint(const Finding& finding, SourceText& sources) {
  if (!finding.fingerprint.empty()) return finding.fingerprint;  // of the link
  std::string identity = finding.rule + '\0' + finding.function + '\0';
  identity += without_blanks(sources.region(finding.place));
  for (const std::string& argument : finding.arguments) identity += '\0' + argument;
  const auto* bytes = reinterpret_cast<const std::uint8_t*>(identity.data());
  const llvm::XXH128_hash_t hash = llvm::xxh3_128bits(llvm::ArrayRef(bytes, identity.size()));
  return llvm::utohexstr(hash.high64, /*LowerCase=*/true, 16) + llvm::utohexstr(hash.low64, true, 16);
}

}  // namespace corolint
