#pragma once

#include <map>

#include "llvm/ADT/DenseSet.h"
#include "unit/macro_watcher.h"

namespace corolint {

// Makes the trace of a prefix while the preprocessor runs over it. `text` is to be told of every token.
class TraceRecorder : public MacroWatcher {
 public:
  explicit TraceRecorder(clang::Preprocessor& preprocessor);

  void text(const clang::Token& token);
  // Returns the trace; called once, at the end of the prefix.
  MacroTrace finish();

  void read(const clang::IdentifierInfo& name, const clang::MacroInfo* definition) override;
  void change(const clang::IdentifierInfo& name, const clang::MacroInfo* definition) override;
  void include(clang::FileEntryRef file, clang::SourceLocation at) override;
  void enter(clang::FileEntryRef file, bool is_main) override;
  void leave() override;
  void pragma(llvm::StringRef text) override;

 private:
  using Kind = MacroTrace::Event::Kind;
  // What the file that is being read has read since its last include: a second time tells nothing new.
  using Known = llvm::DenseMap<const clang::IdentifierInfo*, MacroTrace::Outcome>;

  MacroTrace::Frame& frame() { return trace_.frames[open_.back().first]; }
  std::uint32_t number_of(const clang::IdentifierInfo& name);
  std::uint32_t number_of(clang::FileEntryRef file);
  void name_first_frames();
  void drop_names_that_are_no_macros();

  MacroTrace trace_;
  std::vector<std::pair<std::uint32_t, Known>> open_;  // frames, the innermost last
  llvm::DenseMap<const clang::IdentifierInfo*, std::uint32_t> names_;
  std::vector<const clang::IdentifierInfo*> identifiers_;  // by number
  std::map<const clang::FileEntry*, std::uint32_t> file_numbers_;
  std::vector<clang::FileEntryRef> files_;
  std::vector<bool> is_entered_;
  std::vector<bool> is_macro_;  // by name: at any time
};

}  // namespace corolint
