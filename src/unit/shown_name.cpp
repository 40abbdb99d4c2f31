#include "unit/shown_name.h"

#include "clang/AST/ASTContext.h"
#include "unit/names.h"
#include "unit/type_argument.h"

namespace corolint {

namespace {

// Returns `name`, that of `member`, with the standard library's alias for a class of characters: nobody
// writes "std::basic_ofstream<char>".
std::string with_char_alias(std::string name, const clang::NamedDecl& member) {
  const auto* record = llvm::dyn_cast<clang::CXXRecordDecl>(member.getDeclContext());
  const clang::QualType character = type_argument(record);
  if (character.isNull() || !record->isInStdNamespace() || !record->getName().starts_with("basic_"))
    return name;
  const clang::ASTContext& context = member.getASTContext();
  const bool is_wide = context.hasSameType(character, context.WideCharTy);
  if (!is_wide && !context.hasSameType(character, context.CharTy)) return name;
  const std::string full = "::" + record->getNameAsString();
  const std::string alias = (is_wide ? "::w" : "::") + full.substr(std::string("::basic_").size());
  for (std::size_t at = name.find(full); at != std::string::npos; at = name.find(full, at + alias.size()))
    name.replace(at, full.size(), alias);
  return name;
}

}  // namespace

std::string shown_name(const clang::NamedDecl& decl) {
  const auto* function = llvm::dyn_cast<clang::FunctionDecl>(&decl);
  return with_char_alias(function ? display_name(*function) : qualified_name(decl), decl);
}

std::string shown_name(const Call& call) {
  const auto* method = llvm::dyn_cast<clang::CXXMethodDecl>(call.callee);
  const bool is_hidden = method && method->getParent()->getName().starts_with("_");
  const clang::CXXRecordDecl* object =
      is_hidden && call.receiver ? class_of(bare(call.receiver)->getType()) : nullptr;
  return object ? qualified_name(*object) + "::" + method->getNameAsString() : shown_name(*call.callee);
}

}  // namespace corolint
