#include "unit/source_words.h"

#include <algorithm>
#include <array>
#include <vector>

#include "clang/Lex/Lexer.h"

namespace corolint {

namespace {

using clang::tok::TokenKind;

struct Word {
  TokenKind kind = clang::tok::unknown;
  llvm::StringRef text;  // of an identifier
  bool starts_line = false;

  bool is(TokenKind other) const { return kind == other; }
  bool is_word() const { return kind == clang::tok::raw_identifier; }
};

template <typename Visitor>
void lex(llvm::StringRef text, const Visitor& visit) {
  clang::LangOptions language;
  language.CPlusPlus = language.CPlusPlus11 = language.CPlusPlus14 = language.CPlusPlus17 =
      language.CPlusPlus20 = language.LineComment = true;
  const std::string ended = text.str();  // the lexer asks for a text that ends with a zero
  clang::Lexer lexer(clang::SourceLocation(), language, ended.data(), ended.data(),
                     ended.data() + ended.size());
  clang::Token token;
  bool is_directive = false, is_include = false;  // what an include names is no word of the text
  do {
    lexer.LexFromRawLexer(token);
    if (token.isAtStartOfLine()) is_include = false;
    if (is_directive && token.is(clang::tok::raw_identifier)) {
      const llvm::StringRef name = token.getRawIdentifier();
      is_include = name == "include" || name == "include_next" || name == "import";
    }
    is_directive = token.is(clang::tok::hash) && token.isAtStartOfLine();
    if (!is_include || token.is(clang::tok::eof)) visit(token);
  } while (token.isNot(clang::tok::eof));
}

bool is_statement(llvm::StringRef word) {
  constexpr std::array statements = {"if",     "for",    "while",   "switch",  "catch",
                                     "return", "sizeof", "defined", "decltype"};
  return std::ranges::find(statements, word) != statements.end();
}

class DefinitionScan {
 public:
  DefinitionScan(const std::vector<Word>& words, SourceWords& found) : words_(words), found_(found) {}

  void run() {
    for (std::size_t i = 0; i + 1 < words_.size(); ++i) {
      if (words_[i].is(clang::tok::hash) && words_[i].starts_line) read_directive(i);
      if (words_[i].starts_line && i >= directive_end_) parameters_.clear();
      if (words_[i].is_word() && words_[i + 1].is(clang::tok::l_paren)) look_at(i);
    }
  }

 private:
  // Returns the place behind the bracket that closes the one at `at`.
  std::size_t behind(std::size_t at) const {
    int depth = 0;
    for (; at < words_.size(); ++at) {
      const Word& word = words_[at];
      if (word.is(clang::tok::l_paren) || word.is(clang::tok::l_square)) ++depth;
      if ((word.is(clang::tok::r_paren) || word.is(clang::tok::r_square)) && --depth == 0) return at + 1;
    }
    return at;
  }

  // A `#define` with parameters: a function whose name is one of them has any name.
  void read_directive(std::size_t hash) {
    parameters_.clear();
    directive_end_ = hash + 1;
    while (directive_end_ < words_.size() && !words_[directive_end_].starts_line) ++directive_end_;
    if (hash + 3 >= directive_end_ || words_[hash + 1].text != "define" ||
        !words_[hash + 3].is(clang::tok::l_paren))
      return;
    for (std::size_t i = hash + 4; i < directive_end_ && !words_[i].is(clang::tok::r_paren); ++i)
      if (words_[i].is_word()) parameters_.push_back(words_[i].text);
  }

  bool is_parameter(llvm::StringRef name) const {
    return std::ranges::find(parameters_, name) != parameters_.end();
  }

  // May what follows the parameters be a function's body?
  bool leads_to_body(std::size_t at) const {
    bool has_types = false;  // a trailing return type, or a constraint: commas stand in these
    while (at < words_.size()) {
      switch (words_[at].kind) {
        case clang::tok::l_brace:
        case clang::tok::colon:
          return true;
        case clang::tok::semi:
        case clang::tok::r_paren:
        case clang::tok::r_brace:
        case clang::tok::r_square:
        case clang::tok::equal:
        case clang::tok::period:
          return false;
        case clang::tok::comma:
          if (!has_types) return false;
          break;
        case clang::tok::arrow:
          has_types = true;
          break;
        case clang::tok::l_paren:
        case clang::tok::l_square:
          at = behind(at);
          continue;
        default:
          if (words_[at].text == "requires") has_types = true;
          if (words_[at].text == "try") return true;
      }
      ++at;
    }
    return false;
  }

  // The macro of another file may make functions of its arguments: `TEST(Suite, works) {`.
  void add_arguments(std::size_t open, std::size_t end) {
    for (std::size_t i = open + 1; i + 1 < end; ++i) {
      const bool begins = words_[i - 1].is(clang::tok::l_paren) || words_[i - 1].is(clang::tok::comma);
      const bool ends = words_[i + 1].is(clang::tok::r_paren) || words_[i + 1].is(clang::tok::comma);
      if (words_[i].is_word() && begins && ends) found_.defines.insert(("(" + words_[i].text + ")").str());
    }
  }

  void look_at(std::size_t at) {
    const llvm::StringRef plain = words_[at].text;
    if (is_statement(plain)) return;
    const std::size_t end = behind(at + 1);
    if (!leads_to_body(end)) return;
    std::size_t first = at;
    std::string name = plain.str();
    if (first > 0 && words_[first - 1].is(clang::tok::tilde)) {
      name = "~" + name;
      --first;
    }
    if (is_parameter(plain) || (first > 0 && words_[first - 1].is(clang::tok::hashhash)))
      found_.may_define_anything = true;
    found_.defines.insert("*::" + name);
    add_arguments(at + 1, end);
    if (first == 0 || !words_[first - 1].is(clang::tok::coloncolon)) {
      found_.defines.insert(name);
      return;
    }
    const Word* qualifier = first > 1 ? &words_[first - 2] : nullptr;
    if (!qualifier || !qualifier->is_word()) {  // "Class<T>::f", "::f"
      found_.defines.insert("(" + name + ")");
      return;
    }
    if (is_parameter(qualifier->text)) found_.may_define_anything = true;
    found_.defines.insert((qualifier->text + "::" + name).str());
  }

  const std::vector<Word>& words_;
  SourceWords& found_;
  std::vector<llvm::StringRef> parameters_;  // of the macro whose definition the scan is in
  std::size_t directive_end_ = 0;
};

}  // namespace

void each_word(llvm::StringRef text, llvm::function_ref<void(llvm::StringRef)> visit) {
  lex(text, [&](const clang::Token& token) {
    if (token.is(clang::tok::raw_identifier)) visit(token.getRawIdentifier());
  });
}

SourceWords words_of(llvm::StringRef text) {
  SourceWords found;
  std::vector<Word> words;
  lex(text, [&](const clang::Token& token) {
    Word word{token.getKind(), "", token.isAtStartOfLine()};
    if (word.is_word()) {
      // A line break inside a word is nothing that people write.
      found.may_define_anything |= token.needsCleaning();
      word.text = found.mentions.insert(token.getRawIdentifier()).first->first();
    }
    words.push_back(word);
  });
  DefinitionScan(words, found).run();
  return found;
}

}  // namespace corolint
