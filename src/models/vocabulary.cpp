#include "models/vocabulary.h"

#include <algorithm>
#include <array>

#include "llvm/ADT/SmallVector.h"

namespace corolint {

namespace {

// Where nothing else is asynchronous, these make nothing so: they matter where asynchronous code comes by.
bool needs_asynchronous_code(Role role) {
  constexpr std::array roles = {Role::block,  Role::sync_wait, Role::offload,      Role::deadline,
                                Role::cancel, Role::lock,      Role::cancel_aware, Role::as_value,
                                Role::now,    Role::ready,     Role::affine,       Role::detach_ok,
                                Role::cancel_source, Role::none};
  return std::ranges::find(roles, role) != roles.end();
}

}  // namespace

Vocabulary::Vocabulary(const std::vector<Library>& libraries) {
  // What makes a function a coroutine, and the attributes by which code tells corolint what it does.
  for (const char* word : {"co_await", "co_return", "co_yield", "annotate"})
    coroutine_words_.emplace_back(word, number_of(word));
  // What a type needs to be awaited or to be the type of a coroutine ([expr.await], [dcl.fct.def.coroutine]).
  for (const char* word :
       {"await_ready", "await_suspend", "await_transform", "promise_type", "coroutine_traits"})
    awaitable_words_.push_back(number_of(word));
  for (const Library& library : libraries)
    for (const Entry& entry : library.entries)
      if (!needs_asynchronous_code(entry.role)) add_entry(entry, library);
}

unsigned Vocabulary::number_of(llvm::StringRef word) {
  return numbers_.try_emplace(word, static_cast<unsigned>(numbers_.size())).first->second;
}

void Vocabulary::add_entry(const Entry& entry, const Library& library) {
  std::vector<std::string> shown = entry.match.names;
  if (std::ranges::find(shown, "*") != shown.end()) shown = library.roots;
  if (shown.empty()) shown = {library.id};  // any name, told by the types of the arguments
  const bool is_any = shown != entry.match.names;
  for (const std::string& one : shown) {
    Name name{one, {}, {}};
    llvm::SmallVector<llvm::StringRef, 8> words;
    llvm::StringRef(one).split(words, "::", -1, /*KeepEmpty=*/false);
    for (const llvm::StringRef word : words) name.words.push_back(number_of(word));
    const bool is_word = !words.empty() && !words.back().starts_with("operator");
    if (!is_word && !name.words.empty()) name.words.pop_back();
    const bool is_written = entry.match.kind == Kind::call || entry.match.kind == Kind::ctor;
    if (is_written && is_word && !is_any) name.called = name.words.back();
    names_.push_back(std::move(name));
  }
}

void Vocabulary::add(llvm::StringRef word, WordSet& words) const {
  const auto known = numbers_.find(word);
  if (known != numbers_.end()) words.set(known->second);
}

std::string Vocabulary::possible(const WordSet& own) const {
  for (const auto& [word, number] : coroutine_words_)
    if (own.test(number)) return word;
  return {};
}

std::string Vocabulary::possible(const WordSet& own, const WordSet& all) const {
  if (std::string word = possible(own); !word.empty()) return word;
  for (const unsigned word : awaitable_words_)
    if (all.test(word)) return "a type that can be awaited";
  for (const Name& name : names_) {
    const bool is_there = std::ranges::all_of(name.words, [&](unsigned word) { return all.test(word); });
    if (is_there && (!name.called || own.test(*name.called))) return name.shown;
  }
  return {};
}

}  // namespace corolint
