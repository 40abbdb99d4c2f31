#include "engine/stored_callables.h"

#include "clang/Basic/Builtins.h"
#include "coroutines/callable.h"
#include "coroutines/value_use.h"

namespace corolint {

namespace {

bool is_holder(const clang::ValueDecl* declaration) {
  if (!declaration || !holds_callable(declaration->getType().getNonReferenceType())) return false;
  const auto* variable = llvm::dyn_cast<clang::VarDecl>(declaration);
  return llvm::isa<clang::FieldDecl>(declaration) ||
         (variable && variable->hasGlobalStorage() && !variable->isLocalVarDecl());
}

// Returns the variable that `expr` names itself, with nothing behind it.
const clang::ValueDecl* named(const clang::Expr* expr) {
  expr = bare(expr);
  if (const auto* member = llvm::dyn_cast_or_null<clang::MemberExpr>(expr)) return member->getMemberDecl();
  const auto* reference = llvm::dyn_cast_or_null<clang::DeclRefExpr>(expr);
  return reference ? reference->getDecl() : nullptr;
}

// Returns what the value is made from, also where it is moved or forwarded.
const clang::Expr* origin(const clang::Expr* value) {
  const clang::Expr* made = made_from(value);
  const auto* call = llvm::dyn_cast_or_null<clang::CallExpr>(made);
  const bool passes_on = call && (call->getBuiltinCallee() == clang::Builtin::BImove ||
                                  call->getBuiltinCallee() == clang::Builtin::BIforward);
  return passes_on ? made_from(call->getArg(0)) : made;
}

bool is_empty(const clang::Expr* value) {
  const clang::Expr* made = made_from(value);
  const auto* construction = llvm::dyn_cast_or_null<clang::CXXConstructExpr>(made);
  const auto* braces = llvm::dyn_cast_or_null<clang::InitListExpr>(made);
  return !made ||
         llvm::isa<clang::CXXNullPtrLiteralExpr, clang::ImplicitValueInitExpr, clang::GNUNullExpr>(made) ||
         (construction && construction->getNumArgs() == 0) || (braces && braces->getNumInits() == 0);
}

// Returns the parameter or other holder whose value is copied or moved on, by a capture of its own name too:
// `[callback = std::move(callback)]`.
std::optional<Holder> holder_behind(const clang::Expr* value) {
  const clang::ValueDecl* declaration = named(origin(value));
  if (is_holder(declaration)) return Holder{declaration};
  if (const auto* capture = llvm::dyn_cast_or_null<clang::VarDecl>(declaration);
      capture && capture->isInitCapture() && capture->getInit())
    return holder_behind(capture->getInit());
  const auto* parameter = llvm::dyn_cast_or_null<clang::ParmVarDecl>(declaration);
  const auto* function =
      parameter ? llvm::dyn_cast<clang::FunctionDecl>(parameter->getDeclContext()) : nullptr;
  if (!function || !holds_callable(parameter->getType().getNonReferenceType())) return std::nullopt;
  return Holder{parameter, function, parameter->getFunctionScopeIndex()};
}

class Gathering {
 public:
  void look_at(const clang::Stmt* stmt) {
    if (const auto* assignment = llvm::dyn_cast<clang::BinaryOperator>(stmt);
        assignment && assignment->isAssignmentOp())
      store(named(assignment->getLHS()), assignment->getRHS(), stmt);
    if (const auto* assignment = llvm::dyn_cast<clang::CXXOperatorCallExpr>(stmt);
        assignment && assignment->getOperator() == clang::OO_Equal)
      store(named(assignment->getArg(0)), assignment->getArg(1), stmt);
    if (const auto* list = llvm::dyn_cast<clang::InitListExpr>(stmt)) look_at_aggregate(*list);
  }

  // A callable that is handed to a parameter waits there until the callee stores it or calls it.
  void look_at(const Call& call) {
    const clang::FunctionDecl* callee = call.function();
    if (!callee) return;
    const auto* method = llvm::dyn_cast<clang::CXXMethodDecl>(callee);
    const bool object_first =
        method && method->isInstance() && llvm::isa<clang::CXXOperatorCallExpr>(call.expr);
    for (unsigned i = object_first ? 1 : 0; i < call.arguments.size(); ++i) {
      const unsigned position = object_first ? i - 1 : i;
      if (position >= callee->getNumParams()) return;
      const clang::ParmVarDecl* parameter = callee->getParamDecl(position);
      if (holds_callable(parameter->getType().getNonReferenceType()))
        store(Holder{parameter, callee, position}, call.arguments[i], call.arguments[i]);
    }
  }

  void store(const clang::ValueDecl* variable, const clang::Expr* value, const clang::Stmt* place) {
    if (is_holder(variable)) store(Holder{variable}, value, place);
  }

  std::vector<StoredCallable> stored;

 private:
  void store(Holder holder, const clang::Expr* value, const clang::Stmt* place) {
    if (const auto* standard = llvm::dyn_cast_or_null<clang::CXXDefaultInitExpr>(value))
      value = standard->getExpr();
    if (!value || is_empty(value)) return;
    stored.push_back({holder, stored_function(origin(value)), holder_behind(value), place});
  }

  void look_at_aggregate(const clang::InitListExpr& written) {
    const clang::InitListExpr& list =
        written.isSemanticForm() || !written.getSemanticForm() ? written : *written.getSemanticForm();
    const clang::CXXRecordDecl* record =
        list.getType().isNull() ? nullptr : list.getType()->getAsCXXRecordDecl();
    if (!record || !record->hasDefinition() || !record->isAggregate() || record->isUnion()) return;
    unsigned at = record->getNumBases();  // initialised first
    for (const clang::FieldDecl* field : record->fields())
      if (!field->isUnnamedBitField() && at < list.getNumInits()) {
        const clang::Expr* value = list.getInit(at++);
        store(field, value, value);
      }
  }
};

}  // namespace

std::vector<StoredCallable> stored_callables(const Function& function) {
  Gathering gathering;
  if (function.is_pattern()) return {};  // what it stores, its instantiations tell
  if (const auto* constructor = llvm::dyn_cast<clang::CXXConstructorDecl>(&function.declaration()))
    for (const clang::CXXCtorInitializer* init : constructor->inits())
      gathering.store(init->getMember(), init->getInit(), init->getInit());
  for (const clang::Stmt* stmt : function.statements()) gathering.look_at(stmt);
  for (const Call& call : function.calls()) gathering.look_at(call);
  return gathering.stored;
}

const clang::ValueDecl* called_holder(const clang::CallExpr& call) {
  const auto* operation = llvm::dyn_cast<clang::CXXOperatorCallExpr>(&call);
  if (operation && operation->getOperator() != clang::OO_Call) return nullptr;
  if (!operation && call.getDirectCallee()) return nullptr;
  const clang::ValueDecl* holder = named(operation ? operation->getArg(0) : call.getCallee());
  return is_holder(holder) ? holder : nullptr;
}

}  // namespace corolint
