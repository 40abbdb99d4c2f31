#pragma once

#include <optional>

#include "clang/Lex/PPCallbacks.h"
#include "clang/Lex/Preprocessor.h"
#include "llvm/ADT/DenseMap.h"
#include "unit/macro_trace.h"

namespace corolint {

// Does the pragma (its text without `#pragma`) change what names mean, of macros or of files?
bool changes_names(llvm::StringRef pragma);

// Tells of every time that preprocessing a file depends on a macro or changes one, and of every file that it
// enters or includes. Clang's callbacks, with the gaps closed: names in conditions that are no macros, and
// names in the bodies of macros.
class MacroWatcher : public clang::PPCallbacks {
 public:
  explicit MacroWatcher(clang::Preprocessor& preprocessor) : preprocessor_(preprocessor) {}

  // `definition` is null where the name is no macro.
  virtual void read(const clang::IdentifierInfo& name, const clang::MacroInfo* definition) = 0;
  virtual void change(const clang::IdentifierInfo& name, const clang::MacroInfo* definition) = 0;
  // A directive names the file; whether it is entered shows in what comes next.
  virtual void include(clang::FileEntryRef file, clang::SourceLocation at) = 0;
  virtual void enter(clang::FileEntryRef file, bool is_main) = 0;
  virtual void leave() = 0;
  // A pragma that may change how later code is understood.
  virtual void pragma(llvm::StringRef text) = 0;

  void MacroExpands(const clang::Token& name, const clang::MacroDefinition& definition, clang::SourceRange,
                    const clang::MacroArgs*) override;
  void MacroDefined(const clang::Token& name, const clang::MacroDirective* directive) override;
  void MacroUndefined(const clang::Token& name, const clang::MacroDefinition&,
                      const clang::MacroDirective*) override;
  void Defined(const clang::Token& name, const clang::MacroDefinition& definition,
               clang::SourceRange) override;
  void Ifdef(clang::SourceLocation, const clang::Token& name,
             const clang::MacroDefinition& definition) override;
  void Ifndef(clang::SourceLocation, const clang::Token& name,
              const clang::MacroDefinition& definition) override;
  using clang::PPCallbacks::Elifdef;
  void Elifdef(clang::SourceLocation, const clang::Token& name,
               const clang::MacroDefinition& definition) override;
  using clang::PPCallbacks::Elifndef;
  void Elifndef(clang::SourceLocation, const clang::Token& name,
                const clang::MacroDefinition& definition) override;
  void If(clang::SourceLocation, clang::SourceRange condition, ConditionValueKind) override;
  void Elif(clang::SourceLocation, clang::SourceRange condition, ConditionValueKind value,
            clang::SourceLocation) override;
  void InclusionDirective(clang::SourceLocation, const clang::Token&, llvm::StringRef, bool,
                          clang::CharSourceRange, clang::OptionalFileEntryRef file, llvm::StringRef,
                          llvm::StringRef, const clang::Module*, bool,
                          clang::SrcMgr::CharacteristicKind) override;
  void LexedFileChanged(clang::FileID file, LexedFileChangeReason reason, clang::SrcMgr::CharacteristicKind,
                        clang::FileID, clang::SourceLocation) override;
  void PragmaDirective(clang::SourceLocation at, clang::PragmaIntroducerKind) override;

 protected:
  clang::Preprocessor& preprocessor() const { return preprocessor_; }
  MacroTrace::Outcome outcome_of(const clang::MacroInfo* definition);

 private:
  void read_condition(clang::SourceRange condition);
  bool push_or_pop(llvm::StringRef pragma);

  clang::Preprocessor& preprocessor_;
  llvm::DenseMap<const clang::IdentifierInfo*, llvm::SmallVector<const clang::MacroInfo*, 2>> pushed_;
  llvm::DenseMap<const clang::MacroInfo*, MacroTrace::Outcome> outcomes_;
};

}  // namespace corolint
