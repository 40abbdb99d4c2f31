#include "coroutines/flow.h"

#include <algorithm>

#include "clang/AST/ASTContext.h"
#include "clang/AST/ExprCXX.h"
#include "clang/AST/StmtCXX.h"
#include "unit/call.h"

namespace corolint {

namespace {

bool holds(const clang::Stmt* outer, const clang::Stmt* inner) {
  return outer == inner ||
         std::any_of(outer->child_begin(), outer->child_end(),
                     [&](const clang::Stmt* child) { return child && holds(child, inner); });
}

// Does `thrown` stand in the block of a try statement that is part of `stmt`?
bool is_tried_inside(const clang::Stmt& stmt, const clang::CXXThrowExpr& thrown) {
  if (const auto* block = llvm::dyn_cast<clang::CXXTryStmt>(&stmt);
      block && holds(block->getTryBlock(), &thrown))
    return true;
  return std::any_of(stmt.child_begin(), stmt.child_end(),
                     [&](const clang::Stmt* child) { return child && is_tried_inside(*child, thrown); });
}

// Does the handler throw here? What is thrown inside a try of its own comes to that try's handlers; else it
// leaves.
bool leaves(const clang::CXXCatchStmt& handler, const clang::Stmt* stmt) {
  const auto* thrown = llvm::dyn_cast<clang::CXXThrowExpr>(stmt);
  return thrown && !is_tried_inside(handler, *thrown);
}

bool has_return(const clang::Stmt& stmt) {
  if (llvm::isa<clang::ReturnStmt, clang::CXXTryStmt, clang::CoroutineBodyStmt>(stmt)) return true;
  return !llvm::isa<clang::LambdaExpr>(stmt) &&
         std::any_of(stmt.child_begin(), stmt.child_end(),
                     [&](const clang::Stmt* child) { return child && has_return(*child); });
}

// Does the function throw at its end, and not leave before that? Not all who write such a helper mark it
// [[noreturn]].
bool always_throws(const clang::FunctionDecl& function) {
  const clang::FunctionDecl* definition = function.getDefinition();
  const auto* block =
      definition ? llvm::dyn_cast_or_null<clang::CompoundStmt>(definition->getBody()) : nullptr;
  const auto* last =
      block && !block->body_empty() ? llvm::dyn_cast<clang::Expr>(block->body_back()) : nullptr;
  return last && llvm::isa<clang::CXXThrowExpr>(last->IgnoreImplicit()) && !has_return(*block);
}

// Returns which way the condition goes: what `decide` says of it, or of the parts of `a && b` and `a || b`.
std::optional<bool> answer_of(const clang::Expr& condition, const Flow::Decide& decide) {
  const auto* both = llvm::dyn_cast<clang::BinaryOperator>(bare(&condition));
  if (!both || !both->isLogicalOp()) return decide(condition);
  const auto left = answer_of(*both->getLHS(), decide), right = answer_of(*both->getRHS(), decide);
  const bool decisive = both->getOpcode() == clang::BO_LOr;  // `true ||`, `false &&`
  if (left == decisive || right == decisive) return decisive;
  return left && right ? left : std::nullopt;
}

// Returns the blocks that may come after `block`; its condition's first successor is the one for true.
llvm::SmallVector<const clang::CFGBlock*, 2> ways_out(const clang::CFGBlock& block,
                                                      const Flow::Decide& decide) {
  llvm::SmallVector<const clang::CFGBlock*, 2> ways(block.succ_begin(), block.succ_end());
  const auto* condition = llvm::dyn_cast_or_null<clang::Expr>(block.getTerminatorCondition());
  const auto answer = condition && ways.size() == 2 ? answer_of(*condition, decide) : std::nullopt;
  if (answer) return {ways[*answer ? 0 : 1]};
  return ways;
}

}  // namespace

std::unique_ptr<Flow> Flow::of(const clang::FunctionDecl& function, const clang::Stmt& body) {
  clang::CFG::BuildOptions options;
  options.setAllAlwaysAdd();
  options.PruneTriviallyFalseEdges = true;
  auto graph =
      clang::CFG::buildCFG(&function, const_cast<clang::Stmt*>(&body), &function.getASTContext(), options);
  return graph ? std::unique_ptr<Flow>(new Flow(std::move(graph))) : nullptr;
}

Flow::Flow(std::unique_ptr<clang::CFG> graph) : graph_(std::move(graph)), dominators_(graph_.get()) {
  for (const clang::CFGBlock* block : *graph_) {
    if (const clang::Stmt* label = block->getLabel()) labels_[label] = block;
    std::size_t index = 0;
    for (const clang::CFGElement& element : *block) {
      if (const auto stmt = element.getAs<clang::CFGStmt>()) {
        spots_.try_emplace(stmt->getStmt(), Spot{block, index});
        const auto* call = llvm::dyn_cast<clang::CallExpr>(stmt->getStmt());
        const clang::FunctionDecl* callee = call ? call->getDirectCallee() : nullptr;
        if (callee && always_throws(*callee)) throwing_.insert(call);
      }
      ++index;
    }
  }
}

bool Flow::always_before(const clang::Stmt* first, const clang::Stmt* second) const {
  const Spot a = spots_.lookup(first), b = spots_.lookup(second);
  if (!a.block || !b.block) return false;
  if (a.block == b.block) return a.index < b.index;
  return dominators_.properlyDominates(a.block, b.block);
}

bool Flow::may_follow(const clang::Stmt* first, const clang::Stmt* second, const clang::Stmt* barrier) const {
  const Spot start = spots_.lookup(first);
  if (!start.block) return false;
  const auto visit = [&](const clang::Stmt* stmt) {
    if (stmt == second) return Step::found;
    return stmt == barrier ? Step::end : Step::go_on;
  };
  return walk({start.block, start.index + 1}, visit, undecided);
}

bool Flow::reaches(const clang::CXXCatchStmt& handler, const Is& is_target, const Decide& decide,
                   const Is& is_end) const {
  const clang::CFGBlock* start = labels_.lookup(&handler);
  const auto visit = [&](const clang::Stmt* stmt) {
    if (is_target(stmt)) return Step::found;
    return leaves(handler, stmt) || (is_end && is_end(stmt)) ? Step::end : Step::go_on;
  };
  return start && walk({start, 0}, visit, decide);
}

bool Flow::returns(const clang::CXXCatchStmt& handler, const Decide& decide, const Is& is_end) const {
  const clang::CFGBlock* start = labels_.lookup(&handler);
  const auto visit = [&](const clang::Stmt* stmt) {
    return leaves(handler, stmt) || (is_end && is_end(stmt)) ? Step::end : Step::go_on;
  };
  return start && walk({start, 0}, visit, decide, &graph_->getExit());
}

bool Flow::comes_back(const clang::Stmt* stmt, const Decide& decide, const Is& is_end) const {
  const Spot start = spots_.lookup(stmt);
  const auto visit = [&](const clang::Stmt* passed) {
    if (passed == stmt) return Step::found;
    return llvm::isa<clang::CXXThrowExpr>(passed) || (is_end && is_end(passed)) ? Step::end : Step::go_on;
  };
  return start.block && walk({start.block, start.index + 1}, visit, decide);
}

Flow::Spot Flow::after(const clang::Stmt* first) const {
  if (!first) return {&graph_->getEntry(), 0};
  const Spot at = spots_.lookup(first);
  return {at.block, at.index + 1};
}

bool Flow::comes_to(const clang::Stmt* first, const Is& is_target, const Is& is_end,
                    const Decide& decide) const {
  const Spot start = after(first);
  const auto visit = [&](const clang::Stmt* stmt) {
    if (is_target(stmt)) return Step::found;
    return llvm::isa<clang::CXXThrowExpr>(stmt) || is_end(stmt) ? Step::end : Step::go_on;
  };
  return start.block && walk(start, visit, decide);
}

bool Flow::leaves_after(const clang::Stmt* first, const Is& is_end, const Decide& decide) const {
  const Spot start = after(first);
  const auto visit = [&](const clang::Stmt* stmt) { return is_end(stmt) ? Step::end : Step::go_on; };
  return start.block && walk(start, visit, decide, &graph_->getExit());
}

// Walks block by block; the first block is entered at an index and may be entered again from its top.
bool Flow::walk(const Spot& start, const std::function<Step(const clang::Stmt*)>& visit, const Decide& decide,
                const clang::CFGBlock* goal) const {
  std::vector<Spot> work = {start};
  llvm::SmallPtrSet<const clang::CFGBlock*, 32> seen;
  while (!work.empty()) {
    const Spot spot = work.back();
    work.pop_back();
    Step step = Step::go_on;
    for (std::size_t i = spot.index; i < spot.block->size() && step == Step::go_on; ++i)
      if (const auto stmt = (*spot.block)[static_cast<unsigned>(i)].getAs<clang::CFGStmt>()) {
        step = visit(stmt->getStmt());
        if (step == Step::go_on && throwing_.contains(stmt->getStmt())) step = Step::end;
      }
    if (step == Step::found) return true;
    if (step == Step::end || spot.block->hasNoReturnElement()) continue;
    for (const clang::CFGBlock* next : ways_out(*spot.block, decide)) {
      if (next && next == goal) return true;
      if (next && seen.insert(next).second) work.push_back({next, 0});
    }
  }
  return false;
}

}  // namespace corolint
