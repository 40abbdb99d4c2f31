#pragma once

#include "clang/Frontend/CompilerInstance.h"
#include "clang/Frontend/FrontendAction.h"
#include "unit/comment_keeper.h"
#include "unit/files.h"
#include "unit/unit.h"

namespace corolint {

// What a Unit keeps alive. Private to src/unit/: it drags in Clang's frontend headers.
struct Unit::Parts {
  Parts(std::shared_ptr<clang::CompilerInvocation> invocation, std::string root)
      : compiler(std::move(invocation)), files(std::move(root)) {}
  ~Parts() {
    if (is_open) action->EndSourceFile();
  }

  std::unique_ptr<clang::DiagnosticConsumer> errors;  // before the compiler, which speaks to it until it ends
  CommentKeeper comments;  // before the compiler as well: its preprocessor calls it
  clang::CompilerInstance compiler;
  std::unique_ptr<clang::FrontendAction> action;
  Files files;
  std::vector<clang::SourceLocation> error_places;
  bool is_open = false;  // between the action's BeginSourceFile and EndSourceFile, where the tree lives
};

}  // namespace corolint
