#include "models/annotations.h"

#include <map>

#include "clang/AST/Attr.h"

namespace corolint {

namespace {

bool has_effect(const clang::NamedDecl& decl, clang::FunctionEffect::Kind kind) {
  const auto* function = llvm::dyn_cast<clang::FunctionDecl>(&decl);
  if (!function) return false;
  for (const clang::FunctionEffectWithCondition& effect : function->getFunctionEffects())
    if (effect.Effect.kind() == kind && !effect.Cond.getCondition()) return true;
  return false;
}

bool is_marked(const clang::NamedDecl& decl, llvm::StringRef word) {
  for (const auto* attribute : decl.getMostRecentDecl()->specific_attrs<clang::AnnotateAttr>()) {
    llvm::StringRef text = attribute->getAnnotation();
    if (text.consume_front("corolint:") && text.trim() == word) return true;
  }
  return false;
}

Entry entry_of(Role role) {
  Entry entry;
  entry.role = role;
  entry.subject = role == Role::block ? "wait" : "";
  entry.discard = Discard::ok;
  entry.allows_blocking = entry.allows_sync_wait = role == Role::offload;
  return entry;
}

}  // namespace

const Entry* annotated(Role role, const clang::NamedDecl& decl) {
  static const std::map<Role, std::string_view> words = {
      {Role::block, "blocking"}, {Role::offload, "offload"},   {Role::detach_ok, "detach-ok"},
      {Role::limit, "limiter"},  {Role::deadline, "deadline"}, {Role::timeout, "deadline"}};
  static const std::map<Role, Entry> entries = [] {
    std::map<Role, Entry> made;
    for (const auto& [role, word] : words) made.emplace(role, entry_of(role));
    return made;
  }();
  const auto word = words.find(role);
  if (word == words.end()) return nullptr;
  const bool is_blocking = role == Role::block && has_effect(decl, clang::FunctionEffect::Kind::Blocking);
  return is_blocking || is_marked(decl, word->second) ? &entries.at(role) : nullptr;
}

bool is_marked_nonblocking(const clang::NamedDecl& decl) {
  return has_effect(decl, clang::FunctionEffect::Kind::NonBlocking) || is_marked(decl, "nonblocking");
}

}  // namespace corolint
