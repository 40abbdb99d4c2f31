#include "unit/early_uses.h"

#include "clang/AST/RecursiveASTVisitor.h"

namespace corolint {

namespace {

class UseFinder : public clang::RecursiveASTVisitor<UseFinder> {
 public:
  UseFinder(const clang::SourceManager& sources, const PrefixWatch& watch)
      : sources_(sources), watch_(watch) {}

  bool VisitDeclRefExpr(clang::DeclRefExpr* reference) {
    return check(reference->getFoundDecl(), reference->getLocation());
  }
  bool VisitMemberExpr(clang::MemberExpr* member) {
    return check(member->getMemberDecl(), member->getMemberLoc());
  }
  bool VisitCXXConstructExpr(clang::CXXConstructExpr* made) {
    return check(made->getConstructor(), made->getLocation());
  }
  bool VisitOverloadExpr(clang::OverloadExpr* overloads) {
    for (const clang::NamedDecl* candidate : overloads->decls())
      if (!check(candidate, overloads->getNameLoc())) return false;
    return true;
  }
  bool VisitTypeLoc(clang::TypeLoc type) {
    if (const auto tag = type.getAs<clang::TagTypeLoc>()) return check(tag.getDecl(), tag.getNameLoc());
    if (const auto alias = type.getAs<clang::TypedefTypeLoc>())
      return check(alias.getDecl(), alias.getNameLoc());
    if (const auto instance = type.getAs<clang::TemplateSpecializationTypeLoc>())
      return check(instance.getTypePtr()->getTemplateName().getAsTemplateDecl(),
                   instance.getTemplateNameLoc());
    return true;
  }

  std::string found;

 private:
  // Is the declaration, or another one of the same thing, there at the place of its use?
  bool check(const clang::NamedDecl* declaration, clang::SourceLocation use) {
    if (!declaration) return true;
    const clang::SourceLocation at = sources_.getExpansionLoc(use);
    for (const clang::Decl* one : declaration->redecls())
      if (!watch_.comes_later(one->getLocation(), at)) return true;
    found = declaration->getNameAsString();
    return false;
  }

  const clang::SourceManager& sources_;
  const PrefixWatch& watch_;
};

}  // namespace

std::string used_too_early(clang::ASTContext& context, const Files& files, const PrefixWatch& watch) {
  const clang::SourceManager& sources = context.getSourceManager();
  const clang::SourceLocation last = watch.last_include();
  if (last.isInvalid()) return {};
  UseFinder finder(sources, watch);
  for (clang::Decl* declaration : context.getTranslationUnitDecl()->noload_decls()) {
    const clang::SourceLocation begin = sources.getExpansionLoc(declaration->getBeginLoc());
    if (declaration->isImplicit() || !files.is_project(sources, begin) ||
        !sources.isBeforeInTranslationUnit(begin, last))
      continue;
    if (!finder.TraverseDecl(declaration)) return finder.found;
  }
  return {};
}

}  // namespace corolint
