#include "project/git.h"

#include "llvm/ADT/SmallVector.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/FileUtilities.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/Program.h"
#include "project/paths.h"

namespace corolint {

namespace {

// Runs git in the folder and returns what it writes; an error holds what it says.
llvm::Expected<std::string> git(const std::string& folder, std::vector<std::string> words) {
  const auto program = llvm::sys::findProgramByName("git");
  if (!program) return llvm::createStringError("git is not installed: it is needed to tell what has changed");
  llvm::SmallString<128> out, err;
  if (llvm::sys::fs::createTemporaryFile("corolint-git", "out", out) ||
      llvm::sys::fs::createTemporaryFile("corolint-git", "err", err))
    return llvm::createStringError("no temporary file can be made");
  const auto remove_out = llvm::FileRemover(out), remove_err = llvm::FileRemover(err);
  // Without optional locks git does not even refresh the index.
  std::vector<std::string> all = {*program, "--no-optional-locks", "-C", folder, "-c", "core.quotePath=true"};
  all.insert(all.end(), words.begin(), words.end());
  std::vector<llvm::StringRef> arguments(all.begin(), all.end());
  const int status = llvm::sys::ExecuteAndWait(
      *program, arguments, std::nullopt, {llvm::StringRef(""), llvm::StringRef(out), llvm::StringRef(err)});
  const auto read = [](llvm::StringRef file) {
    const auto buffer = llvm::MemoryBuffer::getFile(file);
    return buffer ? (*buffer)->getBuffer().str() : std::string();
  };
  if (status == 0) return read(out);
  return llvm::createStringError("git %s: %s", words.front().c_str(),
                                 llvm::StringRef(read(err)).trim().str().c_str());
}

llvm::Expected<std::string> one_word(const std::string& folder, std::vector<std::string> words) {
  auto text = git(folder, std::move(words));
  if (!text) return text.takeError();
  return llvm::StringRef(*text).trim().str();
}

}  // namespace

llvm::Expected<std::string> commit_of(const std::string& folder, const std::string& ref) {
  return one_word(folder, {"rev-parse", "--verify", "--quiet", "--end-of-options", ref + "^{commit}"});
}

llvm::Expected<std::string> merge_base(const std::string& folder, const std::string& ref) {
  auto commit = commit_of(folder, ref);
  if (!commit) {
    llvm::consumeError(commit.takeError());
    return llvm::createStringError("git knows no commit '%s' here; in CI, fetch it first (fetch-depth: 0)",
                                   ref.c_str());
  }
  auto base = one_word(folder, {"merge-base", *commit, "HEAD"});
  if (base) return base;
  llvm::consumeError(base.takeError());
  return llvm::createStringError(
      "'%s' and HEAD have no commit in common; in CI, fetch the history first "
      "(fetch-depth: 0)",
      ref.c_str());
}

llvm::Expected<ChangedLines> changed_lines(const std::string& folder, const std::string& commit) {
  auto patch =
      git(folder, {"diff-index", "-p", "-U0", "-M", "--no-color", "--no-ext-diff", "--no-textconv",
                   "--src-prefix=a/", "--dst-prefix=b/", "--relative", "--ignore-submodules", commit, "--"});
  if (!patch) return patch.takeError();
  std::optional<ChangedLines> changes = changes_in_patch(*patch);
  if (!changes) return llvm::createStringError("git's patch since %s breaks off", commit.c_str());
  auto unknown = git(folder, {"ls-files", "--others", "--exclude-standard", "-z"});
  if (!unknown) return unknown.takeError();
  llvm::SmallVector<llvm::StringRef> names;
  llvm::StringRef(*unknown).split(names, '\0', -1, false);
  for (const llvm::StringRef name : names) (*changes)[name.str()].is_whole = true;
  return std::move(*changes);
}

std::map<std::string, std::string> renames_since(const std::string& folder, const std::string& since) {
  std::map<std::string, std::string> renames;
  auto commit = one_word(folder, {"log", "-1", "--format=%H", "--", since});
  if (!commit || commit->empty()) return llvm::consumeError(commit.takeError()), renames;
  auto list = git(
      folder, {"diff-index", "-M", "--name-status", "--diff-filter=R", "--relative", "-z", *commit, "--"});
  if (!list) return llvm::consumeError(list.takeError()), renames;
  llvm::SmallVector<llvm::StringRef> words;
  llvm::StringRef(*list).split(words, '\0', -1, false);
  for (std::size_t i = 0; i + 2 < words.size(); i += 3) renames[words[i + 1].str()] = words[i + 2].str();
  return renames;
}

}  // namespace corolint
