#include "engine/fingerprint.h"

#include "clang/Lex/Lexer.h"
#include "engine/source_bytes.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/xxhash.h"

namespace corolint {

namespace {

clang::LangOptions language() {
  clang::LangOptions options;
  options.CPlusPlus = options.CPlusPlus11 = options.CPlusPlus14 = options.CPlusPlus17 = options.CPlusPlus20 =
      options.LineComment = options.RawStringLiterals = true;
  return options;
}

llvm::ArrayRef<std::uint8_t> bytes_of(const std::string& text) {
  return {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()};
}

std::string fingerprint_of(const Finding& finding) {
  std::string identity;
  for (const std::string* part : {&finding.rule, &finding.entity, &finding.anchor, &finding.sink})
    identity += *part + '\0';
  const llvm::XXH128_hash_t hash = llvm::xxh3_128bits(bytes_of(identity));
  return llvm::utohexstr(hash.high64, /*LowerCase=*/true, 16) + llvm::utohexstr(hash.low64, true, 16);
}

// Returns a digest of the nearest line with code from `number` on in steps of `step`. The head of the
// function itself counts as such, whatever its name and its parameters.
std::string neighbour(SourceBytes& sources, const Finding& finding, std::uint32_t number, int step) {
  const std::string& file = finding.place.file;
  std::string tokens;
  for (auto line = sources.line(file, number); line && tokens.empty(); line = sources.line(file, number)) {
    tokens = tokens_of(*line);
    number += static_cast<std::uint32_t>(step);
  }
  const std::string name = llvm::StringRef(finding.function).rsplit("::").second.str();
  const std::string own_head = (name.empty() ? finding.function : name) + "(";
  if (own_head.size() > 1 && tokens.find(own_head) != std::string::npos && tokens.ends_with("{"))
    tokens = "{";
  return llvm::utohexstr(llvm::xxh3_64bits(bytes_of(tokens)) & 0xFFFFFFFFu, true, 8);
}

void identify_one(Finding& finding, SourceBytes& sources) {
  const Place& place = finding.place;
  finding.anchor = tokens_of(sources.region(place));
  finding.context = neighbour(sources, finding, place.line - 1, -1) + ":" +
                    neighbour(sources, finding, place.end_line + 1, 1);
  finding.fingerprint = fingerprint_of(finding);
}

}  // namespace

std::string tokens_of(std::string_view code) {
  static const clang::LangOptions options = language();
  const std::string text(code);  // the lexer needs the zero at its end
  clang::Lexer lexer(clang::SourceLocation(), options, text.data(), text.data(), text.data() + text.size());
  std::string tokens;
  clang::Token token;
  for (bool is_last = false; !is_last;) {
    is_last = lexer.LexFromRawLexer(token);
    if (token.is(clang::tok::eof)) break;
    const std::size_t end = static_cast<std::size_t>(lexer.getBufferLocation() - text.data());
    const llvm::StringRef spelling = llvm::StringRef(text).slice(end - token.getLength(), end);
    const auto is_word = [](char c) { return llvm::isAlnum(c) || c == '_'; };
    if (!tokens.empty() && is_word(tokens.back()) && is_word(spelling.front())) tokens += ' ';
    tokens += spelling;
  }
  return tokens;
}

void identify(Report& report) {
  SourceBytes sources(report);
  for (Finding& finding : report.findings) identify_one(finding, sources);
  for (HiddenFinding& hidden : report.hidden) identify_one(hidden.finding, sources);
}

}  // namespace corolint
