#pragma once

// What a file includes, read off its text, and which file that is: as the preprocessor would find it, without
// preprocessing.

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "clang/Frontend/CompilerInstance.h"
#include "unit/unit.h"

namespace corolint {

struct IncludeDirective {
  std::string name;             // with its quotes or brackets; empty if a macro gives it
  bool is_next = false;         // include_next
  bool is_conditional = false;  // a condition stands around it, other than the file's include guard
};

// Returns the includes that the text holds, in their order; nothing if it cannot be scanned. `has_modules` is
// set if it imports or declares a module.
std::optional<std::vector<IncludeDirective>> includes_in(llvm::StringRef text, bool& has_modules);

// Returns what decides how a unit's includes are found: equal for units that find the same. Empty if the
// command includes files itself, or is about modules.
std::string include_flags(const CompileCommand& command);

// Finds files as the preprocessor would, with the flags of one command.
class IncludeSearch {
 public:
  struct Found {
    std::string path;
    bool is_project = false;
  };

  // Returns the search of the command, on `files`; null if Clang makes no compiler run of it.
  static std::unique_ptr<IncludeSearch> of(const CompileCommand& command, const ParseSettings& settings,
                                           llvm::IntrusiveRefCntPtr<llvm::vfs::FileSystem> files);

  // Returns the file that the directive in `includer` means, or nothing. `root` is the project's.
  std::optional<Found> find(const IncludeDirective& directive, const std::string& includer,
                            const std::string& root);

  // Returns the file's text, or nothing if it is no regular file that can be read.
  std::optional<llvm::StringRef> text_of(const std::string& path);

 private:
  IncludeSearch() = default;

  clang::DiagnosticConsumer diagnostics_;
  clang::DiagnosticOptions options_;
  std::unique_ptr<clang::CompilerInstance> compiler_;
};

}  // namespace corolint
