#pragma once

#include <set>

#include "clang/Lex/PPCallbacks.h"
#include "clang/Lex/Preprocessor.h"
#include "unit/files.h"
#include "unit/prefix.h"

namespace corolint {

// Watches the preprocessor while a prefix is made, and tells in the end what there is to know of it.
class PrefixRecorder : public clang::PPCallbacks {
 public:
  // `base` is the prefix from which the new one goes on, or null.
  PrefixRecorder(clang::Preprocessor& preprocessor, const Files& files, const Prefix* base);

  void InclusionDirective(clang::SourceLocation hash, const clang::Token&, llvm::StringRef, bool,
                          clang::CharSourceRange, clang::OptionalFileEntryRef file, llvm::StringRef,
                          llvm::StringRef, const clang::Module*, bool,
                          clang::SrcMgr::CharacteristicKind) override;
  void FileChanged(clang::SourceLocation location, FileChangeReason reason, clang::SrcMgr::CharacteristicKind,
                   clang::FileID) override;
  void MacroDefined(const clang::Token& name, const clang::MacroDirective* directive) override;
  void MacroUndefined(const clang::Token& name, const clang::MacroDefinition& definition,
                      const clang::MacroDirective*) override;

  // To be called once, when all is read.
  PrefixIndex finish();

 private:
  void go_on_from(const Prefix& base);
  std::uint32_t number_of(clang::FileEntryRef file);
  void add_definers(llvm::StringRef name, llvm::ArrayRef<const clang::MacroInfo*> definitions);

  clang::Preprocessor& preprocessor_;
  const Files& files_;
  PrefixIndex index_;
  std::vector<std::set<std::uint32_t>> includes_;  // by file
  std::set<std::uint32_t> top_;
  llvm::DenseMap<const clang::FileEntry*, std::uint32_t> first_names_;  // of each file
  llvm::DenseMap<const clang::IdentifierInfo*, std::vector<const clang::MacroInfo*>> definitions_;
  std::set<const clang::IdentifierInfo*> redefined_, undefined_;
};

}  // namespace corolint
