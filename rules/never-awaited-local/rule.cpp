#include <algorithm>

#include "coroutines/flow.h"
#include "coroutines/local_scope.h"
#include "coroutines/loop.h"
#include "coroutines/value_use.h"
#include "rule/pass.h"
#include "unit/names.h"

namespace corolint {

namespace {

constexpr Message never_awaited{
    "never-awaited", "'{1}' holds the '{0}' of '{2}', which has begun, and on one way nothing awaits it"};

using Names = std::vector<const clang::DeclRefExpr*>;

// Returns where the variable is named, but for assignments of nothing.
Names names_of(const Function& function, const clang::VarDecl& variable) {
  Names names;
  for (const auto* name : function.all<clang::DeclRefExpr>())
    if (name->getDecl() == &variable) names.push_back(name);
  return names;
}

// Is it work that has begun, that goes on when the object is dropped, and that somebody should wait for?
std::optional<Awaitable> begun_work(const Pass& pass, const clang::Expr* made) {
  const auto call = llvm::isa<clang::CallExpr>(made) && made->isPRValue() ? as_call(made) : std::nullopt;
  if (!call || pass.find(Role::detach_ok, *call)) return std::nullopt;
  auto awaitable = pass.awaitable(made->getType());
  const bool is_begun = awaitable && awaitable->start == Start::eager &&
                        awaitable->discard == Discard::error && awaitable->drop != Drop::unknown &&
                        !awaitable->owns_work();
  return is_begun ? awaitable : std::nullopt;
}

// Is the variable named in a loop that begins after it? Whether the loop runs at all is not known.
bool is_named_in_loop(const Function& function, const LocalScope& scope, const Names& names) {
  return std::any_of(names.begin(), names.end(), [&](const clang::DeclRefExpr* name) {
    const auto loops = loops_around(function, name);
    return std::any_of(loops.begin(), loops.end(), [&](const clang::Stmt* loop) {
      return scope.holds(loop) && !function.is_inside(scope.declaration(), loop);
    });
  });
}

// Returns the statement of the variable's block that holds `stmt`.
const clang::Stmt* part_of_block(const Function& function, const LocalScope& scope, const clang::Stmt* stmt) {
  const clang::Stmt* block = function.parent(scope.declaration());
  while (stmt && function.parent(stmt) != block) stmt = function.parent(stmt);
  return stmt;
}

// Is the variable awaited in one branch and in another statement's branch? Their conditions may be each
// other's opposite.
bool is_split(const Function& function, const LocalScope& scope, const Names& names) {
  std::vector<const clang::Stmt*> parts;
  for (const clang::DeclRefExpr* name : names) {
    const clang::Stmt* part = part_of_block(function, scope, name);
    if (!llvm::isa_and_nonnull<clang::IfStmt, clang::SwitchStmt>(part)) return false;
    if (std::find(parts.begin(), parts.end(), part) == parts.end()) parts.push_back(part);
  }
  return parts.size() > 1;
}

bool captures(const clang::Stmt* stmt, const clang::VarDecl& variable) {
  const auto* lambda = llvm::dyn_cast<clang::LambdaExpr>(stmt);
  return lambda && std::any_of(lambda->capture_begin(), lambda->capture_end(), [&](const auto& capture) {
           return capture.capturesVariable() && capture.getCapturedVar() == &variable;
         });
}

// Where the variable's life can end with nobody having looked at it.
struct Leak {
  bool is_there = false;
  const clang::Stmt* at = nullptr;  // the return, if it is one
};

Leak leak_of(const Function& function, const clang::VarDecl& variable, const LocalScope& scope) {
  const Flow& flow = *function.flow();
  const auto is_end = [&](const clang::Stmt* stmt) {
    const auto* name = llvm::dyn_cast<clang::DeclRefExpr>(stmt);
    return (name && name->getDecl() == &variable) || captures(stmt, variable) ||
           llvm::isa<clang::CXXThrowExpr>(stmt);
  };
  for (const clang::Stmt* leave : function.statements()) {
    if (!llvm::isa<clang::ReturnStmt, clang::CoreturnStmt>(leave) || !scope.holds(leave)) continue;
    const auto is_it = [&](const clang::Stmt* stmt) { return stmt == leave; };
    if (flow.comes_to(scope.declaration(), is_it, is_end)) return {true, leave};
  }
  const auto is_outside = [&](const clang::Stmt* stmt) { return !scope.holds(stmt); };
  return {flow.comes_to(scope.declaration(), is_outside, is_end) ||
          flow.leaves_after(scope.declaration(), is_end)};
}

std::string what_happens(const Awaitable& awaitable) {
  const std::string type = "'" + awaitable.word + "' ";
  if (awaitable.drop == Drop::terminate || awaitable.drop == Drop::assert_fails)
    return type + "ends the program when it is dropped before its end";
  if (awaitable.drop == Drop::destroy)
    return type + "destroys its coroutine when it is dropped: the work ends where it is suspended";
  return type + "goes on by itself when it is dropped: its error is lost, and what it refers to may be gone";
}

void check_variable(Pass& pass, const Function& function, const clang::VarDecl& variable) {
  if (!variable.isLocalVarDecl() || variable.isStaticLocal() || !variable.getInit()) return;
  if (!variable.getType()->isRecordType()) return;
  const clang::Expr* made = initial_value(variable);
  const auto work = begun_work(pass, made);
  const Names names = work ? names_of(function, variable) : Names();
  if (names.empty() || unread_value(function, variable)) return;
  if (!function.flow()) return;
  const LocalScope scope(function, variable);
  if (!scope.declaration() || is_named_in_loop(function, scope, names) || is_split(function, scope, names))
    return;
  const Leak leak = leak_of(function, variable, scope);
  if (!leak.is_there) return;
  pass.report(function, &variable, never_awaited,
              {work->word, variable.getNameAsString(), qualified_name(*as_call(made)->callee)})
      .label(what_happens(*work))
      .note(leak.at, "leaves here without having awaited it")
      .note(names.front(), "awaited or passed on here")
      .help("await it before each way out, or begin the work after the last of them");
}

void check(Pass& pass) {
  for (const Function& function : pass.functions()) {
    if (function.is_pattern()) continue;
    for (const auto* statement : function.all<clang::DeclStmt>())
      for (const clang::Decl* declared : statement->decls())
        if (const auto* variable = llvm::dyn_cast<clang::VarDecl>(declared);
            variable && statement->isSingleDecl())
          check_variable(pass, function, *variable);
  }
}

}  // namespace

Rule never_awaited_local() {
  return {
      .check = check, .messages = {never_awaited}, .level = Level::note, .cwe = 772, .group = "lost-work"};
}

}  // namespace corolint
