#include "unit/trace_player.h"

#include <algorithm>

namespace corolint {

namespace {

// How many files are played for a unit before it is parsed as it stands.
constexpr std::size_t most_tries = 200'000;

// The C and C++ libraries and the compiler's headers count as one: they are made for one another.
bool is_of_system(llvm::StringRef path) {
  if (path.contains("/c++/") || path.contains("/clang/")) return true;
  const std::size_t at = path.rfind("/include/");
  if (at == llvm::StringRef::npos) return false;
  const llvm::StringRef folder = path.substr(at + 9).split('/').first;
  for (const llvm::StringRef known :
       {"bits", "sys", "asm", "asm-generic", "linux", "gnu", "net", "netinet", "arpa"})
    if (folder == known) return true;
  return folder.ends_with(".h") || folder.contains("-linux-");
}

// Returns what names the library of a header: the folder in its include folder, or the folder it lies in.
std::string library_of(llvm::StringRef path) {
  if (is_of_system(path)) return "system";
  const std::size_t at = path.rfind("/include/");
  if (at == llvm::StringRef::npos) return path.rsplit('/').first.str();
  const auto [folder, rest] = path.substr(at + 9).split('/');
  return rest.empty() ? path.str() : path.take_front(at + 9).str() + folder.str();
}

}  // namespace

TraceIndex::TraceIndex(MacroTrace trace) : trace_(std::move(trace)) {
  for (std::uint32_t i = 0; i < trace_.macros.size(); ++i) macros_[trace_.macros[i].name] = i;
  for (std::uint32_t i = 1; i < trace_.files.size(); ++i) {
    const MacroTrace::File& file = trace_.files[i];
    files_[file.path] = i;
    libraries_.insert(library_of(file.path));
  }
  group_frames();
  find_homes();
}

// The home of a macro is the one library whose headers define it and take it away.
void TraceIndex::find_homes() {
  homes_.resize(trace_.macros.size());
  std::vector<bool> has_two(trace_.macros.size(), false);
  for (const MacroTrace::Frame& frame : trace_.frames) {
    const std::string library = library_of(trace_.files[frame.file].path);
    for (const MacroTrace::Event& event : frame.events) {
      if (event.kind != MacroTrace::Event::Kind::change) continue;
      if (!homes_[event.what].empty() && homes_[event.what] != library) has_two[event.what] = true;
      homes_[event.what] = library;
    }
  }
  for (std::size_t i = 0; i < homes_.size(); ++i)
    if (has_two[i] || trace_.macros[i].first != 0) homes_[i].clear();
}

void TraceIndex::group_frames() {
  frames_.resize(trace_.files.size());
  like_.resize(trace_.frames.size());
  times_.resize(trace_.frames.size());
  may_repeat_.resize(trace_.files.size(), false);
  for (std::uint32_t i = 0; i < trace_.frames.size(); ++i) {
    auto& frames = frames_[trace_.frames[i].file];
    const auto same = std::find_if(frames.begin(), frames.end(), [&](std::uint32_t other) {
      return trace_.frames[other] == trace_.frames[i];
    });
    like_[i] = same == frames.end() ? i : *same;
    if (same == frames.end()) frames.push_back(i);
    ++times_[like_[i]];
  }
  std::vector<std::uint32_t> texts(trace_.files.size());
  for (const MacroTrace::Frame& frame : trace_.frames)
    if (frame.has_text && ++texts[frame.file] > 1) may_repeat_[frame.file] = true;
}

std::optional<std::uint32_t> TraceIndex::macro(llvm::StringRef name) const {
  const auto found = macros_.find(name);
  return found == macros_.end() ? std::nullopt : std::optional(found->second);
}

std::optional<std::uint32_t> TraceIndex::file(llvm::StringRef path) const {
  const auto found = files_.find(path);
  return found == files_.end() ? std::nullopt : std::optional(found->second);
}

bool TraceIndex::is_at_home(std::uint32_t macro, llvm::StringRef path) const {
  if (homes_[macro].empty()) return false;
  const std::string reader = library_of(path);
  // Every library has to live with whichever of the system's headers came before it.
  return homes_[macro] == reader || (homes_[macro] == "system" && (file(path) || reader == "system"));
}

bool TraceIndex::has_library(llvm::StringRef path) const {
  return libraries_.contains(library_of(path));
}

bool TraceIndex::is_word(llvm::StringRef name) const {
  return std::binary_search(trace_.words.begin(), trace_.words.end(), word_digest(name));
}

TracePlayer::TracePlayer(clang::Preprocessor& preprocessor, const TraceIndex& index, std::string& failure)
    : MacroWatcher(preprocessor),
      index_(index),
      failure_(failure),
      is_own_(index.trace().macros.size(), false),
      is_entered_(index.trace().files.size(), false),
      plays_(index.trace().frames.size()),
      entered_at_(index.trace().files.size()) {
  for (const MacroTrace::Macro& macro : index.trace().macros) macros_.push_back(macro.first);
}

void TracePlayer::fail(const std::string& why) {
  if (failure_.empty()) failure_ = why;
}

// What the preprocessor, which has the whole prefix behind it, sees.
MacroTrace::Outcome TracePlayer::real_outcome(std::uint32_t macro, const clang::MacroInfo* definition) {
  if (!definition) return 0;
  const bool is_of_prefix =
      definition->getDefinitionLoc().isInvalid() ||
      preprocessor().getSourceManager().isLoadedSourceLocation(definition->getDefinitionLoc());
  return is_of_prefix ? index_.trace().macros[macro].last : outcome_of(definition);
}

void TracePlayer::read(const clang::IdentifierInfo& name, const clang::MacroInfo* definition) {
  if (again_ > 0) return;  // what it depends on has been played
  const auto macro = index_.macro(name.getName());
  if (!macro || macros_[*macro] == real_outcome(*macro, definition)) return;
  if (!may_differ(*macro, open_files_.empty() ? "" : open_files_.back()))
    fail("reads " + name.getName().str() + " before the header that decides it" +
         (mismatch_.empty() ? "" : ", or " + mismatch_));
}

bool TracePlayer::is_in_file(const clang::MacroInfo* definition) const {
  const clang::SourceManager& sources = preprocessor().getSourceManager();
  return !definition ||
         sources.getFileEntryRefForID(sources.getFileID(definition->getDefinitionLoc())).has_value();
}

void TracePlayer::change(const clang::IdentifierInfo& name, const clang::MacroInfo* definition) {
  if (!is_in_main_ || !is_in_file(definition)) return;  // what the command defines is in the prefix as well
  const auto macro = index_.macro(name.getName());
  if (again_ > 0) {
    changed_again_.insert(&name);
  } else if (macro) {
    macros_[*macro] = outcome_of(definition);
    is_own_[*macro] = !index_.is_at_home(*macro, open_files_.empty() ? "" : open_files_.back());
  } else if (index_.is_word(name.getName()) &&
             !index_.has_library(open_files_.empty() ? "" : open_files_.back())) {
    obstacle_ = "defines " + name.getName().str() + ", which a later header uses";
  }
}

void TracePlayer::include(clang::FileEntryRef file, clang::SourceLocation at) {
  is_again_next_ = false;
  if (again_ > 0) return;
  const auto number = index_.file(file.getName());
  if (!number || index_.trace().files[*number].frame == 0) return;
  const bool is_guarded = index_.trace().files[*number].is_guarded;
  if (is_guarded && is_entered_[*number]) return;
  last_include_ = preprocessor().getSourceManager().getExpansionLoc(at);
  changed_.clear();
  mismatch_.clear();
  const bool is_played = enter_file(*number, index_.trace().files[*number].frame);
  if (is_played && !obstacle_.empty()) return fail(obstacle_);
  if (!is_played && is_guarded)
    return fail(mismatch_.empty() ? "includes headers in too tangled an order" : mismatch_);
  is_again_next_ = is_played;  // else the preprocessor enters it as any other file
  if (is_played) check_what_was_changed();
}

// A library's headers may read in any order what only they define: it is made for that.
bool TracePlayer::may_differ(std::uint32_t macro, llvm::StringRef reader) const {
  return !is_own_[macro] && index_.is_at_home(macro, reader);
}

// Plays the file as it would be now: as it was, if it was entered only once, else as it was at one of the
// times.
bool TracePlayer::enter_file(std::uint32_t file, std::uint32_t likely_frame) {
  const MacroTrace::File& known = index_.trace().files[file];
  if (known.is_guarded && is_entered_[file] && likely_frame == known.frame) return true;
  const std::size_t mark = changed_.size();
  const std::uint32_t likely = index_.like(likely_frame);
  if (index_.frames_of(file).size() == 1) return play(likely, false);
  if (play(likely, true)) return true;
  undo_to(mark);
  for (const std::uint32_t frame : index_.frames_of(file)) {
    if (frame == likely) continue;
    if (play(frame, true)) return true;
    undo_to(mark);
  }
  if (play(likely, false)) return true;
  undo_to(mark);
  return false;
}

bool TracePlayer::play(std::uint32_t number, bool is_strict) {
  const MacroTrace& trace = index_.trace();
  const MacroTrace::Frame& frame = trace.frames[number];
  const auto macros = static_cast<std::uint32_t>(macros_.size());
  const auto files = static_cast<std::uint32_t>(trace.files.size());
  if (++tries_ > most_tries) return false;
  if (!is_entered_[frame.file]) {
    is_entered_[frame.file] = true;
    entered_at_[frame.file] = last_include_;
    changed_.emplace_back(macros + frame.file, 0);
  }
  ++plays_[number];
  changed_.emplace_back(macros + files + number, 0);
  for (const MacroTrace::Event& event : frame.events) {
    using Kind = MacroTrace::Event::Kind;
    if (event.kind == Kind::read && macros_[event.what] != event.outcome &&
        (is_strict || !may_differ(event.what, trace.files[frame.file].path))) {
      if (!is_strict && mismatch_.empty())
        mismatch_ = "includes headers in an order in which " + trace.macros[event.what].name +
                    " differs for " + trace.files[frame.file].path;
      return false;
    }
    if (event.kind == Kind::change) set(event.what, event.outcome);
    if (event.kind == Kind::include && !enter_file(trace.frames[event.what].file, event.what)) return false;
  }
  return true;
}

void TracePlayer::set(std::uint32_t macro, MacroTrace::Outcome outcome) {
  changed_.emplace_back(macro, macros_[macro]);
  macros_[macro] = outcome;
}

void TracePlayer::undo_to(std::size_t mark) {
  const std::size_t macros = macros_.size(), files = index_.trace().files.size();
  for (; changed_.size() > mark; changed_.pop_back()) {
    const auto [what, before] = changed_.back();
    if (what < macros)
      macros_[what] = before;
    else if (what < macros + files)
      is_entered_[what - macros] = false;
    else
      --plays_[what - macros - files];
  }
}

// A macro that would be there now, but that a later header of the prefix takes away, would not be seen.
void TracePlayer::check_what_was_changed() {
  for (const auto& [macro, before] : changed_)
    if (macro < macros_.size() && macros_[macro] != 0 && macros_[macro] != index_.trace().macros[macro].last)
      return fail("comes between headers that define and change " + index_.trace().macros[macro].name);
}

bool TracePlayer::comes_later(clang::SourceLocation declaration, clang::SourceLocation place) const {
  const clang::SourceManager& sources = preprocessor().getSourceManager();
  const clang::FileID file = sources.getFileID(sources.getExpansionLoc(declaration));
  if (!sources.isLoadedFileID(file)) return false;
  const auto [at, is_new] = numbers_.try_emplace(file, 0);
  if (is_new)
    if (const auto entry = sources.getFileEntryRefForID(file))
      at->second = index_.file(entry->getName()).value_or(0);
  const clang::SourceLocation entered = entered_at_[at->second];
  return entered.isValid() && sources.isBeforeInTranslationUnit(place, entered);
}

void TracePlayer::enter(clang::FileEntryRef file, bool is_main) {
  is_in_main_ |= is_main;
  open_files_.push_back(file.getName().str());
  own_files_[&file.getFileEntry()] = true;
  if (again_ > 0 || is_again_next_) ++again_;
  is_again_next_ = false;
}

void TracePlayer::leave() {
  if (!open_files_.empty()) open_files_.pop_back();
  if (again_ == 0 || --again_ > 0) return;
  for (const clang::IdentifierInfo* name : changed_again_)
    if (const auto macro = index_.macro(name->getName());
        macro && macros_[*macro] != real_outcome(*macro, preprocessor().getMacroInfo(name)))
      fail("enters a header again that changes " + name->getName().str());
  changed_again_.clear();
}

void TracePlayer::text(const clang::Token& token) {
  if (again_ == 0 || token.is(clang::tok::eof)) return;
  const auto file = index_.file(open_files_.back());
  if (!file || !index_.may_repeat(*file))
    fail("enters " + open_files_.back() + " again, which gives something anew");
}

void TracePlayer::pragma(llvm::StringRef text) {
  obstacle_ = "has '#pragma " + text.take_front(20).str() + "' before a header";
}

void TracePlayer::FileSkipped(const clang::FileEntryRef& file, const clang::Token&,
                              clang::SrcMgr::CharacteristicKind) {
  if (!index_.file(file.getName()) && !own_files_.contains(&file.getFileEntry()))
    fail("names " + file.getName().str() + " by another path");
}

void TracePlayer::EndOfMainFile() {
  const MacroTrace& trace = index_.trace();
  for (std::size_t i = 1; i < trace.files.size(); ++i)
    if (trace.files[i].frame != 0 && !is_entered_[i]) return fail("does not include " + trace.files[i].path);
  for (std::uint32_t i = 1; i < trace.frames.size(); ++i)
    if (trace.frames[i].has_text && index_.like(i) == i && index_.times(i) != plays_[i] &&
        !index_.may_repeat(trace.frames[i].file))
      return fail("includes " + trace.files[trace.frames[i].file].path + " another number of times");
}

}  // namespace corolint
