// model_check [--checkouts DIR] FILE.json…   checks the names of library models against real headers
//
// Prints a line a library and set of headers, and each name that no header declares; ends with 1 if there is
// one.

#include <cstdio>
#include <cstring>

#include "header_names.h"
#include "models/library_file.h"

using namespace corolint;

namespace {

// Names resolved in one of the sets of headers count: each root, and each version, has its own.
bool check_library(const Library& library, const std::string& checkouts) {
  std::set<std::string> resolved, unresolved;
  bool ran = false;
  for (const HeaderCheck& check : library.checks) {
    if (check.packages.empty() && checkouts.empty()) continue;
    const NameCheck result = check_names(library, check, checkouts);
    std::printf("%-16s %-40s %zu resolved, %zu not there%s%s\n", library.id.c_str(), result.headers.c_str(),
                result.resolved.size(), result.unresolved.size(),
                result.failure.empty() ? "" : "; error: ", result.failure.c_str());
    ran = ran || !result.resolved.empty();
    resolved.insert(result.resolved.begin(), result.resolved.end());
    unresolved.insert(result.unresolved.begin(), result.unresolved.end());
  }
  const auto unchecked = unchecked_names(library);
  for (const std::string& name : resolved) unresolved.erase(name);
  for (const auto& [name, why] : unchecked) unresolved.erase(name);
  std::printf("%-16s total %zu, resolved %zu, unchecked %zu, unresolved %zu\n", library.id.c_str(),
              resolved.size() + unresolved.size() + unchecked.size(), resolved.size(), unchecked.size(),
              unresolved.size());
  for (const std::string& name : unresolved) std::printf("  no declaration: %s\n", name.c_str());
  return unresolved.empty() && ran;
}

}  // namespace

int main(int count, char** arguments) {
  std::string checkouts;
  bool good = true;
  for (int i = 1; i < count; ++i) {
    if (std::strcmp(arguments[i], "--checkouts") == 0 && i + 1 < count) {
      checkouts = arguments[++i];
      continue;
    }
    std::FILE* file = std::fopen(arguments[i], "rb");
    if (!file) return std::printf("%s cannot be read\n", arguments[i]), 2;
    std::string text(1 << 22, '\0');
    text.resize(std::fread(text.data(), 1, text.size(), file));
    std::fclose(file);
    auto library = read_user_library(text, arguments[i]);
    if (!library) return std::printf("%s\n", llvm::toString(library.takeError()).c_str()), 2;
    good = check_library(*library, checkouts) && good;
  }
  return good ? 0 : 1;
}
