#include "engine/unit_words.h"

#include <algorithm>
#include <set>

#include "engine/suppression.h"
#include "rule/rule.h"
#include "unit/invocation.h"

namespace corolint {

namespace {

bool is_our_rule(llvm::StringRef name) {
  return name.find_first_not_of('*') != llvm::StringRef::npos &&
         std::ranges::any_of(all_rules(),
                             [&](const RuleEntry& rule) { return means_rule(name.str(), rule.name); });
}

// Does a comment name a rule of ours? Whether it is of use is found out where it is parsed.
bool may_silence(llvm::StringRef text) {
  if (text.contains("corolint:")) return true;
  for (std::size_t at = 0; (at = text.find("NOLINT", at)) != llvm::StringRef::npos; ++at) {
    llvm::StringRef rest = text.drop_front(at);
    rest = rest.drop_while([](char c) { return c >= 'A' && c <= 'Z'; });
    if (!rest.consume_front("(")) continue;
    llvm::SmallVector<llvm::StringRef, 4> names;
    rest.take_until([](char c) { return c == ')'; }).split(names, ',');
    if (llvm::any_of(names, [](llvm::StringRef name) { return is_our_rule(name.trim()); })) return true;
  }
  return false;
}

}  // namespace

struct UnitWordScan::Text {
  std::vector<IncludeDirective> includes;
  WordSet words;
  std::optional<SourceWords> own;
  std::string reason;  // why a unit of the project that includes it is to be parsed
};

struct UnitWordScan::Search {
  std::unique_ptr<IncludeSearch> search;
  std::map<std::string, std::vector<IncludeSearch::Found>> includes;  // by path of the includer
};

// What is met on the way through a unit's files.
struct UnitWordScan::Visit {
  UnitWords unit;
  WordSet own, all;
  std::set<std::string> seen;
};

UnitWordScan::UnitWordScan(const ParseSettings& settings, const Vocabulary& vocabulary, FileLog& log)
    : settings_(settings), vocabulary_(vocabulary), log_(log) {}
UnitWordScan::~UnitWordScan() = default;

const SourceWords& UnitWordScan::words_of_file(const std::string& path) const {
  return *texts_.at(path)->own;
}

UnitWordScan::Search* UnitWordScan::search_for(const CompileCommand& command, const std::string& flags) {
  const auto [at, is_new] = searches_.try_emplace(flags);
  if (!is_new) return at->second.get();
  auto search = IncludeSearch::of(command, settings_, 
                                   recording(file_system_in(command.directory, settings_), log_));
  if (search) at->second = std::make_unique<Search>(std::move(search));
  return at->second.get();
}

UnitWordScan::Text& UnitWordScan::text_of(Search& search, const std::string& path, bool is_own) {
  auto& text = texts_[path];
  if (text && (text->own || !is_own)) return *text;
  text = std::make_unique<Text>();
  text->words = vocabulary_.none();
  if (is_own) text->own.emplace();
  const auto bytes = search.search->text_of(path);
  bool has_modules = false;
  auto includes = bytes ? includes_in(*bytes, has_modules) : std::nullopt;
  if (!includes) {
    text->reason = "a file that cannot be scanned";
    return *text;
  }
  text->includes = std::move(*includes);
  if (has_modules) text->reason = "modules";
  if (!is_own) {
    each_word(*bytes, [&](llvm::StringRef word) { vocabulary_.add(word, text->words); });
    return *text;
  }
  text->own = words_of(*bytes);
  for (const auto& word : text->own->mentions) vocabulary_.add(word.first(), text->words);
  if (text->own->may_define_anything) text->reason = "a macro that makes functions";
  if (may_silence(*bytes)) text->reason = "a comment that silences findings";
  return *text;
}

const std::vector<IncludeSearch::Found>& UnitWordScan::includes_of(Search& search, const std::string& path,
                                                                   bool is_own) {
  const auto [at, is_new] = search.includes.try_emplace(path);
  if (!is_new) return at->second;
  Text& text = text_of(search, path, is_own);
  for (const IncludeDirective& directive : text.includes) {
    auto found = search.search->find(directive, path, settings_.root);
    if (found)
      at->second.push_back(std::move(*found));
    else if (is_own)
      text.reason = "an include that is not found";
  }
  return at->second;
}

void UnitWordScan::visit(Search& search, const std::string& path, bool is_own, Visit& visit) {
  std::vector<IncludeSearch::Found> open{{path, is_own}};
  visit.seen.insert(path);
  while (!open.empty()) {
    const IncludeSearch::Found file = std::move(open.back());
    open.pop_back();
    const Text& text = text_of(search, file.path, file.is_project);
    visit.all |= text.words;
    if (file.is_project && !text.reason.empty()) visit.unit.reason = text.reason;
    if (file.is_project && visit.unit.reason.empty()) visit.unit.reason = vocabulary_.possible(text.words);
    if (!visit.unit.reason.empty()) return;
    if (file.is_project) {
      visit.own |= text.words;
      visit.unit.own.push_back(file.path);
    }
    for (const IncludeSearch::Found& next : includes_of(search, file.path, file.is_project))
      if (visit.seen.insert(next.path).second) open.push_back(next);
    if (file.is_project && !text.reason.empty()) visit.unit.reason = text.reason;
  }
}

UnitWords UnitWordScan::look_at(const CompileCommand& command) {
  const std::string flags = include_flags(command);
  if (flags.empty()) return {"files that the command includes itself", {}, {}};
  Search* search = search_for(command, flags);
  if (!search) return {"a command that Clang does not take", {}, {}};
  Visit met{{}, vocabulary_.none(), vocabulary_.none(), {}};
  visit(*search, command.file, true, met);
  if (met.unit.reason.empty()) met.unit.reason = vocabulary_.possible(met.own, met.all);
  met.unit.files.assign(met.seen.begin(), met.seen.end());
  return std::move(met.unit);
}

}  // namespace corolint
