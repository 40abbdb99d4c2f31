#include "peers.h"

#include <algorithm>
#include <array>

#include "coroutines/comparison.h"
#include "coroutines/loop.h"
#include "unit/names.h"
#include "unit/smart_pointer.h"

namespace corolint::fan_out {

namespace {

// Returns the last word of an identifier in lower case, in the singular: "stream" of `pendingUniStreams_`.
std::string last_word(llvm::StringRef name) {
  name = name.rtrim('_');
  const std::size_t before = name.find_last_of('_');
  if (before != llvm::StringRef::npos) name = name.drop_front(before + 1);
  const auto begin = std::find_if(name.rbegin(), name.rend(), [](char c) { return llvm::isUpper(c); });
  if (begin != name.rend()) name = name.drop_front(name.rend() - begin - 1);
  name.consume_back("s");
  return name.lower();
}

bool names_peers(llvm::StringRef name) {
  static constexpr std::array<llvm::StringRef, 15> words = {
      "broker", "client",  "cluster", "conn",  "connection", "follower",   "listener", "member",
      "peer",   "replica", "session", "shard", "stream",     "subscriber", "worker"};
  return std::find(words.begin(), words.end(), last_word(name)) != words.end();
}

// What comes and goes with the load.
bool names_load(llvm::StringRef name) {
  static constexpr std::array<llvm::StringRef, 9> words = {"command", "event",   "item",  "job", "message",
                                                           "packet",  "request", "query", "task"};
  return std::find(words.begin(), words.end(), last_word(name)) != words.end();
}

bool names_peers(const clang::NamedDecl* decl) {
  return decl && decl->getIdentifier() && names_peers(decl->getName());
}

bool holds_values_of_peers(clang::QualType range) {
  bool holds = false;
  each_type_argument(range.getNonReferenceType(),
                     [&](clang::QualType part) { holds = holds || names_peers(class_of(part)); });
  return holds;
}

// Returns the variable or field that the expression is, or null.
const clang::NamedDecl* named_by(const clang::Expr* expr) {
  if (const auto* member = llvm::dyn_cast<clang::MemberExpr>(expr)) return member->getMemberDecl();
  const auto* name = llvm::dyn_cast<clang::DeclRefExpr>(expr);
  return name ? name->getDecl() : nullptr;
}

// Returns what an iterator, a view or a copy is made of: `sessions` of `sessions.begin()`,
// `std::end(sessions)` and `sessions | std::views::values`; null if that cannot be told.
const clang::Expr* made_of(const clang::Expr* range) {
  const auto call = as_call(range);
  if (!call) return nullptr;
  if (call->receiver) return call->receiver;
  return call->arguments.empty() ? nullptr : call->arguments.front();
}

bool is_copyable(const clang::CXXRecordDecl& record) {
  if (record.needsImplicitCopyConstructor()) return !record.defaultedCopyConstructorIsDeleted();
  return std::any_of(record.ctor_begin(), record.ctor_end(), [](const clang::CXXConstructorDecl* one) {
    return one->isCopyConstructor() && !one->isDeleted();
  });
}

// Is the element an object of the program, or a pointer to one, and not a value?
bool is_object(clang::QualType element) {
  const clang::CXXRecordDecl* pointed =
      element->isPointerType() ? element->getPointeeCXXRecordDecl() : smart_pointee(element);
  const clang::CXXRecordDecl* record = pointed ? pointed : element->getAsCXXRecordDecl();
  if (!record || !record->hasDefinition() || !record->getIdentifier() || names_load(record->getName()))
    return false;
  const auto& sources = record->getASTContext().getSourceManager();
  return !sources.isInSystemHeader(record->getLocation()) && (pointed || !is_copyable(*record));
}

// Is it a member or a global in which the program keeps objects?
bool keeps_objects(const clang::Expr* range) {
  const clang::NamedDecl* name = named_by(range);
  const auto* variable = llvm::dyn_cast_or_null<clang::VarDecl>(name);
  const bool is_kept =
      llvm::isa_and_nonnull<clang::FieldDecl>(name) || (variable && variable->hasGlobalStorage());
  if (!is_kept || names_load(name->getName())) return false;
  bool holds = false;
  each_type_argument(range->getType().getNonReferenceType(),
                     [&](clang::QualType part) { holds = holds || is_object(part); });
  return holds;
}

}  // namespace

bool holds_peers(const clang::Expr* range) {
  for (; range; range = made_of(bare(range))) {
    if (holds_values_of_peers(range->getType())) return true;
    const clang::Expr* named = bare(range);
    if (keeps_objects(named)) return true;
    const auto call = as_call(named);
    const clang::NamedDecl* name = call ? call->callee : named_by(named);
    if (class_of(named->getType()) && names_peers(name)) return true;
  }
  return false;
}

bool is_over_peers(const clang::Stmt& loop) {
  if (const auto* range_loop = llvm::dyn_cast<clang::CXXForRangeStmt>(&loop))
    return holds_peers(range_loop->getRangeInit());
  const clang::Expr* condition = loop_condition(loop);
  const auto comparison = condition ? as_comparison(*condition) : std::nullopt;
  return comparison && (holds_peers(comparison->left) || holds_peers(comparison->right));
}

}  // namespace corolint::fan_out
