#include "project/query_driver.h"

#include <cstdlib>
#include <optional>

#include "llvm/ADT/SmallString.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/FileUtilities.h"
#include "llvm/Support/GlobPattern.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/Program.h"
#include "project/paths.h"

extern char** environ;

namespace corolint {

namespace {

constexpr unsigned patience = 20;  // seconds

// Returns the path of the program that the command starts; empty if there is none.
std::string program_of(const CompileCommand& command) {
  const llvm::StringRef word = command.arguments.front();
  if (llvm::sys::path::has_parent_path(word)) {
    llvm::SmallString<256> path(word);
    llvm::sys::path::make_absolute(command.directory, path);
    llvm::sys::path::remove_dots(path, /*remove_dot_dot=*/true);
    return path.str().str();
  }
  const auto found = llvm::sys::findProgramByName(word);
  return found ? *found : "";
}

// Flags on which the answer depends.
bool changes_answer(llvm::StringRef word) {
  for (const llvm::StringRef start :
       {"--sysroot", "-isysroot", "-m", "-std", "-stdlib", "-nostdinc", "--target", "-target",
        "--gcc-toolchain", "--gcc-install-dir", "-specs"})
    if (word.starts_with(start)) return !word.starts_with("-mllvm");
  return false;
}

bool has_own_value(llvm::StringRef word) {
  return word == "--sysroot" || word == "-isysroot" || word == "-target";
}

// Returns the words that ask for the compiler's search path: `COMPILER FLAGS -E -v -x c++ /dev/null`.
std::vector<std::string> question(const std::string& program, const CompileCommand& command) {
  std::vector<std::string> words{program};
  for (std::size_t i = 1; i < command.arguments.size(); ++i) {
    if (!changes_answer(command.arguments[i])) continue;
    words.push_back(command.arguments[i]);
    if (has_own_value(words.back()) && i + 1 < command.arguments.size())
      words.push_back(command.arguments[++i]);
  }
  for (const char* word : {"-E", "-v", "-x", "c++", "/dev/null"}) words.emplace_back(word);
  return words;
}

// Returns what the program writes to stderr, in English.
std::optional<std::string> answer_to(const std::vector<std::string>& words) {
  llvm::SmallString<128> log;
  if (llvm::sys::fs::createTemporaryFile("corolint-query", "txt", log)) return std::nullopt;
  const llvm::FileRemover remover(log);
  std::vector<llvm::StringRef> arguments(words.begin(), words.end()), environment;
  for (char** variable = environ; *variable; ++variable)
    if (!llvm::StringRef(*variable).starts_with("LC_ALL=")) environment.emplace_back(*variable);
  environment.emplace_back("LC_ALL=C");
  const std::optional<llvm::StringRef> streams[] = {llvm::StringRef(), llvm::StringRef(), log.str()};
  const int status =
      llvm::sys::ExecuteAndWait(words.front(), arguments, llvm::ArrayRef(environment), streams, patience);
  const auto text = llvm::MemoryBuffer::getFile(log);
  if (status != 0 || !text) return std::nullopt;
  return (*text)->getBuffer().str();
}

// GCC's headers for its own built-in functions are not for Clang, which brings its own.
bool belongs_to_compiler(llvm::StringRef folder) {
  const bool is_include = folder.ends_with("/include") || folder.ends_with("/include-fixed");
  return is_include && (folder.contains("/lib/gcc") || folder.contains("/lib/clang/"));
}

// Returns the flags that make Clang see the same headers for the same machine; none if the answer names no
// folder.
std::vector<std::string> flags_from(const std::string& answer) {
  std::vector<std::string> flags, target;
  bool in_list = false;
  llvm::SmallVector<llvm::StringRef> lines;
  llvm::StringRef(answer).split(lines, '\n');
  for (llvm::StringRef line : lines) {
    line = line.trim();
    if (line.consume_front("Target: ")) target = {"--target=" + line.str()};
    if (line.starts_with("End of search list")) in_list = false;
    if (in_list && !belongs_to_compiler(line)) flags.insert(flags.end(), {"-isystem", line.str()});
    if (line.starts_with("#include <...> search starts here")) in_list = true;
  }
  if (flags.empty()) return {};
  flags.insert(flags.begin(), {"-nostdlibinc", "-nostdinc++"});
  flags.insert(flags.begin(), target.begin(), target.end());
  return flags;
}

}  // namespace

bool DriverQueries::is_allowed(const std::string& compiler) const {
  for (const std::string& glob : allowed_) {
    auto pattern = llvm::GlobPattern::create(glob);
    if (pattern && pattern->match(compiler)) return true;
    if (!pattern) llvm::consumeError(pattern.takeError());
  }
  return false;
}

void DriverQueries::add_answer(CompileCommand& command) {
  if (allowed_.empty()) return;
  const std::string program = program_of(command);
  if (program.empty() || !is_allowed(program)) return;
  const std::vector<std::string> words = question(program, command);
  const auto [known, is_new] = answers_.try_emplace(words);
  if (is_new) {
    if (const auto answer = answer_to(words)) known->second = flags_from(*answer);
    if (known->second.empty()) silent_.insert(program);
  }
  command.arguments.insert(command.arguments.end(), known->second.begin(), known->second.end());
}

std::vector<std::string> DriverQueries::notices() const {
  if (silent_.empty()) return {};
  return {"asked in vain for include folders (--query-driver): " + llvm::join(silent_, ", ")};
}

}  // namespace corolint
