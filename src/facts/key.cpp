#include "facts/key.h"

#include "clang/AST/DeclCXX.h"
#include "clang/Index/USRGeneration.h"

namespace corolint {

namespace {

std::string usr_of(const clang::Decl& decl) {
  llvm::SmallString<128> usr;
  return clang::index::generateUSRForDecl(&decl, usr) ? std::string() : usr.str().str();
}

std::string place_text(const Place& place) {
  return place.file + ":" + std::to_string(place.line) + ":" + std::to_string(place.column);
}

bool is_in_closure(const clang::Decl& decl) {
  for (const clang::DeclContext* context = decl.getDeclContext(); context; context = context->getParent())
    if (const auto* record = llvm::dyn_cast<clang::CXXRecordDecl>(context); record && record->isLambda())
      return true;
  return false;
}

std::string key_of(const clang::NamedDecl& decl, const Unit& unit) {
  const std::string usr = usr_of(decl);
  const bool is_closure = is_in_closure(decl);
  if (!usr.empty() && !is_closure && decl.isExternallyVisible()) return usr;
  const Place place = unit.place_of(clang::SourceRange(decl.getLocation()));
  return is_closure || usr.empty() ? place_text(place) + "|" + decl.getNameAsString()
                                   : place.file + "|" + usr;
}

}  // namespace

std::string function_key(const clang::FunctionDecl& function, const Unit& unit) {
  return key_of(*function.getCanonicalDecl(), unit);
}

std::string variable_key(const clang::ValueDecl& variable, const Unit& unit) {
  return key_of(*llvm::cast<clang::ValueDecl>(variable.getCanonicalDecl()), unit);
}

}  // namespace corolint
