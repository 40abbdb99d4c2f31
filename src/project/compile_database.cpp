// Reads compile_commands.json. Clang's loader does the shell's quoting and the launchers it knows; but it
// takes a file that ends too early (a full disk, a build system that still writes) for a shorter one, and
// prints its complaints itself. So the text must first pass as JSON.

#include "project/database.h"
#include "project/paths.h"
#include "project/text_file.h"

#include "clang/Tooling/JSONCompilationDatabase.h"
#include "llvm/Support/JSON.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <tuple>

namespace corolint {

namespace {

llvm::Error broken(const std::string& file, const std::string& problem) {
  return llvm::createStringError("compile database " + file + " is broken (" + problem +
                                 "): configure the build again, or name another one with -p");
}

// LLVM writes a place as "[LINE:COLUMN, byte=N]: ", with the column from 0.
llvm::Error not_json(const std::string& file, llvm::Error error) {
  const std::string message = llvm::toString(std::move(error));
  llvm::StringRef place, problem;
  std::tie(place, problem) = llvm::StringRef(message).split("]: ");
  unsigned line = 0, column = 0;
  const auto [line_text, rest] = place.drop_front().split(':');
  if (line_text.getAsInteger(10, line) || rest.split(',').first.getAsInteger(10, column))
    return broken(file, message);
  return broken(file + ":" + std::to_string(line) + ":" + std::to_string(column + 1), problem.str());
}

bool has_zero(const std::vector<std::string>& words) {
  return std::any_of(words.begin(), words.end(),
                     [](const std::string& word) { return word.find('\0') != std::string::npos; });
}

// Returns the folder that a command works in; commands that follow each other mostly share it.
class Directories {
 public:
  explicit Directories(std::string folder) : folder_(std::move(folder)) {}

  const std::string& of(const clang::tooling::CompileCommand& command) {
    if (command.Directory != written_ || written_.empty()) {
      written_ = command.Directory;
      directory_ = canonical(written_, folder_);
    }
    return directory_;
  }

 private:
  std::string folder_, written_, directory_;
};

}  // namespace

llvm::Expected<Database> load_compile_database(const std::string& file) {
  auto text = read_text_file(file);
  if (!text) return text.takeError();
  if (llvm::Error error = check_json_depth(*text, file)) return error;
  // What is accepted need not be built as a tree; LLVM names the place of a mistake.
  if (!nlohmann::json::accept(*text))
    if (auto json = llvm::json::parse(*text); !json) return not_json(file, json.takeError());
  std::string problem;
  const auto commands = clang::tooling::JSONCompilationDatabase::loadFromBuffer(
      *text, problem, clang::tooling::JSONCommandLineSyntax::AutoDetect);
  if (!commands) return broken(file, problem);
  Database database{file, {}, {}};
  Directories directories(folder_of(file));
  CanonicalPaths canonical_paths;
  for (const auto& command : commands->getAllCompileCommands()) {
    if (command.CommandLine.empty())
      return broken(file, "the entry of '" + command.Filename + "' has no command");
    if (has_zero(command.CommandLine) || has_zero({command.Filename, command.Directory}))
      return broken(file, "a zero byte in the entry of '" + std::string(command.Filename.c_str()) + "'");
    const std::string& directory = directories.of(command);
    database.entries.push_back(
        {directory, canonical_paths(command.Filename, directory), command.CommandLine});
  }
  if (database.entries.empty())
    return llvm::createStringError("compile database " + file +
                                   " is empty: configure the build with at least one C++ target");
  return database;
}

}  // namespace corolint
