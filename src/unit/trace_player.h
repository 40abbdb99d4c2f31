#pragma once

#include "llvm/ADT/DenseSet.h"
#include "llvm/ADT/StringMap.h"
#include "llvm/ADT/StringSet.h"
#include "unit/macro_watcher.h"

namespace corolint {

// A trace ready to be looked up in: made once for all units that use the prefix.
class TraceIndex {
 public:
  explicit TraceIndex(MacroTrace trace);

  const MacroTrace& trace() const { return trace_; }
  // Returns the number of the macro or file, or nothing.
  std::optional<std::uint32_t> macro(llvm::StringRef name) const;
  std::optional<std::uint32_t> file(llvm::StringRef path) const;
  // Is the name used in the headers, but never a macro there?
  bool is_word(llvm::StringRef name) const;
  // Does only the library of the file at `path` define the macro, and nothing before the first header?
  bool is_at_home(std::uint32_t macro, llvm::StringRef path) const;
  // Is the file at `path` of a library that has headers in the prefix?
  bool has_library(llvm::StringRef path) const;
  // Returns the frames of the file, without those that are like an earlier one; and for a frame that one.
  const std::vector<std::uint32_t>& frames_of(std::uint32_t file) const { return frames_[file]; }
  std::uint32_t like(std::uint32_t frame) const { return like_[frame]; }
  // Returns how often the prefix entered the file like that.
  std::uint32_t times(std::uint32_t frame) const { return times_[frame]; }
  // Did the file give text more than once? Then once more does no harm: it declares things again.
  bool may_repeat(std::uint32_t file) const { return may_repeat_[file]; }

 private:
  void group_frames();
  void find_homes();

  MacroTrace trace_;
  llvm::StringMap<std::uint32_t> macros_, files_;
  llvm::StringSet<> libraries_;
  std::vector<std::vector<std::uint32_t>> frames_;  // by file
  std::vector<std::uint32_t> like_, times_;         // by frame
  std::vector<bool> may_repeat_;                    // by file
  std::vector<std::string> homes_;                  // by macro; empty: it has several
};

// Watches the preprocessor over a unit that uses a prefix, and keeps what would be so without it: which of
// the prefix's files would have been entered by now, and what its macros would be. `failure` says when the
// two differ; then the unit is to be parsed without the prefix.
class TracePlayer : public MacroWatcher {
 public:
  TracePlayer(clang::Preprocessor& preprocessor, const TraceIndex& index, std::string& failure);

  void read(const clang::IdentifierInfo& name, const clang::MacroInfo* definition) override;
  void change(const clang::IdentifierInfo& name, const clang::MacroInfo* definition) override;
  void include(clang::FileEntryRef file, clang::SourceLocation at) override;
  void enter(clang::FileEntryRef file, bool is_main) override;
  void leave() override;
  void pragma(llvm::StringRef text) override;
  void FileSkipped(const clang::FileEntryRef& file, const clang::Token&,
                   clang::SrcMgr::CharacteristicKind) override;
  void EndOfMainFile() override;
  // To be told of every token.
  void text(const clang::Token& token);

  // Returns where the unit includes the last header of the prefix.
  clang::SourceLocation last_include() const { return last_include_; }
  // Does the declaration stand in a file of the prefix that the unit includes only behind the place?
  bool comes_later(clang::SourceLocation declaration, clang::SourceLocation place) const;

 private:
  void fail(const std::string& why);
  MacroTrace::Outcome real_outcome(std::uint32_t macro, const clang::MacroInfo* definition);
  bool enter_file(std::uint32_t file, std::uint32_t likely_frame);
  bool play(std::uint32_t frame, bool is_strict);
  bool may_differ(std::uint32_t macro, llvm::StringRef reader) const;
  bool is_in_file(const clang::MacroInfo* definition) const;
  void set(std::uint32_t macro, MacroTrace::Outcome outcome);
  void undo_to(std::size_t mark);
  void check_what_was_changed();

  const TraceIndex& index_;
  std::string& failure_;
  std::vector<MacroTrace::Outcome> macros_;  // what they would be without the prefix
  std::vector<bool> is_own_;                 // macros that the unit itself defined or took away
  std::vector<bool> is_entered_;             // files
  std::vector<std::string> open_files_;      // that the preprocessor is in, the innermost last
  std::vector<std::uint32_t> plays_;         // of frames, those that are alike together
  // What is being played has changed: macros with what they were, and, behind the macros, files and frames.
  std::vector<std::pair<std::uint32_t, MacroTrace::Outcome>> changed_;
  std::string mismatch_;  // the first read of what is being played that has another outcome
  // The preprocessor enters a file again that has been played: it must give nothing that is not there.
  unsigned again_ = 0;
  bool is_again_next_ = false;
  llvm::DenseSet<const clang::IdentifierInfo*> changed_again_;
  llvm::DenseMap<const clang::FileEntry*, bool> own_files_;  // entered by the unit itself
  std::vector<clang::SourceLocation> entered_at_;            // files: the unit's directive that did
  clang::SourceLocation last_include_;
  mutable llvm::DenseMap<clang::FileID, std::uint32_t> numbers_;  // of the prefix's files; 0: none
  std::string obstacle_;  // what the unit said that later headers of the prefix would have seen
  std::size_t tries_ = 0;
  bool is_in_main_ = false;
};

}  // namespace corolint
