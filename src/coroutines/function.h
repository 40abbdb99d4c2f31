#pragma once

// A function of the project with a body, as rules see it: its statements in the order of the source, flat,
// with the bodies of nested lambdas left out (those are functions of their own, and may run elsewhere), and
// without the calls that only the compiler wrote.

#include <memory>
#include <string>
#include <vector>

#include "clang/AST/DeclCXX.h"
#include "clang/AST/StmtCXX.h"
#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/STLFunctionalExtras.h"
#include "unit/call.h"

namespace corolint {

class Flow;

// A place where a coroutine may give up its thread: co_await or co_yield, or a call, if it has a stack of its
// own.
struct Suspension {
  const clang::Expr* expr = nullptr;     // the whole of it
  const clang::Expr* operand = nullptr;  // what is awaited, as its author wrote it
  bool is_yield = false;
};

class Function {
 public:
  // `declaration` has a body and belongs to the project.
  explicit Function(const clang::FunctionDecl& declaration);
  ~Function();
  Function(Function&&) noexcept;
  Function& operator=(Function&&) noexcept;

  const clang::FunctionDecl& declaration() const { return *declaration_; }
  std::string name() const;
  // Is this asynchronous: a coroutine, and no generator that runs whenever its caller asks for a value?
  bool is_coroutine() const { return is_coroutine_; }
  // Is this a coroutine with a stack of its own? It suspends in plain calls, those that take what it was
  // given for that.
  bool is_stackful() const { return is_stackful_; }
  // Is this a coroutine of either kind?
  bool is_asynchronous() const { return is_coroutine_ || is_stackful_; }
  bool is_lambda() const;
  // Is this a template that no one has instantiated? Then much of it has no type yet.
  bool is_pattern() const { return declaration_->isDependentContext(); }
  // Returns what the author wrote between the braces, also for a coroutine.
  const clang::Stmt* body() const { return body_; }

  const std::vector<const clang::Stmt*>& statements() const { return statements_; }
  const std::vector<Call>& calls() const { return calls_; }
  const std::vector<Suspension>& suspensions() const { return suspensions_; }

  // Returns the statement that holds `stmt`, or null for the body itself.
  const clang::Stmt* parent(const clang::Stmt* stmt) const { return parents_.lookup(stmt); }
  // Is `inner` the statement `outer` or part of it?
  bool is_inside(const clang::Stmt* inner, const clang::Stmt* outer) const;

  // Returns the nearest statement of the type around `stmt` (which may be itself), or null.
  template <typename Node>
  const Node* around(const clang::Stmt* stmt) const {
    for (; stmt; stmt = parent(stmt))
      if (const auto* node = llvm::dyn_cast<Node>(stmt)) return node;
    return nullptr;
  }

  // Returns all statements of the type, in the order of the source.
  template <typename Node>
  std::vector<const Node*> all() const {
    std::vector<const Node*> nodes;
    for (const clang::Stmt* stmt : statements_)
      if (const auto* node = llvm::dyn_cast<Node>(stmt)) nodes.push_back(node);
    return nodes;
  }

  // Makes this a coroutine with a stack of its own if it has a parameter of a type that suspends.
  void look_for_stack(llvm::function_ref<bool(clang::QualType)> suspends);

  // Returns the order in which the function runs, or null where Clang has none: in a pattern.
  const Flow* flow() const;

 private:
  void collect(const clang::Stmt* stmt, const clang::Stmt* parent);

  const clang::FunctionDecl* declaration_;
  const clang::Stmt* body_;
  std::vector<const clang::Stmt*> statements_;
  std::vector<Call> calls_;
  std::vector<Suspension> suspensions_;
  llvm::DenseMap<const clang::Stmt*, const clang::Stmt*> parents_;
  bool is_coroutine_ = false, is_stackful_ = false;
  mutable std::unique_ptr<Flow> flow_;  // built when first asked for
};

}  // namespace corolint
