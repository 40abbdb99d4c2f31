#include "peers.h"

#include <algorithm>
#include <array>

#include "coroutines/comparison.h"
#include "coroutines/loop.h"
#include "coroutines/value_use.h"
#include "unit/names.h"
#include "unit/smart_pointer.h"

namespace corolint::fan_out {

namespace {

// Returns the words of an identifier in lower case, in the singular: "pending", "uni", "stream" of
// `pendingUniStreams_`.
std::vector<std::string> words_of(llvm::StringRef name) {
  std::vector<std::string> words;
  for (std::size_t i = 0; i < name.size(); ++i) {
    const bool begins =
        words.empty() || name[i] == '_' || (llvm::isUpper(name[i]) && !llvm::isUpper(name[i - 1]));
    if (begins) words.emplace_back();
    if (name[i] != '_') words.back() += llvm::toLower(name[i]);
  }
  std::erase(words, "");
  for (std::string& word : words)
    if (word.ends_with("sses") || word.ends_with("xes"))
      word.erase(word.size() - 2);
    else if (word.ends_with('s') && !word.ends_with("ss"))
      word.pop_back();
  return words;
}

std::string last_word(llvm::StringRef name) {
  const auto words = words_of(name);
  return words.empty() ? "" : words.back();
}

// Says the name that they are such, or by which they are known: `peers`, `peer_addresses`, `sessionIds`?
bool names_peers(llvm::StringRef name) {
  static constexpr std::array<llvm::StringRef, 17> peers = {
      "backend", "broker",  "client", "cluster", "conn",  "connection", "follower",   "listener", "member",
      "peer",    "replica", "server", "session", "shard", "stream",     "subscriber", "worker"};
  static constexpr std::array<llvm::StringRef, 6> marks = {"addr", "address", "endpoint",
                                                           "id",   "info",    "name"};
  auto words = words_of(name);
  if (words.size() > 1 && std::ranges::find(marks, words.back()) != marks.end()) words.pop_back();
  return !words.empty() && std::ranges::find(peers, words.back()) != peers.end();
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

bool keeps_objects(const clang::Expr* range);

// Is the local a copy of such a member, or filled in a loop over it?
bool is_copy_of_kept(const clang::VarDecl& local) {
  const auto* declaration = llvm::dyn_cast<clang::FunctionDecl>(local.getDeclContext());
  if (!local.isLocalVarDecl() || !declaration || !declaration->hasBody()) return false;
  if (local.getInit() && keeps_objects(initial_value(local))) return true;
  const Function function(*declaration);
  const auto loops = function.all<clang::CXXForRangeStmt>();
  return std::any_of(function.calls().begin(), function.calls().end(), [&](const Call& call) {
    return call.receiver && root_object(call.receiver) == &local && !call.arguments.empty() &&
           std::any_of(loops.begin(), loops.end(), [&](const clang::CXXForRangeStmt* loop) {
             return function.is_inside(call.expr, loop->getBody()) &&
                    keeps_objects(bare(loop->getRangeInit()));
           });
  });
}

// Is it a member or a global in which the program keeps objects, or a copy of one?
bool keeps_objects(const clang::Expr* range) {
  const clang::NamedDecl* name = named_by(range);
  const auto* variable = llvm::dyn_cast_or_null<clang::VarDecl>(name);
  const bool is_kept =
      llvm::isa_and_nonnull<clang::FieldDecl>(name) || (variable && variable->hasGlobalStorage());
  if (!name || !name->getIdentifier() || names_load(name->getName())) return false;
  bool holds = false;
  each_type_argument(range->getType().getNonReferenceType(),
                     [&](clang::QualType part) { holds = holds || is_object(part); });
  return holds && (is_kept || (variable && is_copy_of_kept(*variable)));
}

}  // namespace

bool holds_peers(const clang::Expr* range) {
  for (; range; range = made_of(bare(range))) {
    if (holds_values_of_peers(range->getType())) return true;
    const clang::Expr* named = bare(range);
    if (const auto* access = llvm::dyn_cast<clang::UnaryOperator>(named);
        access && access->getOpcode() == clang::UO_Deref)
      named = bare(access->getSubExpr());
    if (keeps_objects(named)) return true;
    const auto call = as_call(named);
    const clang::NamedDecl* name = call ? call->callee : named_by(named);
    if (class_of(range->getType()) && names_peers(name)) return true;
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
