#include "rule/test_code.h"

#include <algorithm>
#include <array>

#include "llvm/ADT/StringRef.h"
#include "llvm/Support/Path.h"

namespace corolint {

namespace {

bool is_test_folder(llvm::StringRef name) {
  static constexpr std::array<llvm::StringRef, 6> names = {"test",     "tests",     "Test",
                                                           "unittest", "unittests", "unit_tests"};
  return std::find(names.begin(), names.end(), name) != names.end();
}

bool is_test_name(llvm::StringRef stem) {
  stem.consume_back("s");
  return stem.ends_with("_test") || stem.ends_with("Test");
}

bool is_test(llvm::StringRef file) {
  const llvm::StringRef folder = llvm::sys::path::parent_path(file);
  return is_test_name(llvm::sys::path::stem(file)) ||
         std::any_of(llvm::sys::path::begin(folder), llvm::sys::path::end(folder), is_test_folder);
}

}  // namespace

TestCode::TestCode(const Program& program) : program_(program) {
  const auto& functions = program.graph().functions();
  tests_other_code_ = std::any_of(functions.begin(), functions.end(), [](const FunctionNode& function) {
    return function.is_defined && function.is_coroutine && !is_test(function.place.file);
  });
}

bool TestCode::is_left_out(const std::string& file) const {
  return tests_other_code_ && is_test(file) && !program_.options(file).flag(in_tests.name);
}

}  // namespace corolint
