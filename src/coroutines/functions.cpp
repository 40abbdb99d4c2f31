#include "coroutines/functions.h"

#include <algorithm>

#include "clang/AST/DeclTemplate.h"
#include "clang/AST/RecursiveASTVisitor.h"
#include "llvm/ADT/DenseSet.h"

namespace corolint {

namespace {

class ErrorFinder : public clang::RecursiveASTVisitor<ErrorFinder> {
 public:
  bool VisitExpr(clang::Expr* expr) { return !(found = expr->containsErrors()); }
  bool VisitVarDecl(clang::VarDecl* variable) { return !(found = variable->isInvalidDecl()); }
  bool found = false;
};

bool has_errors(const clang::FunctionDecl& function, const Unit& unit) {
  if (function.isInvalidDecl() || unit.has_error_in(function.getSourceRange())) return true;
  ErrorFinder finder;
  finder.TraverseStmt(function.getBody());
  return finder.found;
}

class Collector : public clang::RecursiveASTVisitor<Collector> {
 public:
  explicit Collector(const Unit& unit) : unit_(unit) {}

  bool shouldVisitTemplateInstantiations() const { return true; }
  bool shouldVisitLambdaBody() const { return true; }

  bool VisitFunctionDecl(clang::FunctionDecl* function) {
    add(*function);
    return true;
  }

  bool VisitLambdaExpr(clang::LambdaExpr* lambda) {
    const clang::FunctionTemplateDecl* generic = lambda->getLambdaClass()->getDependentLambdaCallOperator();
    add(*lambda->getCallOperator());
    if (!generic) return true;
    for (clang::FunctionDecl* instance : generic->specializations()) {
      add(*instance);
      if (instance->doesThisDeclarationHaveABody()) TraverseStmt(instance->getBody());
    }
    return true;
  }

  // Clang's own traversal fails at a static member template that is defined outside its class: it takes each
  // declaration for an instantiation. All of a variable that can hold a function is its initialiser.
  bool TraverseVarTemplateDecl(clang::VarTemplateDecl* variable) {
    if (!TraverseDecl(variable->getTemplatedDecl())) return false;
    if (variable != variable->getCanonicalDecl()) return true;
    for (clang::VarTemplateSpecializationDecl* instance : variable->specializations())
      TraverseVarTemplateSpecializationDecl(instance);
    return true;
  }

  bool TraverseVarTemplateSpecializationDecl(clang::VarTemplateSpecializationDecl* variable) {
    const clang::Expr* value = variable->getAnyInitializer();
    return !value || TraverseStmt(const_cast<clang::Expr*>(value));
  }

  std::vector<const clang::FunctionDecl*> found;

 private:
  void add(const clang::FunctionDecl& function) {
    if (function.doesThisDeclarationHaveABody() && !function.isDefaulted() && !function.hasSkippedBody() &&
        unit_.is_project(function.getLocation()) && seen_.insert(&function).second)
      found.push_back(&function);
  }

  const Unit& unit_;
  llvm::DenseSet<const clang::FunctionDecl*> seen_;
};

// Takes away the templates of which an instantiation is there. They are told by where they stand: a lambda's
// instantiation does not lead back to its pattern.
void drop_instantiated_patterns(std::vector<const clang::FunctionDecl*>& functions) {
  llvm::DenseSet<clang::SourceLocation> instantiated;
  for (const clang::FunctionDecl* function : functions)
    if (!function->isDependentContext()) instantiated.insert(function->getBody()->getBeginLoc());
  std::erase_if(functions, [&](const clang::FunctionDecl* function) {
    return function->isDependentContext() && instantiated.contains(function->getBody()->getBeginLoc());
  });
}

// Its template leads to it; Clang asserts that it is not visited by itself.
bool is_implicit_instance(const clang::Decl& declaration) {
  const auto* variable = llvm::dyn_cast<clang::VarTemplateSpecializationDecl>(&declaration);
  return variable && variable->getTemplateSpecializationKind() == clang::TSK_ImplicitInstantiation;
}

}  // namespace

std::vector<Function> functions_of(const Unit& unit) {
  Collector collector(unit);
  for (clang::Decl* declaration : unit.ast().getTranslationUnitDecl()->noload_decls())
    if (unit.is_project(declaration->getLocation()) && !is_implicit_instance(*declaration))
      collector.TraverseDecl(declaration);
  auto& found = collector.found;
  std::erase_if(found, [&](const clang::FunctionDecl* function) { return has_errors(*function, unit); });
  drop_instantiated_patterns(found);
  std::stable_sort(found.begin(), found.end(),
                   [&](const clang::FunctionDecl* a, const clang::FunctionDecl* b) {
                     return unit.sources().isBeforeInTranslationUnit(a->getBody()->getBeginLoc(),
                                                                     b->getBody()->getBeginLoc());
                   });
  std::vector<Function> functions;
  functions.reserve(found.size());
  for (const clang::FunctionDecl* function : found) functions.emplace_back(*function);
  return functions;
}

}  // namespace corolint
