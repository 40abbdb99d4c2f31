#pragma once

// Watches a unit that is parsed with a prefix and says why the unit would differ without, if it would: a
// header of the prefix is not included, or inside of braces; or code of the project defines a macro that the
// prefix's text mentions, or reads one of the prefix's, before the unit includes the header. That foreign
// headers do not mind in which order they are included is trusted: their authors say so.

#include <string>

#include "clang/Lex/PPCallbacks.h"
#include "clang/Lex/Preprocessor.h"
#include "llvm/ADT/DenseMap.h"
#include "unit/files.h"
#include "unit/prefix_index.h"

namespace corolint {

class PrefixWatch : public clang::PPCallbacks {
 public:
  // What the preprocessor owns shows itself here.
  static PrefixWatch& start(clang::Preprocessor& preprocessor, const PrefixIndex& index, const Files& files);

  PrefixWatch(clang::Preprocessor& preprocessor, const PrefixIndex& index, const Files& files);

  // Why the unit cannot use the prefix; empty if it can. To be asked when all is read.
  std::string failure() const;

  // Where the unit has included all headers of the prefix; from there on it makes no difference.
  clang::SourceLocation last_include() const { return last_include_; }
  // Does the unit include the prefix's file at `place` only after `use`?
  bool comes_later(clang::SourceLocation place, clang::SourceLocation use) const;

  void FileChanged(clang::SourceLocation location, FileChangeReason, clang::SrcMgr::CharacteristicKind,
                   clang::FileID) override;
  void InclusionDirective(clang::SourceLocation hash, const clang::Token&, llvm::StringRef, bool,
                          clang::CharSourceRange, clang::OptionalFileEntryRef file, llvm::StringRef,
                          llvm::StringRef, const clang::Module*, bool,
                          clang::SrcMgr::CharacteristicKind) override;
  void MacroDefined(const clang::Token& name, const clang::MacroDirective*) override;
  void MacroUndefined(const clang::Token& name, const clang::MacroDefinition&,
                      const clang::MacroDirective*) override;
  void MacroExpands(const clang::Token& name, const clang::MacroDefinition& definition, clang::SourceRange,
                    const clang::MacroArgs*) override;
  void Defined(const clang::Token& name, const clang::MacroDefinition& definition,
               clang::SourceRange) override;
  void Ifdef(clang::SourceLocation, const clang::Token& name,
             const clang::MacroDefinition& definition) override;
  void Ifndef(clang::SourceLocation, const clang::Token& name,
              const clang::MacroDefinition& definition) override;
  void Elifdef(clang::SourceLocation, const clang::Token& name,
               const clang::MacroDefinition& definition) override;
  void Elifndef(clang::SourceLocation, const clang::Token& name,
                const clang::MacroDefinition& definition) override;
  using PPCallbacks::Elifdef;
  using PPCallbacks::Elifndef;
  void PragmaDirective(clang::SourceLocation location, clang::PragmaIntroducerKind) override;
  void PragmaDiagnosticPush(clang::SourceLocation, llvm::StringRef) override { is_pragma_open_ = false; }
  void PragmaDiagnosticPop(clang::SourceLocation, llvm::StringRef) override { is_pragma_open_ = false; }
  void PragmaDiagnostic(clang::SourceLocation, llvm::StringRef, clang::diag::Severity,
                        llvm::StringRef) override {
    is_pragma_open_ = false;
  }
  void token(const clang::Token& token);

 private:
  bool is_over() const { return unseen_ == 0 || !failure_.empty(); }
  bool is_watching() const { return !is_over() && is_project_; }
  std::optional<std::uint32_t> file_at(clang::SourceLocation location) const;
  void see(std::uint32_t file, clang::SourceLocation directive);
  void write(const clang::IdentifierInfo& name);
  void read(const clang::IdentifierInfo& name, const clang::MacroInfo* definition);
  bool is_there(const clang::IdentifierInfo& name, const clang::MacroInfo* definition) const;
  void close_pragma();

  clang::Preprocessor& preprocessor_;
  const PrefixIndex& index_;
  const Files& files_;
  std::vector<clang::SourceLocation> seen_;  // by file: the directive that brought it; invalid if none did
  std::size_t unseen_;                       // files
  clang::SourceLocation last_include_;
  mutable llvm::DenseMap<clang::FileID, std::optional<std::uint32_t>> numbers_;
  std::size_t depth_ = 0;        // of open braces
  bool is_project_ = false;      // what is read now
  bool is_pragma_open_ = false;  // one of which nothing is known yet
  std::string failure_;
};

}  // namespace corolint
