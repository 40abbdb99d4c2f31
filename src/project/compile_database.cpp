// Reads compile_commands.json. Clang's loader does the shell's quoting and the launchers it knows; but it
// takes a file that ends too early (a full disk, a build system that still writes) for a shorter one, and
// prints its complaints itself. So the text must first pass as JSON.

#include "project/database.h"
#include "project/paths.h"

#include "clang/Tooling/JSONCompilationDatabase.h"
#include "llvm/Support/JSON.h"
#include "llvm/Support/MemoryBuffer.h"

namespace corolint {

namespace {

const char* remedy = ": remove it and configure the build again";

llvm::Error broken(const std::string& file, const std::string& problem) {
  return llvm::createStringError("compile database " + file + " is broken (" + problem + ")" + remedy);
}

CompileCommand entry_of(const clang::tooling::CompileCommand& command, const std::string& folder) {
  const std::string directory = canonical(command.Directory, folder);
  return {directory, canonical(command.Filename, directory), command.CommandLine};
}

}  // namespace

llvm::Expected<Database> load_compile_database(const std::string& file) {
  const auto text = llvm::MemoryBuffer::getFile(file);
  if (!text)
    return llvm::createStringError("cannot read compile database " + file + ": " + text.getError().message());
  if (auto json = llvm::json::parse((*text)->getBuffer()); !json)
    return broken(file, llvm::toString(json.takeError()));
  std::string problem;
  const auto commands = clang::tooling::JSONCompilationDatabase::loadFromBuffer(
      (*text)->getBuffer(), problem, clang::tooling::JSONCommandLineSyntax::AutoDetect);
  if (!commands) return broken(file, problem);
  Database database{file, {}, {}};
  for (const auto& command : commands->getAllCompileCommands()) {
    if (command.CommandLine.empty())
      return broken(file, "the entry of '" + command.Filename + "' has no command");
    database.entries.push_back(entry_of(command, folder_of(file)));
  }
  if (database.entries.empty())
    return llvm::createStringError("compile database " + file +
                                   " is empty: configure the build with at least one C++ target");
  return database;
}

}  // namespace corolint
