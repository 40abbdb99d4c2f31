#include "unit/macro_watcher.h"

#include "clang/Lex/Lexer.h"
#include "llvm/Support/xxhash.h"

namespace corolint {

namespace {

// Returns the rest of the line at `at`, without the words that begin a pragma.
llvm::StringRef pragma_text(const clang::SourceManager& sources, clang::SourceLocation at) {
  bool invalid = false;
  const auto [file, offset] = sources.getDecomposedSpellingLoc(at);
  llvm::StringRef text = sources.getBufferData(file, &invalid).drop_front(offset);
  if (invalid) return {};
  text = text.take_until([](char c) { return c == '\n'; }).ltrim("# \t");
  text.consume_front("_Pragma");
  text.consume_front("pragma");
  return text.ltrim("(\" \t");
}

// Does the pragma leave the meaning of later code alone?
bool is_harmless(llvm::StringRef pragma) {
  for (const llvm::StringRef start :
       {"once", "GCC diagnostic", "clang diagnostic", "GCC system_header", "clang system_header", "message",
        "mark", "region", "endregion", "comment", "warning", "GCC warning", "GCC error", "NOLINT"})
    if (pragma.starts_with(start)) return true;
  return false;
}

}  // namespace

bool changes_names(llvm::StringRef pragma) {
  return pragma.starts_with("push_macro") || pragma.starts_with("pop_macro") ||
         pragma.starts_with("include_alias");
}

MacroTrace::Outcome MacroWatcher::outcome_of(const clang::MacroInfo* definition) {
  if (!definition) return 0;
  MacroTrace::Outcome& outcome = outcomes_[definition];
  if (outcome != 0) return outcome;
  std::string text = definition->isFunctionLike() ? "(" : "=";
  for (const clang::IdentifierInfo* parameter : definition->params())
    text += parameter->getName().str() + ",";
  text += definition->isGNUVarargs() ? "g" : definition->isC99Varargs() ? "c" : "";
  text += definition->isBuiltinMacro() ? "b" : ")";
  for (const clang::Token& token : definition->tokens())
    text += (token.hasLeadingSpace() ? " " : "\1") + preprocessor_.getSpelling(token);
  outcome = llvm::xxh3_64bits(text);
  return outcome = outcome == 0 ? 1 : outcome;
}

void MacroWatcher::MacroExpands(const clang::Token& name, const clang::MacroDefinition& definition,
                                clang::SourceRange, const clang::MacroArgs*) {
  const clang::MacroInfo* macro = definition.getMacroInfo();
  read(*name.getIdentifierInfo(), macro);
  if (!macro) return;
  for (const clang::Token& token : macro->tokens())
    if (const clang::IdentifierInfo* inner = token.getIdentifierInfo(); inner && !inner->hasMacroDefinition())
      read(*inner, nullptr);
}

void MacroWatcher::MacroDefined(const clang::Token& name, const clang::MacroDirective* directive) {
  change(*name.getIdentifierInfo(), directive->getMacroInfo());
}

void MacroWatcher::MacroUndefined(const clang::Token& name, const clang::MacroDefinition&,
                                  const clang::MacroDirective*) {
  change(*name.getIdentifierInfo(), nullptr);
}

void MacroWatcher::Defined(const clang::Token& name, const clang::MacroDefinition& definition,
                           clang::SourceRange) {
  read(*name.getIdentifierInfo(), definition.getMacroInfo());
}

void MacroWatcher::Ifdef(clang::SourceLocation, const clang::Token& name,
                         const clang::MacroDefinition& definition) {
  read(*name.getIdentifierInfo(), definition.getMacroInfo());
}

void MacroWatcher::Ifndef(clang::SourceLocation, const clang::Token& name,
                          const clang::MacroDefinition& definition) {
  read(*name.getIdentifierInfo(), definition.getMacroInfo());
}

void MacroWatcher::Elifdef(clang::SourceLocation, const clang::Token& name,
                           const clang::MacroDefinition& definition) {
  read(*name.getIdentifierInfo(), definition.getMacroInfo());
}

void MacroWatcher::Elifndef(clang::SourceLocation, const clang::Token& name,
                            const clang::MacroDefinition& definition) {
  read(*name.getIdentifierInfo(), definition.getMacroInfo());
}

void MacroWatcher::If(clang::SourceLocation, clang::SourceRange condition, ConditionValueKind) {
  read_condition(condition);
}

void MacroWatcher::Elif(clang::SourceLocation, clang::SourceRange condition, ConditionValueKind value,
                        clang::SourceLocation) {
  if (value != CVK_NotEvaluated) read_condition(condition);
}

// Clang does not tell of a name that is no macro: in a condition it counts as 0.
void MacroWatcher::read_condition(clang::SourceRange condition) {
  const clang::SourceManager& sources = preprocessor_.getSourceManager();
  const clang::SourceLocation begin = sources.getFileLoc(condition.getBegin());
  const auto [file, offset] = sources.getDecomposedLoc(begin);
  const llvm::StringRef text = sources.getBufferData(file);
  const auto end = sources.getDecomposedLoc(sources.getFileLoc(condition.getEnd()));
  if (end.first != file || end.second < offset) return;
  clang::Lexer lexer(begin, preprocessor_.getLangOpts(), text.begin(), text.begin() + offset, text.end());
  clang::Token token;
  while (!lexer.LexFromRawLexer(token) && sources.getFileOffset(token.getLocation()) <= end.second)
    if (token.is(clang::tok::raw_identifier)) {
      const clang::IdentifierInfo* name = preprocessor_.LookUpIdentifierInfo(token);
      read(*name, preprocessor_.getMacroInfo(name));
    }
}

void MacroWatcher::InclusionDirective(clang::SourceLocation at, const clang::Token&, llvm::StringRef, bool,
                                      clang::CharSourceRange, clang::OptionalFileEntryRef file,
                                      llvm::StringRef, llvm::StringRef, const clang::Module*, bool,
                                      clang::SrcMgr::CharacteristicKind) {
  if (file) include(*file, at);
}

void MacroWatcher::LexedFileChanged(clang::FileID file, LexedFileChangeReason reason,
                                    clang::SrcMgr::CharacteristicKind, clang::FileID previous,
                                    clang::SourceLocation) {
  const clang::SourceManager& sources = preprocessor_.getSourceManager();
  const bool is_main = file == sources.getMainFileID();
  if (reason == LexedFileChangeReason::ExitFile) {
    if (sources.getFileEntryRefForID(previous)) leave();
  } else if (const auto entry = sources.getFileEntryRefForID(file); entry) {
    enter(*entry, is_main);
  }
}

// `push_macro` depends on what the macro is, and `pop_macro` makes it that again.
bool MacroWatcher::push_or_pop(llvm::StringRef pragma) {
  const bool is_push = pragma.starts_with("push_macro");
  if (!is_push && !pragma.starts_with("pop_macro")) return false;
  const llvm::StringRef name = pragma.split('(').second.split(')').first.trim("\\\" \t");
  if (name.empty()) return false;
  clang::IdentifierInfo* identifier = preprocessor_.getIdentifierInfo(name);
  auto& pushed = pushed_[identifier];
  if (is_push) {
    pushed.push_back(preprocessor_.getMacroInfo(identifier));
    read(*identifier, pushed.back());
  } else if (!pushed.empty()) {
    change(*identifier, pushed.pop_back_val());
  }
  return true;
}

void MacroWatcher::PragmaDirective(clang::SourceLocation at, clang::PragmaIntroducerKind) {
  const clang::SourceManager& sources = preprocessor_.getSourceManager();
  const llvm::StringRef text = pragma_text(sources, at);
  // A library's header takes back what it sets (visibility, packing) before it ends.
  if (sources.isInSystemHeader(at) && !changes_names(text)) return;
  if (!is_harmless(text) && !push_or_pop(text)) pragma(text);
}

}  // namespace corolint
