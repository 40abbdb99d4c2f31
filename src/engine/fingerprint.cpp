#include "engine/fingerprint.h"

#include <map>

#include "clang/Basic/IdentifierTable.h"
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

struct Token {
  std::string spelling;
  bool is_identifier = false;  // and no keyword
};

std::vector<Token> lexed(std::string_view code) {
  static const clang::LangOptions options = language();
  static const clang::IdentifierTable keywords(options);
  const std::string text(code);  // the lexer needs the zero at its end
  clang::Lexer lexer(clang::SourceLocation(), options, text.data(), text.data(), text.data() + text.size());
  std::vector<Token> tokens;
  clang::Token token;
  for (bool is_last = false; !is_last;) {
    is_last = lexer.LexFromRawLexer(token);
    if (token.is(clang::tok::eof)) break;
    const std::size_t end = static_cast<std::size_t>(lexer.getBufferLocation() - text.data());
    const llvm::StringRef spelling = llvm::StringRef(text).slice(end - token.getLength(), end);
    tokens.push_back(
        {spelling.str(), token.is(clang::tok::raw_identifier) && keywords.find(spelling) == keywords.end()});
  }
  return tokens;
}

std::string joined(const std::vector<Token>& tokens) {
  const auto is_word = [](char c) { return llvm::isAlnum(c) || c == '_' || c == '$'; };
  std::string text;
  for (const Token& token : tokens) {
    if (!text.empty() && is_word(text.back()) && is_word(token.spelling.front())) text += ' ';
    text += token.spelling;
  }
  return text;
}

// Whether the token looks like the name of a variable: no member, no name that something is called or made
// by, no part of a qualified name.
bool is_variable(const std::vector<Token>& tokens, std::size_t at) {
  if (!tokens[at].is_identifier) return false;
  const std::string_view before = at > 0 ? std::string_view(tokens[at - 1].spelling) : "";
  const bool is_last = at + 1 == tokens.size();
  const std::string_view after = is_last ? "" : std::string_view(tokens[at + 1].spelling);
  return before != "." && before != "->" && before != "::" && after != "(" && after != "::" && after != "<" &&
         (is_last || !tokens[at + 1].is_identifier);
}

std::string short_digest(const std::string& text) {
  return llvm::utohexstr(llvm::xxh3_64bits(bytes_of(text)) & 0xFFFFFFFFu, true, 8);
}

// Returns a digest of the nearest line with code from `number` on in steps of `step`. The head of the
// function itself counts as such, whatever its name and its parameters.
std::string neighbour(SourceBytes& sources, const Finding& finding, std::uint32_t number, int step) {
  const std::string& file = finding.place.file;
  std::string shape;
  for (auto line = sources.line(file, number); line && shape.empty(); line = sources.line(file, number)) {
    shape = shape_of(*line);
    number += static_cast<std::uint32_t>(step);
  }
  const std::string name = llvm::StringRef(finding.function).rsplit("::").second.str();
  const std::string own_head = (name.empty() ? finding.function : name) + "(";
  if (own_head.size() > 1 && shape.find(own_head) != std::string::npos && shape.ends_with("{")) shape = "{";
  return short_digest(shape);
}

void identify_one(Finding& finding, SourceBytes& sources) {
  const Place& place = finding.place;
  finding.anchor = tokens_of(sources.region(place));
  finding.context = neighbour(sources, finding, place.line - 1, -1) + ":" +
                    neighbour(sources, finding, place.end_line + 1, 1) + ":" +
                    short_digest(shape_of(finding.anchor));
  finding.fingerprint = fingerprint_of(finding);
}

}  // namespace

std::string tokens_of(std::string_view code) {
  return joined(lexed(code));
}

std::string shape_of(std::string_view code) {
  std::vector<Token> tokens = lexed(code);
  std::map<std::string, std::string> numbers;
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    if (!is_variable(tokens, i)) continue;
    const auto [number, is_new] =
        numbers.try_emplace(tokens[i].spelling, "$" + std::to_string(numbers.size()));
    tokens[i].spelling = number->second;
  }
  return joined(tokens);
}

void identify(Report& report, const std::set<std::string>* files) {
  SourceBytes sources(report);
  const auto identify_in = [&](Finding& finding) {
    if (!files || files->contains(finding.place.file)) identify_one(finding, sources);
  };
  for (Finding& finding : report.findings) identify_in(finding);
  for (HiddenFinding& hidden : report.hidden) identify_in(hidden.finding);
}

}  // namespace corolint
