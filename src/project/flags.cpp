// Clang's own table of options tells where one flag ends and the next begins, and which it does not know:
// those it would refuse, and the whole unit with them.

#include "project/flags.h"

#include "project/compiler.h"
#include "project/paths.h"
#include "project/useless_flags.h"

#include "clang/Options/Options.h"
#include "llvm/Option/ArgList.h"
#include "llvm/Support/FileSystem.h"

#include <algorithm>
#include <set>

namespace corolint {

namespace {

using Words = llvm::ArrayRef<const char*>;

// Cleans one command's flags, first to last.
class FlagCleaner {
 public:
  explicit FlagCleaner(const std::string& directory) : directory_(directory) {}

  void add(const llvm::opt::Arg& flag, Words words);

  std::vector<std::string> kept;
  std::set<std::string> unknown, lost_headers, lost_responses;

 private:
  bool exists(llvm::StringRef file) const { return llvm::sys::fs::exists(canonical(file, directory_)); }
  bool is_lost_header(const llvm::opt::Arg& flag) const;
  void keep_sanitizers(llvm::StringRef list);

  UselessFlags useless_;
  const std::string& directory_;
};

void FlagCleaner::add(const llvm::opt::Arg& flag, Words words) {
  namespace options = clang::options;
  const llvm::opt::Option& option = flag.getOption();
  const llvm::StringRef word = words.front();
  if (option.matches(options::OPT_INPUT) && word.starts_with("@")) {
    // A .modmap names modules that are not built yet: what needs them will not parse, and say so.
    if (!word.ends_with(".modmap")) lost_responses.insert(word.drop_front().str());
  } else if (useless_.has(flag, words)) {
    return;
  } else if (option.matches(options::OPT_UNKNOWN) || option.hasFlag(options::Unsupported)) {
    unknown.insert(word.take_front(word.find('=') + 1 ? word.find('=') + 1 : word.size()).str());
  } else if (is_lost_header(flag)) {
    lost_headers.insert(canonical(flag.getValue(), directory_));
  } else if (option.matches(options::OPT_fsanitize_EQ)) {
    keep_sanitizers(word.substr(word.find('=') + 1));
  } else {
    kept.insert(kept.end(), words.begin(), words.end());
  }
}

bool FlagCleaner::is_lost_header(const llvm::opt::Arg& flag) const {
  if (!flag.getOption().matches(clang::options::OPT_include)) return false;
  const std::string header = flag.getValue();
  return !exists(header) && (exists(header + ".gch") || exists(header + ".pch"));
}

void FlagCleaner::keep_sanitizers(llvm::StringRef list) {
  const std::string visible = visible_sanitizers(list);
  if (!visible.empty()) kept.push_back("-fsanitize=" + visible);
}

FlagCleaner cleaned(const CompileCommand& command) {
  std::vector<const char*> words;
  for (const std::string& argument : command.arguments) words.push_back(argument.c_str());
  words.erase(words.begin());  // the compiler
  unsigned missing_at = 0, missing_count = 0;
  const auto flags = clang::getDriverOptTable().ParseArgs(words, missing_at, missing_count,
                                                          llvm::opt::Visibility(clang::options::ClangOption));
  FlagCleaner cleaner(command.directory);
  for (auto flag = flags.begin(); flag != flags.end(); ++flag) {
    const std::size_t begin = (*flag)->getIndex(), rest = missing_count ? missing_at : words.size();
    const std::size_t end = std::next(flag) == flags.end() ? rest : (*std::next(flag))->getIndex();
    cleaner.add(**flag, Words(words).slice(begin, end - begin));
  }
  return cleaner;
}

// Visual C++'s flags stay as they are: only the input moves.
void move_input(CompileCommand& command) {
  std::erase_if(command.arguments,
                [&](const std::string& word) { return canonical(word, command.directory) == command.file; });
  command.arguments.push_back(command.file);
}

// Does the word name the unit, in full or in part?
bool names_unit(const std::string& word, const CompileCommand& command) {
  return word == command.file || (!word.empty() && llvm::StringRef(command.file).ends_with("/" + word));
}

// Returns the directory, and the arguments with nothing in place of what is another in each unit and cleaned
// away: the input and the output.
std::vector<std::string> without_unit(const CompileCommand& command) {
  std::vector<std::string> words = {command.directory};
  for (const std::string& word : command.arguments) {
    const bool is_output = words.back() == "-o" && !word.starts_with("-") && !word.starts_with("@");
    words.push_back(is_output || names_unit(word, command) ? "" : word);
  }
  return words;
}

std::vector<std::string> to_vector(const std::set<std::string>& names) {
  return {names.begin(), names.end()};
}

}  // namespace

FlagCleaning::Result FlagCleaning::result_for(const CompileCommand& command, const Compiler& compiler) {
  std::vector<std::string> shape = without_unit(command);
  if (const auto known = known_.find(shape); known != known_.end()) return known->second;
  FlagCleaner cleaner = cleaned(command);
  Result result;
  result.arguments = {command.arguments.front()};
  if (compiler.is_unknown) result.arguments.push_back("--driver-mode=g++");
  if (!compiler.target.empty()) result.arguments.push_back("--target=" + compiler.target);
  result.arguments.insert(result.arguments.end(), cleaner.kept.begin(), cleaner.kept.end());
  result.dropped = {to_vector(cleaner.unknown), to_vector(cleaner.lost_headers),
                    to_vector(cleaner.lost_responses)};
  const bool is_for_all =
      llvm::none_of(cleaner.kept, [&](const std::string& word) { return names_unit(word, command); });
  if (is_for_all) known_.emplace(std::move(shape), result);
  return result;
}

DroppedFlags FlagCleaning::clean(CompileCommand& command) {
  const Compiler compiler = compiler_of(command.arguments);
  if (compiler.is_cl) {
    move_input(command);
    return {};
  }
  Result result = result_for(command, compiler);
  command.arguments = std::move(result.arguments);
  command.arguments.push_back(command.file);
  return std::move(result.dropped);
}

}  // namespace corolint
