#include "unit/trace_recorder.h"

#include <algorithm>

#include "clang/Lex/HeaderSearch.h"

namespace corolint {

TraceRecorder::TraceRecorder(clang::Preprocessor& preprocessor) : MacroWatcher(preprocessor) {
  trace_.files.push_back({});
  trace_.frames.push_back({});  // the prefix's own text, which is no file
  is_entered_.push_back(true);
  open_.emplace_back(0, Known{});
}

std::uint32_t TraceRecorder::number_of(const clang::IdentifierInfo& name) {
  const auto [at, is_new] = names_.try_emplace(&name, static_cast<std::uint32_t>(identifiers_.size()));
  if (is_new) {
    identifiers_.push_back(&name);
    is_macro_.push_back(false);
    trace_.macros.push_back({name.getName().str(), 0, 0});
  }
  return at->second;
}

std::uint32_t TraceRecorder::number_of(clang::FileEntryRef file) {
  const auto number = static_cast<std::uint32_t>(trace_.files.size());
  const auto [at, is_new] = file_numbers_.try_emplace(&file.getFileEntry(), number);
  if (is_new) {
    files_.push_back(file);
    trace_.files.push_back({file.getName().str(), false, 0});
    is_entered_.push_back(false);
  }
  return at->second;
}

void TraceRecorder::text(const clang::Token& token) {
  if (token.isNot(clang::tok::eof)) frame().has_text = true;
  const clang::IdentifierInfo* name = token.isAnnotation() ? nullptr : token.getIdentifierInfo();
  if (name) read(*name, name->hasMacroDefinition() ? preprocessor().getMacroInfo(name) : nullptr);
}

void TraceRecorder::read(const clang::IdentifierInfo& name, const clang::MacroInfo* definition) {
  const MacroTrace::Outcome outcome = outcome_of(definition);
  const auto [at, is_new] = open_.back().second.try_emplace(&name, outcome);
  if (!is_new && at->second == outcome) return;
  at->second = outcome;
  const std::uint32_t number = number_of(name);
  if (definition && definition->isBuiltinMacro()) trace_.macros[number].first = outcome;  // nobody defines it
  frame().events.push_back({Kind::read, number, outcome});
}

void TraceRecorder::change(const clang::IdentifierInfo& name, const clang::MacroInfo* definition) {
  const std::uint32_t number = number_of(name);
  const MacroTrace::Outcome outcome = outcome_of(definition);
  is_macro_[number] = true;
  if (open_.size() == 1) {  // what the command or the compiler defines
    trace_.macros[number].first = outcome;
    return;
  }
  open_.back().second[&name] = outcome;
  frame().events.push_back({Kind::change, number, outcome});
}

// Until a frame is known, the event names the file; `enter` and `finish` turn it into a frame.
void TraceRecorder::include(clang::FileEntryRef file, clang::SourceLocation) {
  frame().events.push_back({Kind::include, number_of(file), 0});
  open_.back().second.clear();
}

void TraceRecorder::enter(clang::FileEntryRef file, bool) {
  const std::uint32_t number = number_of(file);
  const auto opened = static_cast<std::uint32_t>(trace_.frames.size());
  auto& events = frame().events;
  if (events.empty() || events.back().kind != Kind::include || events.back().what != number)
    trace_.unusable = "a file is entered without a directive";
  else
    events.back() = {Kind::include, opened, 1};
  if (!is_entered_[number]) trace_.files[number].frame = opened;
  is_entered_[number] = true;
  trace_.frames.push_back({number, false, {}});
  open_.emplace_back(opened, Known{});
}

void TraceRecorder::leave() {
  open_.pop_back();
}

void TraceRecorder::pragma(llvm::StringRef text) {
  if (changes_names(text)) trace_.unusable = "a header changes macros with a pragma";
}

void TraceRecorder::name_first_frames() {
  for (MacroTrace::Frame& frame : trace_.frames) {
    for (MacroTrace::Event& event : frame.events) {
      if (event.kind != Kind::include) continue;
      if (event.outcome == 0) event.what = trace_.files[event.what].frame;
      event.outcome = 0;
    }
    // A file that is known but was never entered has nothing to play.
    std::erase_if(frame.events, [](const MacroTrace::Event& event) {
      return event.kind == Kind::include && event.what == 0;
    });
  }
}

// Most names are never macros: that a unit defines none of them is asked of all files at once.
void TraceRecorder::drop_names_that_are_no_macros() {
  std::vector<std::uint32_t> kept(trace_.macros.size());
  std::vector<MacroTrace::Macro> macros;
  for (std::size_t i = 0; i < trace_.macros.size(); ++i) {
    if (is_macro_[i]) {
      kept[i] = static_cast<std::uint32_t>(macros.size());
      macros.push_back(std::move(trace_.macros[i]));
    } else {
      trace_.words.push_back(word_digest(trace_.macros[i].name));
    }
  }
  std::sort(trace_.words.begin(), trace_.words.end());
  trace_.macros = std::move(macros);
  for (MacroTrace::Frame& frame : trace_.frames) {
    std::erase_if(frame.events, [&](const MacroTrace::Event& event) {
      return event.kind != Kind::include && !is_macro_[event.what];
    });
    for (MacroTrace::Event& event : frame.events)
      if (event.kind != Kind::include) event.what = kept[event.what];
  }
}

MacroTrace TraceRecorder::finish() {
  for (std::size_t i = 0; i < identifiers_.size(); ++i) {
    const clang::MacroInfo* macro =
        identifiers_[i]->hasMacroDefinition() ? preprocessor().getMacroInfo(identifiers_[i]) : nullptr;
    if (macro) is_macro_[i] = true;
    trace_.macros[i].last = outcome_of(macro);
  }
  const clang::HeaderSearch& search = preprocessor().getHeaderSearchInfo();
  for (std::size_t i = 0; i < files_.size(); ++i)
    trace_.files[i + 1].is_guarded = search.isFileMultipleIncludeGuarded(files_[i]);
  name_first_frames();
  drop_names_that_are_no_macros();
  return std::move(trace_);
}

}  // namespace corolint
