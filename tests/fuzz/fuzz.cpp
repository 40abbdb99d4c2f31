// The program that libFuzzer drives: COROLINT_FUZZ_TARGET names the target.

#include <cstdint>
#include <cstdio>
#include <cstdlib>

#include "targets.h"

namespace {

const corolint::FuzzTarget& chosen() {
  const char* name = std::getenv("COROLINT_FUZZ_TARGET");
  for (const corolint::FuzzTarget& target : corolint::fuzz_targets())
    if (name && target.name == name) return target;
  std::fputs("COROLINT_FUZZ_TARGET names no target\n", stderr);
  std::exit(2);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const corolint::FuzzTarget& target = chosen();
  target.feed({reinterpret_cast<const char*>(data), size});
  return 0;
}
