#include "holds.h"

#include <algorithm>

#include "coroutines/value_use.h"

namespace corolint::locks {

namespace {

bool is_named(const clang::NamedDecl* decl, std::initializer_list<llvm::StringRef> names) {
  const clang::IdentifierInfo* name = decl ? decl->getIdentifier() : nullptr;
  return name && std::any_of(names.begin(), names.end(),
                             [&](llvm::StringRef one) { return name->getName().equals_insensitive(one); });
}

// Does an object that is made like this hold nothing yet: from nothing, or with `defer_lock`?
bool is_empty(const clang::Expr* made) {
  if (!made || llvm::isa<clang::CXXNullPtrLiteralExpr, clang::ImplicitValueInitExpr>(made)) return true;
  if (const auto* braces = llvm::dyn_cast<clang::InitListExpr>(made)) return braces->getNumInits() == 0;
  const auto* construction = llvm::dyn_cast<clang::CXXConstructExpr>(made);
  if (!construction) return false;
  if (construction->getNumArgs() == 0 || construction->getArg(0)->isDefaultArgument())
    return construction->getConstructor()->isDefaultConstructor() &&
           !construction->getType()->getAsCXXRecordDecl()->hasAttr<clang::ScopedLockableAttr>();
  return std::any_of(construction->arg_begin(), construction->arg_end(), [](const clang::Expr* argument) {
    const clang::CXXRecordDecl* tag = argument->getType()->getAsCXXRecordDecl();
    const bool is_tag = tag && tag->hasDefinition() && tag->isEmpty();
    return is_tag && (tag->getName().contains("defer") || tag->getName().starts_with("nullopt"));
  });
}

// Returns what a guard that is made like this locks, as far as it is written there.
const clang::Expr* locked_by(const clang::Expr* made) {
  if (const auto* braces = llvm::dyn_cast<clang::InitListExpr>(made))
    return braces->getNumInits() > 0 ? locked_by(made_from(braces->getInit(0))) : nullptr;
  if (const auto call = as_call(made)) return object_of(*call);
  return llvm::isa<clang::DeclRefExpr, clang::MemberExpr>(made) ? made : nullptr;
}

class Search {
 public:
  Search(Guards& guards, const Function& function) : guards_(guards), function_(function) {}

  std::vector<Hold> run() {
    for (const clang::ParmVarDecl* parameter : function_.declaration().parameters()) add_variable(*parameter);
    for (const auto* statement : function_.all<clang::DeclStmt>())
      for (const clang::Decl* declared : statement->decls())
        if (const auto* variable = llvm::dyn_cast<clang::VarDecl>(declared))
          if (variable->isLocalVarDecl() && !variable->isStaticLocal()) add_variable(*variable, statement);
    for (const auto* made : function_.all<clang::MaterializeTemporaryExpr>()) add_temporary(*made);
    for (const Call& call : function_.calls()) add_call(call);
    return std::move(holds_);
  }

 private:
  void add_variable(const clang::VarDecl& variable, const clang::DeclStmt* statement = nullptr) {
    const bool is_extended = variable.getType()->isReferenceType() && is_lifetime_extended(variable);
    const Holds holds =
        guards_.held_by(is_extended ? variable.getType().getNonReferenceType() : variable.getType());
    if (holds == Holds::nothing) return;
    guards_found_[&variable] = holds;
    const clang::Expr* made = statement && variable.getInit() ? initial_value(variable) : nullptr;
    const bool may_be_empty = statement && holds != Holds::affine;
    if (may_be_empty && (is_empty(direct_value(variable)) || (made && is_empty(made)))) return;
    add_guard(variable, statement, made ? locked_by(made) : nullptr);
  }

  // Does the reference keep a temporary alive?
  static bool is_lifetime_extended(const clang::VarDecl& variable) {
    const clang::Expr* init = variable.getInit();
    if (const auto* whole = llvm::dyn_cast_or_null<clang::ExprWithCleanups>(init)) init = whole->getSubExpr();
    while (const auto* cast = llvm::dyn_cast_or_null<clang::ImplicitCastExpr>(init))
      init = cast->getSubExpr();
    return llvm::isa_and_nonnull<clang::MaterializeTemporaryExpr>(init);
  }

  // What the variable is made from, before copies are looked through.
  static const clang::Expr* direct_value(const clang::VarDecl& variable) {
    return variable.getInit() ? bare(variable.getInit()) : nullptr;
  }

  void add_guard(const clang::VarDecl& holder, const clang::Stmt* start, const clang::Expr* object) {
    holds_.push_back({Hold::guard, guards_found_[&holder] == Holds::affine, start, &holder, object});
  }

  // A guard without a name lives until the end of its expression.
  void add_temporary(const clang::MaterializeTemporaryExpr& made) {
    if (made.getStorageDuration() != clang::SD_FullExpression) return;
    const Holds holds = guards_.held_by(made.getType());
    const auto call = as_call(made_from(made.getSubExpr()));
    if (holds != Holds::lock || !call) return;
    holds_.push_back({Hold::temporary, false, call->expr, nullptr, object_of(*call)});
  }

  void add_call(const Call& call) {
    const auto* name = call.receiver ? llvm::dyn_cast<clang::DeclRefExpr>(bare(call.receiver)) : nullptr;
    const auto* holder = name ? llvm::dyn_cast<clang::VarDecl>(name->getDecl()) : nullptr;
    if (holder && guards_found_.contains(holder)) return add_call_of_guard(*holder, call);
    if (!llvm::isa<clang::CallExpr>(call.expr)) return;
    if (call.receiver && guards_.tries(call) && is_condition(call.expr))
      holds_.push_back({Hold::by_hand, false, call.expr, nullptr, call.receiver, true});
    if (!guards_.locks(call)) return;
    if (call.receiver) {
      holds_.push_back({Hold::by_hand, false, call.expr, nullptr, call.receiver});
    } else if (!call.arguments.empty()) {
      holds_.push_back({Hold::by_hand, false, call.expr, nullptr, call.arguments.front()});
    }
  }

  // Does what comes next depend on the answer and nothing else?
  bool is_condition(const clang::Expr* expr) const {
    const clang::Stmt* outer = function_.parent(expr);
    while (llvm::isa_and_nonnull<clang::UnaryOperator, clang::ImplicitCastExpr, clang::ParenExpr>(outer))
      outer = function_.parent(outer);
    const auto* branch = llvm::dyn_cast_or_null<clang::IfStmt>(outer);
    return branch && function_.is_inside(expr, branch->getCond());
  }

  // `lock.lock()`, `lock = std::unique_lock(mutex)`, `lock.emplace(mutex)`
  void add_call_of_guard(const clang::VarDecl& holder, const Call& call) {
    const auto* operation = llvm::dyn_cast<clang::CXXOperatorCallExpr>(call.expr);
    const bool is_assignment = operation && operation->getOperator() == clang::OO_Equal;
    if (is_named(call.callee, {"lock", "lock_shared", "relock"})) add_guard(holder, call.expr, nullptr);
    if (is_named(call.callee, {"emplace"}) && guards_found_[&holder] == Holds::wrapped)
      add_guard(holder, call.expr, call.arguments.empty() ? nullptr : call.arguments.front());
    if (is_assignment && call.arguments.size() == 2)
      if (const clang::Expr* made = made_from(call.arguments[1]); !is_empty(made))
        add_guard(holder, call.expr, locked_by(made));
  }

  Guards& guards_;
  const Function& function_;
  std::map<const clang::VarDecl*, Holds> guards_found_;
  std::vector<Hold> holds_;
};

}  // namespace

std::vector<Hold> holds_in(Guards& guards, const Function& function) {
  return Search(guards, function).run();
}

}  // namespace corolint::locks
