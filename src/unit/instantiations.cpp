#include "unit/instantiations.h"

#include "clang/AST/DeclTemplate.h"
#include "clang/AST/RecursiveASTVisitor.h"
#include "llvm/ADT/DenseSet.h"

namespace corolint {

namespace {

// Finds out whether something of the project stands in template arguments, at any depth.
class ProjectMention : public clang::RecursiveASTVisitor<ProjectMention> {
 public:
  ProjectMention(const clang::SourceManager& sources, const Files& files)
      : sources_(sources), files_(files) {}

  bool concerns(const clang::NamedDecl& declaration) {
    if (is_project(declaration)) return true;
    if (const auto* function = llvm::dyn_cast<clang::FunctionDecl>(&declaration))
      if (const auto* arguments = function->getTemplateSpecializationArgs(); arguments && any(*arguments))
        return true;
    if (const auto* variable = llvm::dyn_cast<clang::VarTemplateSpecializationDecl>(&declaration))
      if (any(variable->getTemplateArgs())) return true;
    for (const clang::DeclContext* scope = declaration.getDeclContext(); scope; scope = scope->getParent())
      if (const auto* record = llvm::dyn_cast<clang::CXXRecordDecl>(scope); record && concerns_class(*record))
        return true;
    return false;
  }

  bool VisitTagType(clang::TagType* type) { return !(found_ |= concerns_class(*type->getDecl())); }
  bool VisitTemplateSpecializationType(clang::TemplateSpecializationType* type) {
    return !(found_ |= any(type->template_arguments()));
  }

 private:
  bool is_project(const clang::Decl& declaration) const {
    return files_.is_project(sources_, declaration.getLocation());
  }

  // A class of the project, or one that is given something of it; remembered, since types repeat a lot.
  bool concerns_class(const clang::TagDecl& declaration) {
    const clang::TagDecl* canonical = declaration.getCanonicalDecl();
    const auto [at, is_new] = classes_.try_emplace(canonical, false);
    if (!is_new) return at->second;  // also while it is being answered: a recursive template adds nothing
    const auto* instance = llvm::dyn_cast<clang::ClassTemplateSpecializationDecl>(canonical);
    bool answer = is_project(*canonical) || (instance && any(instance->getTemplateArgs()));
    for (const clang::DeclContext* scope = canonical->getDeclContext(); scope && !answer;
         scope = scope->getParent()) {
      if (const auto* outer = llvm::dyn_cast<clang::TagDecl>(scope)) answer = concerns_class(*outer);
      if (const auto* function = llvm::dyn_cast<clang::FunctionDecl>(scope)) answer = concerns(*function);
    }
    return classes_[canonical] = answer;
  }

  bool any(const clang::TemplateArgumentList& arguments) { return any(arguments.asArray()); }
  bool any(llvm::ArrayRef<clang::TemplateArgument> arguments) {
    for (const clang::TemplateArgument& argument : arguments)
      if (concerns_argument(argument)) return true;
    return false;
  }

  bool concerns_argument(const clang::TemplateArgument& argument) {
    switch (argument.getKind()) {
      case clang::TemplateArgument::Type:
        return concerns_type(argument.getAsType());
      case clang::TemplateArgument::Pack:
        return any(argument.pack_elements());
      case clang::TemplateArgument::Declaration:
        return is_project(*argument.getAsDecl()) || concerns_type(argument.getParamTypeForDecl());
      case clang::TemplateArgument::Integral:
        return concerns_type(argument.getIntegralType());
      case clang::TemplateArgument::Null:
      case clang::TemplateArgument::NullPtr:
        return false;
      default:
        return true;  // a template, a value of a class: rare
    }
  }

  bool concerns_type(clang::QualType type) {
    const bool outer = std::exchange(found_, false);
    TraverseType(type.getCanonicalType());
    return std::exchange(found_, outer);
  }

  const clang::SourceManager& sources_;
  const Files& files_;
  llvm::DenseMap<const clang::TagDecl*, bool> classes_;
  bool found_ = false;
};

void instantiate(clang::Sema& sema, clang::ValueDecl& declaration, clang::SourceLocation at) {
  if (auto* function = llvm::dyn_cast<clang::FunctionDecl>(&declaration)) {
    const bool is_explicit =
        function->getTemplateSpecializationKind() == clang::TSK_ExplicitInstantiationDefinition;
    sema.InstantiateFunctionDefinition(at, function, /*Recursive=*/false, is_explicit, /*AtEndOfTU=*/true);
    if (function->isDefined()) function->setInstantiationIsPending(false);
    return;
  }
  auto* variable = llvm::cast<clang::VarDecl>(&declaration);
  const auto kind = variable->getMostRecentDecl()->getTemplateSpecializationKindForInstantiation();
  if (variable->getMostRecentDecl()->isInvalidDecl() || kind == clang::TSK_ExplicitSpecialization ||
      kind == clang::TSK_ExplicitInstantiationDeclaration)
    return;
  sema.InstantiateVariableDefinition(at, variable, /*Recursive=*/false,
                                     kind == clang::TSK_ExplicitInstantiationDefinition, /*AtEndOfTU=*/true);
}

}  // namespace

void instantiate_for_project(clang::Sema& sema, const Files& files) {
  ProjectMention mention(sema.getSourceManager(), files);
  // Clang puts what has no definition here back on its list, for a later try that would never end.
  llvm::DenseSet<const clang::ValueDecl*> tried;
  do {
    while (!sema.PendingInstantiations.empty()) {
      const auto [declaration, at] = sema.PendingInstantiations.front();
      sema.PendingInstantiations.pop_front();
      if (tried.insert(declaration).second && mention.concerns(*declaration))
        instantiate(sema, *declaration, at);
    }
  } while (sema.DefineUsedVTables());
}

}  // namespace corolint
