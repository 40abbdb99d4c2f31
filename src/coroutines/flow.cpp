#include "coroutines/flow.h"

#include "clang/AST/ASTContext.h"
#include "clang/AST/StmtCXX.h"
#include "llvm/ADT/SmallPtrSet.h"

namespace corolint {

std::unique_ptr<Flow> Flow::of(const clang::FunctionDecl& function, const clang::Stmt& body) {
  clang::CFG::BuildOptions options;
  options.setAllAlwaysAdd();
  options.PruneTriviallyFalseEdges = true;
  auto graph = clang::CFG::buildCFG(&function, const_cast<clang::Stmt*>(&body), &function.getASTContext(), options);
  return graph ? std::unique_ptr<Flow>(new Flow(std::move(graph))) : nullptr;
}

Flow::Flow(std::unique_ptr<clang::CFG> graph) : graph_(std::move(graph)), dominators_(graph_.get()) {
  for (const clang::CFGBlock* block : *graph_) {
    if (const clang::Stmt* label = block->getLabel()) labels_[label] = block;
    std::size_t index = 0;
    for (const clang::CFGElement& element : *block) {
      if (const auto stmt = element.getAs<clang::CFGStmt>())
        spots_.try_emplace(stmt->getStmt(), Spot{block, index});
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

bool Flow::may_follow(const clang::Stmt* first, const clang::Stmt* second) const {
  const Spot a = spots_.lookup(first);
  return a.block && reaches_from(*a.block, a.index + 1, [&](const clang::Stmt* stmt) { return stmt == second; });
}

bool Flow::reaches(const clang::CXXCatchStmt& handler,
                   const std::function<bool(const clang::Stmt*)>& is_target) const {
  const clang::CFGBlock* start = labels_.lookup(&handler);
  return start && reaches_from(*start, 0, is_target);
}

// Walks block by block; the first block is entered at `index` and may be entered again from its top.
bool Flow::reaches_from(const clang::CFGBlock& start, std::size_t index,
                        const std::function<bool(const clang::Stmt*)>& is_target) const {
  std::vector<std::pair<const clang::CFGBlock*, std::size_t>> work = {{&start, index}};
  llvm::SmallPtrSet<const clang::CFGBlock*, 32> seen;
  while (!work.empty()) {
    const auto [block, first] = work.back();
    work.pop_back();
    bool throws = false;
    for (std::size_t i = first; i < block->size() && !throws; ++i) {
      const auto stmt = (*block)[static_cast<unsigned>(i)].getAs<clang::CFGStmt>();
      if (!stmt) continue;
      if (is_target(stmt->getStmt())) return true;
      throws = llvm::isa<clang::CXXThrowExpr>(stmt->getStmt());
    }
    if (throws || block->hasNoReturnElement()) continue;
    for (const clang::CFGBlock* next : block->succs())
      if (next && seen.insert(next).second) work.emplace_back(next, 0);
  }
  return false;
}

}  // namespace corolint
