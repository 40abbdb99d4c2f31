#include "output/version.h"

#include "clang/Basic/Version.h"

#ifndef COROLINT_VERSION
#define COROLINT_VERSION "0.1.0"
#endif

namespace corolint {

std::string_view tool_version() {
  return COROLINT_VERSION;
}

std::string_view clang_version() {
  return CLANG_VERSION_STRING;
}

}  // namespace corolint
