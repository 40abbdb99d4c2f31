// model_check [--checkouts DIR] [FILE.json…]   checks the names of library models against real headers
//
// Without files: the shipped models. Prints a line a library and set of headers, and each name that no header
// declares; ends with 1 if there is one.

#include <cstdio>
#include <fstream>
#include <sstream>

#include "header_names.h"
#include "models/models.h"

using namespace corolint;

namespace {

llvm::Expected<std::vector<Library>> libraries(const std::vector<std::string>& files) {
  std::vector<Library> found;
  for (const EmbeddedFile& file : files.empty() ? embedded_libraries() : std::vector<EmbeddedFile>()) {
    auto library = read_shipped_library(file);
    if (!library) return library.takeError();
    found.push_back(std::move(*library));
  }
  for (const std::string& file : files) {
    std::ostringstream text;
    text << std::ifstream(file).rdbuf();
    auto library = read_user_library(text.str(), file);
    if (!library) return library.takeError();
    found.push_back(std::move(*library));
  }
  return found;
}

}  // namespace

int main(int count, char** arguments) {
  std::vector<std::string> words(arguments + 1, arguments + count);
  std::string checkouts;
  if (words.size() > 1 && words.front() == "--checkouts") {
    checkouts = words[1];
    words.erase(words.begin(), words.begin() + 2);
  }
  auto found = libraries(words);
  if (!found) return std::printf("%s\n", llvm::toString(found.takeError()).c_str()), 2;
  std::size_t names = 0, resolved = 0, unchecked = 0, unresolved = 0;
  for (const Library& library : *found) {
    const LibraryCheck check = check_library(library, checkouts);
    std::printf("%s", table_of(library, check).c_str());
    std::fflush(stdout);
    resolved += check.resolved.size();
    unchecked += check.unchecked.size();
    unresolved += check.unresolved.size();
    names += check.resolved.size() + check.unchecked.size() + check.unresolved.size();
  }
  std::printf("all: %zu libraries, %zu names, %zu resolved, %zu unchecked, %zu unresolved\n", found->size(),
              names, resolved, unchecked, unresolved);
  return unresolved == 0 ? 0 : 1;
}
