#include "unit/made_object.h"

#include "clang/AST/DeclTemplate.h"
#include "unit/names.h"

namespace corolint {

namespace {

// Does the function template take any number of arguments, to hand them on?
bool takes_pack(const clang::FunctionTemplateDecl& function) {
  const auto parameters = function.getTemplatedDecl()->parameters();
  return !parameters.empty() && parameters.back()->isParameterPack();
}

const clang::CXXRecordDecl* class_in(llvm::ArrayRef<clang::TemplateArgument> arguments) {
  const bool is_type = !arguments.empty() && arguments.front().getKind() == clang::TemplateArgument::Type;
  return is_type ? class_of(arguments.front().getAsType()) : nullptr;
}

// Returns the class whose object the function makes from its arguments, or null: of a function its first
// template argument, which its result holds (`shared_ptr<T> make_shared<T>(…)`); of a container's `emplace…`
// its element.
const clang::CXXRecordDecl* class_made_by(const clang::FunctionDecl& callee) {
  const clang::FunctionTemplateDecl* pattern = callee.getPrimaryTemplate();
  if (!pattern || !takes_pack(*pattern)) return nullptr;
  if (const auto* method = llvm::dyn_cast<clang::CXXMethodDecl>(&callee)) {
    const auto* holder = llvm::dyn_cast<clang::ClassTemplateSpecializationDecl>(method->getParent());
    const bool makes_element = holder && method->getIdentifier() && method->getName().contains("emplace");
    return makes_element ? class_in(holder->getTemplateArgs().asArray()) : nullptr;
  }
  const auto* holder =
      llvm::dyn_cast_or_null<clang::ClassTemplateSpecializationDecl>(class_of(callee.getReturnType()));
  const clang::CXXRecordDecl* made = class_in(callee.getTemplateSpecializationArgs()->asArray());
  return holder && made && class_in(holder->getTemplateArgs().asArray()) == made ? made : nullptr;
}

}  // namespace

const clang::CXXRecordDecl* class_made(const Call& call) {
  const clang::FunctionDecl* callee = call.is_construction() ? nullptr : call.function();
  return callee ? class_made_by(*callee) : nullptr;
}

const clang::CXXConstructorDecl* constructor_behind(const Call& call) {
  const clang::CXXRecordDecl* made = class_made(call);
  if (!made || !made->hasDefinition()) return nullptr;
  const clang::CXXConstructorDecl* found = nullptr;
  for (const clang::CXXConstructorDecl* constructor : made->ctors()) {
    const std::size_t count = call.arguments.size();
    if (constructor->isCopyOrMoveConstructor() || count < constructor->getMinRequiredArguments() ||
        count > constructor->getNumParams())
      continue;
    if (found) return nullptr;
    found = constructor;
  }
  return found;
}

const clang::CXXRecordDecl* class_made_for_owner(const Call& call) {
  return llvm::isa_and_nonnull<clang::CXXMethodDecl>(call.function()) ? nullptr : class_made(call);
}

}  // namespace corolint
