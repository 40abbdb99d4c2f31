#include "project/summary.h"

#include "llvm/ADT/StringExtras.h"

namespace corolint {

namespace {

constexpr std::size_t shown_names = 5;

std::string counted(std::size_t count, const std::string& noun) {
  return std::to_string(count) + " " + noun + (count == 1 ? "" : "s");
}

std::string list_of(const std::map<std::string, std::size_t>& counts) {
  std::vector<std::string> parts;
  for (const auto& [name, units] : counts) {
    if (parts.size() == shown_names) break;
    parts.push_back(name + " (" + counted(units, "unit") + ")");
  }
  const std::string list = llvm::join(parts, ", ");
  return counts.size() > shown_names ? list + " and " + std::to_string(counts.size() - shown_names) + " more"
                                     : list;
}

// "3 C sources, 1 CUDA source left out: …"
std::string sources_notice(const std::map<Language, std::set<std::string>>& left_out) {
  std::vector<std::string> parts;
  bool may_hold_coroutines = false;
  for (const auto& [language, files] : left_out) {
    parts.push_back(counted(files.size(), language_name(language) + " source"));
    may_hold_coroutines |= language != Language::c && language != Language::assembler;
  }
  if (parts.empty()) return {};
  return llvm::join(parts, ", ") +
         " left out: " + (may_hold_coroutines ? "only C++ is analysed" : "no coroutines there");
}

}  // namespace

void Summary::add(Language language, const std::string& file) {
  if (language != Language::header) left_out_[language].insert(file);
}

void Summary::add(const DroppedFlags& flags) {
  for (const std::string& flag : flags.unknown) ++unknown_[flag];
  for (const std::string& header : flags.lost_headers) ++lost_headers_[header];
  for (const std::string& response : flags.lost_responses) ++lost_responses_[response];
}

std::vector<std::string> Summary::notices() const {
  std::vector<std::string> notices;
  if (std::string sources = sources_notice(left_out_); !sources.empty()) notices.push_back(sources);
  if (!unknown_.empty()) notices.push_back("dropped flags that Clang does not know: " + list_of(unknown_));
  if (!lost_headers_.empty())
    notices.push_back("dropped -include of headers of which only the precompiled form exists: " +
                      list_of(lost_headers_));
  if (!lost_responses_.empty())
    notices.push_back("response files with flags do not exist, or include one another without end: " +
                      list_of(lost_responses_) + "; build once to have them made");
  return notices;
}

}  // namespace corolint
