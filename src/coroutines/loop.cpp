#include "coroutines/loop.h"

#include <algorithm>

#include "clang/AST/ASTContext.h"
#include "coroutines/children.h"
#include "coroutines/container.h"
#include "unit/names.h"

namespace corolint {

namespace {

bool is_loop(const clang::Stmt* stmt) {
  return llvm::isa<clang::ForStmt, clang::WhileStmt, clang::DoStmt, clang::CXXForRangeStmt>(stmt);
}

bool is_constant_true(const clang::Expr& condition, const clang::ASTContext& context) {
  bool value = false;
  return !condition.isValueDependent() && condition.EvaluateAsBooleanCondition(value, context) && value;
}

// Is the size of `type` part of the type or written in the source: an array, std::array,
// std::initializer_list?
bool has_constant_size(clang::QualType type) {
  if (type->getAsArrayTypeUnsafe()) return true;
  const auto names = class_names(type);
  return std::any_of(names.begin(), names.end(), [](const std::string& name) {
    return name == "std::array" || name == "std::initializer_list" || name == "std::bitset" ||
           name == "std::tuple";
  });
}

// Is the range a local that an initializer list filled and that nothing can make grow: a const container?
bool is_constant_container(const clang::Expr* range) {
  const auto* reference = llvm::dyn_cast<clang::DeclRefExpr>(bare(range));
  const auto* variable = reference ? llvm::dyn_cast<clang::VarDecl>(reference->getDecl()) : nullptr;
  if (!variable || !variable->getType().isConstQualified() || !variable->getInit()) return false;
  const clang::Expr* init = variable->getInit()->IgnoreImplicit();
  const auto* made = llvm::dyn_cast<clang::CXXConstructExpr>(init);
  return llvm::isa<clang::InitListExpr>(init) || (made && made->isStdInitListInitialization());
}

bool is_written_number(const clang::Expr* expr) {
  return llvm::isa<clang::IntegerLiteral>(bare(expr)) ||
         (llvm::isa<clang::DeclRefExpr>(bare(expr)) && bare(expr)->getType().isConstQualified());
}

// std::min(n, 8) is at most 8, and std::min(begin + 8, n) is no more than 8 from where a window begins.
bool has_constant_limit(const Call& call) {
  return qualified_name(*call.callee) == "std::min" &&
         std::any_of(call.arguments.begin(), call.arguments.end(), [](const clang::Expr* argument) {
           const auto* sum = llvm::dyn_cast<clang::BinaryOperator>(bare(argument));
           return is_written_number(argument) ||
                  (sum && sum->getOpcode() == clang::BO_Add &&
                   (is_written_number(sum->getLHS()) || is_written_number(sum->getRHS())));
         });
}

// What a count or a condition is taken from, from the most to the least bounded.
Trips source_of(const clang::Stmt* expr, unsigned depth = 0);

Trips source_of_call(const Call& call, unsigned depth) {
  if (const clang::Expr* object = call.receiver) {
    // `i < thread_count()`: as good as a member, unless the object is a container itself.
    const clang::CXXRecordDecl* own =
        llvm::isa<clang::CXXThisExpr>(bare(object)) ? class_of(object->getType()) : nullptr;
    if (own && call.arguments.empty() && !is_container(*own)) return Trips::bounded;
    const bool is_constant = has_constant_size(object->getType()) ||
                             has_constant_size(bare(object)->getType()) || is_constant_container(object);
    return is_constant ? Trips::bounded : Trips::by_data;
  }
  if (has_constant_limit(call)) return Trips::bounded;
  Trips most = Trips::bounded;  // without arguments, hardware_concurrency() say: a property of the machine
  for (const clang::Expr* argument : call.arguments) {
    const bool is_data = class_of(argument->getType()) && !has_constant_size(argument->getType());
    most = std::max(most, is_data ? Trips::by_data : source_of(argument, depth + 1));
  }
  return most;
}

Trips source_of_variable(const clang::ValueDecl* declaration, unsigned depth) {
  if (const auto* parameter = llvm::dyn_cast<clang::ParmVarDecl>(declaration)) {
    const auto* function = llvm::dyn_cast<clang::FunctionDecl>(parameter->getDeclContext());
    return function && function->isMain() ? Trips::bounded
                                          : Trips::by_caller;  // a person typed main's arguments
  }
  const auto* variable = llvm::dyn_cast<clang::VarDecl>(declaration);
  if (!variable || !variable->isLocalVarDecl() || !variable->getInit()) return Trips::bounded;
  return source_of(variable->getInit(), depth + 1);
}

Trips source_of(const clang::Stmt* expr, unsigned depth) {
  if (!expr || depth > 8) return Trips::bounded;
  if (llvm::isa<clang::CoroutineSuspendExpr, clang::DependentCoawaitExpr>(expr)) return Trips::by_data;
  if (const auto call = as_call(expr);
      call && !call->is_construction() && !llvm::isa<clang::CXXOperatorCallExpr>(expr))
    return source_of_call(*call, depth);
  if (const auto* reference = llvm::dyn_cast<clang::DeclRefExpr>(expr)) {
    return source_of_variable(reference->getDecl(), depth);
  }
  Trips most = Trips::bounded;
  for (const clang::Stmt* child : written_children(*expr)) most = std::max(most, source_of(child, depth + 1));
  return most;
}

// `while (more())`, `while (!queue.empty())`, `while (auto x = next())`: somebody is asked each time whether
// to go on.
bool is_question(const clang::Expr* condition) {
  condition = bare(condition);
  if (const auto* negation = llvm::dyn_cast<clang::UnaryOperator>(condition))
    condition = bare(negation->getSubExpr());
  const auto call = as_call(condition);
  return call && !llvm::isa<clang::CXXOperatorCallExpr>(call->expr) && condition->getType()->isBooleanType();
}

bool is_atomic(clang::QualType type) {
  const clang::CXXRecordDecl* record = class_of(type);
  return record && qualified_name(*record) == "std::atomic";
}

// `while (running)`, `while (!stopped.load())`: the loop ends when somebody says so, not after a count.
bool is_flag(const clang::Expr* condition) {
  condition = bare(condition);
  if (const auto* negation = llvm::dyn_cast<clang::UnaryOperator>(condition))
    condition = bare(negation->getSubExpr());
  if (const auto call = as_call(condition); call && call->receiver)
    return condition->getType()->isBooleanType() && is_atomic(call->receiver->getType());
  return llvm::isa<clang::DeclRefExpr, clang::MemberExpr>(condition) &&
         (condition->getType()->isBooleanType() || is_atomic(condition->getType()));
}

// std::views::iota(0, n), irange(0, n): numbers that somebody chose, unless n is asked of data.
bool is_number_range(const clang::Expr* range) {
  const auto call = as_call(bare(range));
  if (!call || call->arguments.empty()) return false;
  const bool all_numbers = std::all_of(
      call->arguments.begin(), call->arguments.end(),
      [](const clang::Expr* argument) { return argument->getType()->isIntegralOrEnumerationType(); });
  return all_numbers &&
         std::none_of(call->arguments.begin(), call->arguments.end(),
                      [](const clang::Expr* argument) { return source_of(argument) == Trips::by_data; });
}

// Does the source say how many there are: `{1, 2, 3}`, `std::vector<task> tasks(4)`, `irange(0, 4)`?
bool has_written_size(const clang::Expr* init, const clang::ASTContext& context) {
  const auto* made = llvm::dyn_cast<clang::CXXConstructExpr>(init->IgnoreImplicit());
  if (!made) return is_number_range(init);
  if (made->isStdInitListInitialization()) return true;
  const clang::CXXRecordDecl* record = class_of(made->getType());
  const clang::Expr* count = made->getNumArgs() > 0 ? made->getArg(0) : nullptr;
  return count && record && record->isInStdNamespace() && is_container(*record) &&
         !count->isValueDependent() && count->getType()->isIntegralOrEnumerationType() &&
         count->isIntegerConstantExpr(context);
}

// A braced list that the source holds, or a local of a size that it holds and that nothing is added to.
bool is_written_list(const Function& function, const clang::Expr* range) {
  range = bare(range);
  if (const auto* cast = llvm::dyn_cast<clang::CXXFunctionalCastExpr>(range))
    range = bare(cast->getSubExpr());
  const auto* made = llvm::dyn_cast<clang::CXXConstructExpr>(range);
  if (made && made->isStdInitListInitialization()) return true;
  const auto* reference = llvm::dyn_cast<clang::DeclRefExpr>(range);
  const auto* variable = reference ? llvm::dyn_cast<clang::VarDecl>(reference->getDecl()) : nullptr;
  const bool is_local = variable && variable->getInit() &&
                        variable->getDeclContext() == &function.declaration() &&
                        !variable->getType()->isReferenceType();
  if (!is_local) return false;
  if (!has_written_size(variable->getInit(), variable->getASTContext())) return false;
  const auto names = function.all<clang::DeclRefExpr>();
  return std::none_of(names.begin(), names.end(), [&](const clang::DeclRefExpr* name) {
    return name->getDecl() == variable && container_use(function, name).kind == ContainerUse::added_to;
  });
}

Trips range_trips(const Function& function, const clang::Expr& range) {
  if (is_written_list(function, &range)) return Trips::bounded;
  if (range.getType()->isDependentType()) return Trips::bounded;
  if (has_constant_size(range.getType()) || has_constant_size(bare(&range)->getType())) return Trips::bounded;
  return is_constant_container(&range) || is_number_range(&range) ? Trips::bounded : Trips::by_data;
}

}  // namespace

Trips trips_of(const Function& function, const clang::Stmt& loop) {
  if (const auto* range_loop = llvm::dyn_cast<clang::CXXForRangeStmt>(&loop))
    return range_loop->getRangeInit() ? range_trips(function, *range_loop->getRangeInit()) : Trips::bounded;
  const clang::Expr* condition = loop_condition(loop);
  const clang::ASTContext& context = function.declaration().getASTContext();
  if (!condition || is_constant_true(*condition, context) || is_flag(condition)) return Trips::endless;
  return is_question(condition) ? Trips::by_data : source_of(condition);
}

Trips trips_over(const Function& function, const clang::Expr* range) {
  const auto call = as_call(bare(range));
  if (!call) return range_trips(function, *range);
  const clang::IdentifierInfo* name = call->callee->getIdentifier();
  if (call->receiver && name && name->getName().ends_with("begin"))
    return trips_over(function, call->receiver);
  // A function of nothing that is asked of no object, such as seastar::smp::all_cpus(): a property of the
  // machine.
  if (!call->receiver && call->arguments.empty() && !call->is_construction()) return Trips::bounded;
  return range_trips(function, *range);
}

const clang::Expr* loop_condition(const clang::Stmt& loop) {
  if (const auto* for_loop = llvm::dyn_cast<clang::ForStmt>(&loop)) return for_loop->getCond();
  if (const auto* while_loop = llvm::dyn_cast<clang::WhileStmt>(&loop)) return while_loop->getCond();
  if (const auto* do_loop = llvm::dyn_cast<clang::DoStmt>(&loop)) return do_loop->getCond();
  return nullptr;
}

std::vector<const clang::Stmt*> loops_around(const Function& function, const clang::Stmt* stmt) {
  std::vector<const clang::Stmt*> loops;
  for (const clang::Stmt* outer = function.parent(stmt); outer; stmt = outer, outer = function.parent(outer))
    if (is_loop(outer) && loop_body(*outer) == stmt) loops.push_back(outer);
  return loops;
}

const clang::Stmt* loop_body(const clang::Stmt& loop) {
  if (const auto* for_loop = llvm::dyn_cast<clang::ForStmt>(&loop)) return for_loop->getBody();
  if (const auto* while_loop = llvm::dyn_cast<clang::WhileStmt>(&loop)) return while_loop->getBody();
  if (const auto* do_loop = llvm::dyn_cast<clang::DoStmt>(&loop)) return do_loop->getBody();
  if (const auto* range_loop = llvm::dyn_cast<clang::CXXForRangeStmt>(&loop)) return range_loop->getBody();
  return nullptr;
}

}  // namespace corolint
