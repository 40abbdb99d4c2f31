#include "unit/prefix_watch.h"

#include <algorithm>

#include "clang/Lex/MacroInfo.h"

namespace corolint {

PrefixWatch& PrefixWatch::start(clang::Preprocessor& preprocessor, const PrefixIndex& index,
                                const Files& files) {
  auto owned = std::make_unique<PrefixWatch>(preprocessor, index, files);
  PrefixWatch& watch = *owned;
  preprocessor.setTokenWatcher([&watch](const clang::Token& token) { watch.token(token); });
  preprocessor.addPPCallbacks(std::move(owned));
  return watch;
}

PrefixWatch::PrefixWatch(clang::Preprocessor& preprocessor, const PrefixIndex& index, const Files& files)
    : preprocessor_(preprocessor),
      index_(index),
      files_(files),
      seen_(index.files.size()),
      unseen_(index.files.size()) {}

std::string PrefixWatch::failure() const {
  if (!failure_.empty()) return failure_;
  for (const std::uint32_t file : index_.top)
    if (seen_[file].isInvalid()) return "does not include " + index_.files[file].name;
  return unseen_ == 0 ? "" : "does not include all";
}

std::optional<std::uint32_t> PrefixWatch::file_at(clang::SourceLocation location) const {
  const clang::SourceManager& sources = preprocessor_.getSourceManager();
  const clang::FileID file = sources.getFileID(sources.getExpansionLoc(location));
  if (file.isInvalid()) return std::nullopt;  // __LINE__ is defined nowhere
  const auto [at, is_new] = numbers_.try_emplace(file);
  if (is_new)
    if (const auto entry = sources.getFileEntryRefForID(file))
      at->second = index_.number_of(entry->getName());
  return at->second;
}

bool PrefixWatch::comes_later(clang::SourceLocation place, clang::SourceLocation use) const {
  const auto file = file_at(place);
  if (!file) return false;
  return seen_[*file].isInvalid() ||
         preprocessor_.getSourceManager().isBeforeInTranslationUnit(use, seen_[*file]);
}

void PrefixWatch::FileChanged(clang::SourceLocation location, FileChangeReason,
                              clang::SrcMgr::CharacteristicKind, clang::FileID) {
  if (!is_over()) is_project_ = files_.is_project(preprocessor_.getSourceManager(), location);
}

void PrefixWatch::see(std::uint32_t file, clang::SourceLocation directive) {
  std::vector<std::uint32_t> open = {file};
  while (!open.empty()) {
    const std::uint32_t next = open.back();
    open.pop_back();
    if (seen_[next].isValid()) continue;
    seen_[next] = directive;
    --unseen_;
    open.insert(open.end(), index_.files[next].includes.begin(), index_.files[next].includes.end());
  }
  if (unseen_ == 0) last_include_ = directive;
}

void PrefixWatch::InclusionDirective(clang::SourceLocation hash, const clang::Token&, llvm::StringRef, bool,
                                     clang::CharSourceRange, clang::OptionalFileEntryRef file,
                                     llvm::StringRef, llvm::StringRef, const clang::Module*, bool,
                                     clang::SrcMgr::CharacteristicKind) {
  if (is_over() || !file) return;
  const auto number = index_.number_of(file->getName());
  if (!number || seen_[*number].isValid()) return;
  close_pragma();
  if (depth_ > 0) failure_ = "includes " + index_.files[*number].name + " inside of braces";
  see(*number, hash);
}

void PrefixWatch::write(const clang::IdentifierInfo& name) {
  if (is_watching() && index_.mentions(name.getName()))
    failure_ = "defines " + name.getName().str() + ", of which the prefix speaks";
}

// Has the unit included a header that gives the macro this definition? Several may give it the same.
bool PrefixWatch::is_there(const clang::IdentifierInfo& name, const clang::MacroInfo* definition) const {
  const auto file = definition ? file_at(definition->getDefinitionLoc()) : std::nullopt;
  if (!file || seen_[*file].isValid()) return true;
  const auto others = index_.definers.find(name.getName());
  return others != index_.definers.end() &&
         std::any_of(others->second.begin(), others->second.end(),
                     [&](std::uint32_t other) { return seen_[other].isValid(); });
}

void PrefixWatch::read(const clang::IdentifierInfo& name, const clang::MacroInfo* definition) {
  if (is_watching() && (index_.changing.contains(name.getName()) || !is_there(name, definition)))
    failure_ = "reads " + name.getName().str() + " before it includes what decides of it";
}

void PrefixWatch::MacroDefined(const clang::Token& name, const clang::MacroDirective*) {
  write(*name.getIdentifierInfo());
}
void PrefixWatch::MacroUndefined(const clang::Token& name, const clang::MacroDefinition&,
                                 const clang::MacroDirective*) {
  write(*name.getIdentifierInfo());
}
void PrefixWatch::MacroExpands(const clang::Token& name, const clang::MacroDefinition& definition,
                               clang::SourceRange, const clang::MacroArgs*) {
  read(*name.getIdentifierInfo(), definition.getMacroInfo());
}
void PrefixWatch::Defined(const clang::Token& name, const clang::MacroDefinition& definition,
                          clang::SourceRange) {
  read(*name.getIdentifierInfo(), definition.getMacroInfo());
}
void PrefixWatch::Ifdef(clang::SourceLocation, const clang::Token& name,
                        const clang::MacroDefinition& definition) {
  read(*name.getIdentifierInfo(), definition.getMacroInfo());
}
void PrefixWatch::Ifndef(clang::SourceLocation, const clang::Token& name,
                         const clang::MacroDefinition& definition) {
  read(*name.getIdentifierInfo(), definition.getMacroInfo());
}
void PrefixWatch::Elifdef(clang::SourceLocation, const clang::Token& name,
                          const clang::MacroDefinition& definition) {
  read(*name.getIdentifierInfo(), definition.getMacroInfo());
}
void PrefixWatch::Elifndef(clang::SourceLocation, const clang::Token& name,
                           const clang::MacroDefinition& definition) {
  read(*name.getIdentifierInfo(), definition.getMacroInfo());
}

// A pragma may change how what follows is laid out or named. What only concerns warnings, and the file
// itself, does not.
void PrefixWatch::PragmaDirective(clang::SourceLocation location, clang::PragmaIntroducerKind kind) {
  if (!is_watching()) return;
  close_pragma();
  const clang::SourceManager& sources = preprocessor_.getSourceManager();
  const char* text = sources.getCharacterData(sources.getExpansionLoc(location));
  const llvm::StringRef line = llvm::StringRef(text).take_until([](char c) { return c == '\n'; });
  const bool is_harmless =
      kind == clang::PIK_HashPragma && (line.contains("once") || line.contains("system_header"));
  is_pragma_open_ = !is_harmless;
}

void PrefixWatch::close_pragma() {
  if (is_pragma_open_ && failure_.empty()) failure_ = "has a pragma before it includes all";
}

void PrefixWatch::token(const clang::Token& token) {
  if (!is_watching()) return;
  if (token.is(clang::tok::l_brace)) ++depth_;
  if (token.is(clang::tok::r_brace) && depth_ > 0) --depth_;
  if (token.isAnnotation() || token.isLiteral() || !token.getIdentifierInfo()) return;
  const clang::IdentifierInfo& name = *token.getIdentifierInfo();
  if (index_.changing.contains(name.getName())) read(name, nullptr);
}

}  // namespace corolint
