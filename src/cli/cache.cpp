#include "cli/cache.h"

#include <cstdlib>

#include "cli/commands.h"
#include "cli/print.h"
#include "cli/read_text.h"
#include "llvm/Support/FormatVariadic.h"
#include "project/paths.h"

namespace corolint {

namespace {

constexpr std::uint64_t default_limit = std::uint64_t{5} << 30;
constexpr auto no_place =
    "there is no place for the cache: set COROLINT_CACHE_DIR, or give one with --cache-dir";

std::string variable(const char* name) {
  const char* value = std::getenv(name);
  return value ? value : "";
}

// Returns where the cache is by default: https://specifications.freedesktop.org/basedir-spec. Empty if the
// environment does not say.
std::string default_folder() {
  if (const std::string caches = variable("XDG_CACHE_HOME"); caches.starts_with("/"))
    return joined(caches, "corolint");
  if (const std::string home = variable("HOME"); home.starts_with("/"))
    return joined(joined(home, ".cache"), "corolint");
  return {};
}

std::string place_of(const CacheRequest& request) {
  if (request.folder.empty()) return default_folder();
  auto here = working_directory();
  if (here) return canonical(request.folder, *here);
  llvm::consumeError(here.takeError());
  return {};
}

std::string megabytes(std::uint64_t bytes) {
  return llvm::formatv("{0:f1} MiB", static_cast<double>(bytes) / (1024 * 1024));
}

std::string contents(const CacheFolder& folder, std::uint64_t limit) {
  std::string text = "folder   " + folder.path() + "\n";
  std::uint64_t bytes = 0;
  for (const CacheFolder::Share& share : folder.shares()) {
    text += llvm::formatv("{0,-8} {1} in {2} files\n", share.kind, megabytes(share.bytes), share.files);
    bytes += share.bytes;
  }
  return text + "total    " + megabytes(bytes) + " of at most " + megabytes(limit) + "\n";
}

}  // namespace

CacheFolder cache_folder(const CacheRequest& request, std::string& notice) {
  if (request.is_off) return {};
  const std::string place = place_of(request);
  if (place.empty()) notice = std::string(no_place) + "; nothing is kept for the next run";
  return place.empty() ? CacheFolder() : CacheFolder(place, request.limit.value_or(default_limit));
}

llvm::Expected<int> show_cache(const CacheRequest& request) {
  const std::string place = place_of(request);
  if (place.empty()) return llvm::createStringError(no_place);
  const std::uint64_t limit = request.limit.value_or(default_limit);
  CacheFolder folder(place, limit);
  switch (request.action) {
    case CacheRequest::Action::stat:
      return print(contents(folder, limit));
    case CacheRequest::Action::dir:
      return print_bytes(place + "\n");
    case CacheRequest::Action::clean:
      break;
  }
  if (llvm::Error error = folder.clean()) return error;
  return print("");
}

}  // namespace corolint
