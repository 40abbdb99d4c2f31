#pragma once

// One parsed translation unit. Parsing is nearly all of the cost of a run, and nearly all of what is parsed
// is foreign: so the bodies of functions outside the project are skipped. Clang keeps those that it needs
// itself
// (`constexpr`, deduced return types).

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "clang/AST/ASTContext.h"
#include "clang/Basic/SourceManager.h"
#include "project/project.h"
#include "unit/comment.h"
#include "unit/place.h"

namespace corolint {

// The same for all units of a run.
struct ParseSettings {
  std::string root;                  // of the project: absolute, symlinks resolved
  std::string resource_dir;          // Clang's own headers; see find_resource_dir
  std::vector<std::string> defines;  // macros, "NAME=VALUE", defined for units with coroutines
  std::map<std::string, std::string> unsaved = {};  // texts that stand for files on disk, by absolute path
};

class Unit {
 public:
  ~Unit();
  Unit(const Unit&) = delete;
  Unit& operator=(const Unit&) = delete;

  clang::ASTContext& ast() const;
  clang::SourceManager& sources() const;

  // Is this code of the project: below its root and not in a system header?
  bool is_project(clang::SourceLocation location) const;

  // Does an error of the compiler stand in the range? Clang drops a statement that it cannot understand whole:
  // the tree around it is not what the author wrote.
  bool has_error_in(clang::SourceRange range) const;

  // Returns where `range` stands in the file that its author edits: for code from a macro's definition that
  // is the line that expands the macro. Nowhere if the range is invalid.
  Place place_of(clang::SourceRange range) const;

  // Returns the comments in the project's files that may speak to corolint, in the order of their places.
  std::vector<Comment> comments() const;

  // Returns the source text of `range` as its author wrote it; empty if it does not stand in one file.
  llvm::StringRef text_of(clang::SourceRange range) const;

 private:
  friend struct UnitParser;
  struct Parts;
  explicit Unit(std::unique_ptr<Parts> parts);
  std::unique_ptr<Parts> parts_;
};

// What parsing gave. `unit` is empty when there is nothing to analyse: a bad command, a missing file, an
// error after which Clang stops (a missing header). With other errors it is there, and functions that hold an
// error are marked invalid in the tree.
struct ParsedUnit {
  std::unique_ptr<Unit> unit;
  std::vector<CompilerError> errors;  // the first five
  unsigned error_count = 0;
};

// Parses the main file of `command`.
ParsedUnit parse(const CompileCommand& command, const ParseSettings& settings);

// Returns the folder with Clang's own headers (`stddef.h` and so on), found next to the Clang library that
// this program is linked with, or in COROLINT_RESOURCE_DIR; an error that says what to install if there is
// none.
llvm::Expected<std::string> find_resource_dir();

}  // namespace corolint
