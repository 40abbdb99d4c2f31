#pragma once

#include <vector>

#include "clang/Basic/SourceManager.h"
#include "clang/Lex/Preprocessor.h"

namespace corolint {

// Keeps where the comments stand that may speak to corolint. Clang's lexer finds them: text in a string is
// none.
class CommentKeeper : public clang::CommentHandler {
 public:
  bool HandleComment(clang::Preprocessor& preprocessor, clang::SourceRange comment) override {
    bool invalid = false;
    const char* begin = preprocessor.getSourceManager().getCharacterData(comment.getBegin(), &invalid);
    const char* end = preprocessor.getSourceManager().getCharacterData(comment.getEnd(), &invalid);
    const llvm::StringRef text(begin, invalid || end < begin ? 0 : static_cast<std::size_t>(end - begin));
    if (text.contains("NOLINT") || text.contains("corolint:")) found.emplace_back(comment, text);
    return false;
  }

  std::vector<std::pair<clang::SourceRange, llvm::StringRef>> found;
};

}  // namespace corolint
