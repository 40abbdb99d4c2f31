// GitHub: 25,000 results and 10 MB after gzip
// (https://docs.github.com/code-security/code-scanning/troubleshooting-sarif-uploads/results-exceed-limit).
// GitLab: 5,000 results are processed, of an artifact of 10 MB (https://docs.gitlab.com, SARIF reports).

#include "output/sarif_limits.h"

#include <limits>

#include "llvm/ADT/SmallVector.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/Compression.h"

namespace corolint {

namespace {

constexpr std::size_t unlimited = std::numeric_limits<std::size_t>::max();
constexpr std::size_t ten_megabytes = 10'000'000;
constexpr std::size_t gzip_frame = 32;  // gzip's header and trailer are a little longer than zlib's

}  // namespace

HostLimits limits_of(SarifProfile profile) {
  switch (profile) {
    case SarifProfile::github:
      return {25'000, ten_megabytes};
    case SarifProfile::gitlab:
      return {5'000, ten_megabytes};
    case SarifProfile::full:
      break;
  }
  return {unlimited, unlimited};
}

std::size_t compressed_size(std::string_view log) {
  if (!llvm::compression::zlib::isAvailable()) return log.size();
  llvm::SmallVector<std::uint8_t, 0> compressed;
  llvm::compression::zlib::compress(llvm::arrayRefFromStringRef(log), compressed);
  return compressed.size() + gzip_frame;
}

}  // namespace corolint
