#pragma once

// The order in which a function runs, from Clang's control-flow graph. Lexical nesting says too little: a
// lock is released before a co_await, a handler rethrows on one path only.

#include <functional>
#include <memory>
#include <optional>

#include "clang/Analysis/Analyses/Dominators.h"
#include "clang/Analysis/CFG.h"
#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/SmallPtrSet.h"

namespace corolint {

class Flow {
 public:
  // Returns the flow of `body`, or null if Clang cannot make one.
  static std::unique_ptr<Flow> of(const clang::FunctionDecl& function, const clang::Stmt& body);

  // Has `first` run on every way to `second`?
  bool always_before(const clang::Stmt* first, const clang::Stmt* second) const;

  // Which way a condition goes in the case that is looked at; nothing if either may be.
  using Decide = std::function<std::optional<bool>(const clang::Expr& condition)>;

  using Is = std::function<bool(const clang::Stmt*)>;

  // Can control that has entered the handler go on to a statement for which `is_target` holds? Ways that
  // throw, or call what never returns, end there, and those that come to a statement for which `is_end`
  // holds; at conditions that `decide` answers only that way is gone.
  bool reaches(const clang::CXXCatchStmt& handler, const Is& is_target, const Decide& decide,
               const Is& is_end = {}) const;

  // Can control that has entered the handler leave the function, but by an exception? As above.
  bool returns(const clang::CXXCatchStmt& handler, const Decide& decide, const Is& is_end = {}) const;

  // Can control come from `stmt` back to it? As above.
  bool comes_back(const clang::Stmt* stmt, const Decide& decide, const Is& is_end = {}) const;

  // Can control that has run `first` (null: that has entered the function) come to a statement for which
  // `is_target` holds? As above; a statement that is both a target and an end is a target.
  bool comes_to(const clang::Stmt* first, const Is& is_target, const Is& is_end,
                const Decide& decide = undecided) const;

  // Can control that has run `first` leave the function, by an exception too, before it comes to a statement
  // for which `is_end` holds? As above.
  bool leaves_after(const clang::Stmt* first, const Is& is_end, const Decide& decide = undecided) const;

  // Can control come from `first` to `second`, without passing `barrier` if one is given? With `first` for
  // `second`: may it run again?
  bool may_follow(const clang::Stmt* first, const clang::Stmt* second,
                  const clang::Stmt* barrier = nullptr) const;

  // Either way may be gone at every condition.
  static std::optional<bool> undecided(const clang::Expr&) { return std::nullopt; }

 private:
  // What a walk does at a statement.
  enum class Step { go_on, found, end };
  struct Spot {
    const clang::CFGBlock* block = nullptr;
    std::size_t index = 0;
  };
  explicit Flow(std::unique_ptr<clang::CFG> graph);
  // Returns where control is when it has run `first`; no block if the graph does not hold it.
  Spot after(const clang::Stmt* first) const;

  // Finds what `visit` finds, or the block `goal`.
  bool walk(const Spot& start, const std::function<Step(const clang::Stmt*)>& visit, const Decide& decide,
            const clang::CFGBlock* goal = nullptr) const;

  std::unique_ptr<clang::CFG> graph_;
  mutable clang::CFGDomTree dominators_;
  llvm::DenseMap<const clang::Stmt*, Spot> spots_;
  llvm::DenseMap<const clang::Stmt*, const clang::CFGBlock*> labels_;  // catch statement → its first block
  llvm::SmallPtrSet<const clang::Stmt*, 4> throwing_;                  // calls of functions that always throw
};

}  // namespace corolint
