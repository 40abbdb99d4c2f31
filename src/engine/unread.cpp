#include "engine/unread.h"

#include <algorithm>

#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/Path.h"
#include "project/language.h"
#include "project/paths.h"

namespace corolint {

namespace {

namespace fs = llvm::sys::fs;

// Returns the folders that the commands search for system headers.
std::set<std::string> system_folders(const Plan& plan) {
  std::set<std::string> folders;
  for (const CompileCommand& command : plan.commands)
    for (std::size_t i = 0; i < command.arguments.size(); ++i) {
      llvm::StringRef argument = command.arguments[i];
      if (!argument.consume_front("-isystem")) continue;
      if (argument.empty() && i + 1 < command.arguments.size()) argument = command.arguments[++i];
      folders.insert(canonical(argument.str(), command.directory));
    }
  return folders;
}

bool is_left_out(const std::string& folder, const std::set<std::string>& system) {
  return llvm::sys::path::filename(folder).starts_with(".") || system.contains(folder) ||
         fs::exists(folder + "/CMakeCache.txt") || fs::exists(folder + "/.git");
}

bool is_in_word(llvm::StringRef text, std::size_t at) {
  return at < text.size() && (llvm::isAlnum(text[at]) || text[at] == '_');
}

bool holds_word(llvm::StringRef text, llvm::StringRef word) {
  for (std::size_t at = 0; (at = text.find(word, at)) != llvm::StringRef::npos; ++at)
    if (!is_in_word(text, at - 1) && !is_in_word(text, at + word.size())) return true;
  return false;
}

// A comment or a string may hold the words, too; then a file too many is named.
bool holds_coroutine(const std::string& file) {
  const auto text = llvm::MemoryBuffer::getFile(file, /*IsText=*/false, /*RequiresNullTerminator=*/false);
  if (!text) return false;
  const llvm::StringRef bytes = (*text)->getBuffer();
  return bytes.contains("co_") && (holds_word(bytes, "co_await") || holds_word(bytes, "co_return") ||
                                   holds_word(bytes, "co_yield"));
}

bool is_checked(const RuleSettings& settings, const std::vector<const RuleEntry*>& rules,
                const std::string& file) {
  return std::any_of(rules.begin(), rules.end(), [&](const RuleEntry* rule) {
    return settings.level(*rule, file) != Level::none;
  });
}

}  // namespace

std::vector<std::string> unread_coroutines(const Plan& plan, const std::set<std::string>& read) {
  const std::set<std::string> system = system_folders(plan);
  const std::vector<const RuleEntry*> rules = plan.rules.rules_to_run();
  std::vector<std::string> unread;
  std::error_code error;
  for (fs::recursive_directory_iterator entry(plan.root, error, /*FollowSymlinks=*/false), end;
       !error && entry != end; entry.increment(error)) {
    const std::string path = entry->path();
    if (entry->type() == fs::file_type::directory_file) {
      if (is_left_out(path, system)) entry.no_push();
      continue;
    }
    if (entry->type() != fs::file_type::regular_file || !is_cxx_file(path)) continue;
    std::string name = path.substr(plan.root.size() + 1);
    if (!read.contains(name) && is_checked(plan.rules, rules, name) && holds_coroutine(path))
      unread.push_back(std::move(name));
  }
  std::sort(unread.begin(), unread.end());
  return unread;
}

}  // namespace corolint
