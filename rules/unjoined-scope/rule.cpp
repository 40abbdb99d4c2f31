#include <algorithm>
#include <map>
#include <set>

#include "coroutines/flow.h"
#include "coroutines/local_scope.h"
#include "early_way.h"
#include "rule/may_throw.h"
#include "rule/program.h"
#include "rule/record.h"
#include "uses.h"

namespace corolint {

using namespace unjoined;

namespace {

constexpr Message local{"local", "'{0}' gets work, and on one way it ends without being joined"};
constexpr Message thrown{"throw", "if this await throws, '{0}', which has work, ends without being joined"};
constexpr Message field{"field", "'{0}' gets work, and nothing ever joins it"};
constexpr Message early{"early", "'{0}' gets work before '{1}' is set, and is not joined if '{1}' was not"};

// A field of the program gets work.
struct Added {
  std::string scope;
  Finding finding;
};
RULE_RECORD(Added, scope, finding)

// A member is only set after the field has got work.
struct SetAfter {
  std::string scope;
  std::string member;
  Finding finding;
};
RULE_RECORD(SetAfter, scope, member, finding)

// Something joins the field, or may do so; `leaves` says where it does not, if the member `unless` decides.
struct Joined {
  std::string scope;
  std::string unless;
  std::vector<Note> leaves;
};
RULE_RECORD(Joined, scope, unless, leaves)

FindingBuilder describe(FindingBuilder finding, const Use& added) {
  return finding.label("ends the program, or what it holds, if work is still in it when it is destroyed")
      .note(added.name, "gets work here")
      .help("await " + (added.model->join.empty() ? "it" : "its '" + added.model->join.front() + "'") +
            " before it ends, on each way");
}

bool captures(const clang::Stmt* stmt, const clang::ValueDecl& scope) {
  const auto* lambda = llvm::dyn_cast<clang::LambdaExpr>(stmt);
  return lambda && std::any_of(lambda->capture_begin(), lambda->capture_end(), [&](const auto& capture) {
           return capture.capturesVariable() && capture.getCapturedVar() == &scope;
         });
}

// Is the scope joined at `stmt`, or might it be there?
bool joins(const clang::Stmt* stmt, const clang::VarDecl& scope, const std::vector<Use>& uses) {
  return captures(stmt, scope) || std::any_of(uses.begin(), uses.end(), [&](const Use& use) {
           return use.name == stmt && use.scope == &scope && use.kind == Use::join;
         });
}

// Does what is thrown at `stmt` end the scope? A handler in its life is taken to catch it.
bool ends_by_throw(const Function& function, const LocalScope& lives, const clang::Stmt* stmt) {
  const clang::CXXTryStmt* block = try_around(function, stmt);
  return lives.holds(stmt) && (!block || !lives.holds(block));
}

// Can the scope end after `added` without a join?
bool may_end_unjoined(const Function& function, const clang::VarDecl& scope, const Use& added,
                      const std::vector<Use>& uses) {
  const LocalScope lives(function, scope);
  const auto is_end = [&](const clang::Stmt* stmt) {
    return joins(stmt, scope, uses) || llvm::isa<clang::CXXThrowExpr>(stmt);
  };
  const auto is_outside = [&](const clang::Stmt* stmt) {
    return llvm::isa<clang::CXXThrowExpr>(stmt) ? ends_by_throw(function, lives, stmt) : !lives.holds(stmt);
  };
  const Flow& flow = *function.flow();
  return flow.comes_to(added.name, is_outside, is_end) || flow.leaves_after(added.name, is_end);
}

// Returns the first await after `added`, and before a join, out of which an exception may come that ends the
// scope, or null.
const clang::Expr* await_that_ends(const Pass& pass, const Function& function, const clang::VarDecl& scope,
                                   const Use& added, const std::vector<Use>& uses) {
  const LocalScope lives(function, scope);
  const auto is_end = [&](const clang::Stmt* stmt) { return joins(stmt, scope, uses); };
  const auto joins_itself = [&](const clang::Expr* await) {
    return std::any_of(uses.begin(), uses.end(), [&](const Use& use) {
      return use.scope == &scope && function.is_inside(use.name, await);
    });
  };
  for (const Suspension& suspension : function.suspensions())
    if (!joins_itself(suspension.expr) && ends_by_throw(function, lives, suspension.expr) &&
        may_throw(pass, function, suspension) &&
        function.flow()->comes_to(
            added.name, [&](const clang::Stmt* stmt) { return stmt == suspension.expr; }, is_end))
      return suspension.expr;
  return nullptr;
}

void check_locals(Pass& pass, const Function& function, const std::vector<Use>& uses) {
  std::set<const clang::ValueDecl*> reported;
  for (const Use& use : uses) {
    const auto* scope = llvm::dyn_cast<clang::VarDecl>(use.scope);
    if (use.kind != Use::add || !scope || !scope->isLocalVarDecl() || scope->isStaticLocal()) continue;
    if (scope->getParentFunctionOrMethod() != &function.declaration()) continue;
    if (reported.contains(scope) || !function.flow()) continue;
    const std::vector<std::string> name = {scope->getNameAsString()};
    if (may_end_unjoined(function, *scope, use, uses))
      describe(pass.report(function, scope, local, name), use);
    else if (const clang::Expr* await = await_that_ends(pass, function, *scope, use, uses))
      describe(pass.report(function, await, thrown, name), use)
          .help("catch what it throws, join '" + name.front() + "', and throw it on");
    else
      continue;
    reported.insert(scope);
  }
}

void export_join(Pass& pass, const Function& function, const Use& use, const clang::FieldDecl& scope) {
  Joined joined{pass.key(scope), "", {}};
  if (const auto way = early_way(function, use)) {
    joined.unless = pass.key(*way->tested);
    joined.leaves = {{pass.unit().place_of(way->leave->getSourceRange()), "leaves here without a join"}};
  }
  export_record(pass, "joined", joined);
}

void export_fields(Pass& pass, const Function& function, const std::vector<Use>& uses) {
  for (const Use& use : uses) {
    const auto* scope = llvm::dyn_cast<clang::FieldDecl>(use.scope);
    if (!scope || !pass.unit().is_project(scope->getLocation())) continue;
    if (use.kind == Use::join) export_join(pass, function, use, *scope);
    if (use.kind != Use::add) continue;
    const clang::SourceRange name(scope->getLocation());
    for (const clang::FieldDecl* member : set_after(function, use)) {
      describe(pass.keep(function, name, early, {scope->getNameAsString(), member->getNameAsString()}), use);
      export_record(pass, "set-after",
                    SetAfter{pass.key(*scope), pass.key(*member), pass.take_kept().back()});
    }
    describe(pass.keep(function, name, field, {scope->getNameAsString()}), use);
    export_record(pass, "added", Added{pass.key(*scope), pass.take_kept().back()});
  }
}

void check(Pass& pass) {
  Scopes scopes(pass);
  for (const Function& function : pass.functions()) {
    if (function.is_pattern()) continue;
    const std::vector<Use> uses = scopes.uses_in(function);
    if (uses.empty()) continue;
    check_locals(pass, function, uses);
    export_fields(pass, function, uses);
  }
}

void conclude(Program& program) {
  if (!program.is_complete()) return;
  std::multimap<std::string, Joined> joined;
  for (Joined& one : records_of<Joined>(program, "joined")) joined.emplace(one.scope, std::move(one));
  std::set<std::string> reported;
  for (Added& added : records_of<Added>(program, "added"))
    if (!joined.contains(added.scope) && reported.insert(added.scope).second)
      program.report(std::move(added.finding), "");
  for (SetAfter& one : records_of<SetAfter>(program, "set-after")) {
    const auto [first, last] = joined.equal_range(one.scope);
    const bool may_miss = first != last && std::all_of(first, last, [&](const auto& join) {
                            return join.second.unless == one.member;
                          });
    if (!may_miss || !reported.insert(one.scope).second) continue;
    one.finding.notes.push_back(first->second.leaves.front());
    program.report(std::move(one.finding), "");
  }
}

}  // namespace

Rule unjoined_scope() {
  return {.check = check,
          .messages = {local, thrown, field, early},
          .level = Level::note,
          .cwe = 772,
          .conclude = conclude,
          .group = "lost-work"};
}

}  // namespace corolint
