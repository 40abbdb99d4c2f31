#include <algorithm>

#include "coroutines/flow.h"
#include "coroutines/value_use.h"
#include "object.h"
#include "program_wide.h"
#include "records.h"
#include "unit/made_object.h"
#include "unit/names.h"

namespace corolint::timeout {

namespace {

std::string parameter_key(const Pass& pass, const clang::FunctionDecl& function, unsigned index) {
  return pass.key(function) + "#" + std::to_string(index);
}

std::string object_key(const Pass& pass, const clang::ValueDecl& object) {
  if (const auto* parameter = llvm::dyn_cast<clang::ParmVarDecl>(&object))
    if (const auto* function = llvm::dyn_cast<clang::FunctionDecl>(parameter->getDeclContext()))
      return parameter_key(pass, *function, parameter->getFunctionScopeIndex());
  return pass.key(object);
}

// An object of a class: a number or a text that is handed on carries no limit.
bool may_be_limited(const clang::ValueDecl* object) {
  return object && !llvm::isa<clang::FunctionDecl>(object) && class_of(object->getType());
}

// Where an object goes: the call, and the key under which it arrives.
struct Passing {
  const clang::ValueDecl* object;
  const clang::Expr* at;
  std::string to;
};

void add_arguments(const Pass& pass, const Call& call, std::vector<Passing>& passings) {
  const clang::FunctionDecl* callee = call.function();
  if (!callee || llvm::isa<clang::CXXOperatorCallExpr>(call.expr)) return;
  if (!pass.unit().is_project(callee->getLocation())) callee = constructor_behind(call);
  if (!callee || !pass.unit().is_project(callee->getLocation())) return;
  const auto count = std::min<std::size_t>(call.arguments.size(), callee->getNumParams());
  for (unsigned i = 0; i < count; ++i)
    if (const auto* object = object_named(call.arguments[i]); may_be_limited(object))
      passings.push_back({object, call.expr, parameter_key(pass, *callee, i)});
}

// A stream made from another, such as an ssl_stream around a tcp_stream, a reference to it, a captured copy.
void add_variables(const Pass& pass, const Function& function, std::vector<Passing>& passings) {
  for (const auto* statement : function.all<clang::DeclStmt>())
    for (const clang::Decl* declaration : statement->decls()) {
      const auto* variable = llvm::dyn_cast<clang::VarDecl>(declaration);
      if (!variable || !variable->getInit() || !may_be_limited(variable)) continue;
      const auto call = as_call(bare(variable->getInit()));
      std::vector<const clang::Expr*> parts = {variable->getInit()};
      if (call && call->is_construction()) parts = call->arguments;
      for (const clang::Expr* part : parts)
        if (const auto* object = object_named(part); may_be_limited(object) && object != variable &&
                                                     is_or_holds(variable->getType(), object->getType()))
          passings.push_back({object, variable->getInit(), object_key(pass, *variable)});
    }
  for (const auto* lambda : function.all<clang::LambdaExpr>())
    for (const clang::LambdaCapture& capture : lambda->captures())
      if (const auto* variable =
              capture.capturesVariable() ? llvm::dyn_cast<clang::VarDecl>(capture.getCapturedVar()) : nullptr;
          variable && variable->isInitCapture() && variable->getInit())
        if (const auto* object = object_named(variable->getInit()); may_be_limited(object))
          passings.push_back({object, variable->getInit(), object_key(pass, *variable)});
}

// `session(tcp::socket socket) : socket_(std::move(socket))`, `socket_ = std::move(socket)`.
void add_members(const Pass& pass, const Function& function, std::vector<Passing>& passings) {
  if (const auto* constructor = llvm::dyn_cast<clang::CXXConstructorDecl>(&function.declaration()))
    for (const clang::CXXCtorInitializer* init : constructor->inits())
      if (init->isWritten() && init->isMemberInitializer())
        if (const auto* object = object_named(init->getInit());
            may_be_limited(object) && is_or_holds(init->getMember()->getType(), object->getType()))
          passings.push_back({object, init->getInit(), object_key(pass, *init->getMember())});
  for (const auto* assignment : function.all<clang::CXXOperatorCallExpr>())
    if (assignment->getOperator() == clang::OO_Equal && assignment->getNumArgs() == 2) {
      const auto* to = object_named(assignment->getArg(0));
      const auto* from = object_named(assignment->getArg(1));
      if (may_be_limited(to) && may_be_limited(from) && to != from &&
          is_or_holds(to->getType(), from->getType()))
        passings.push_back({from, assignment, object_key(pass, *to)});
    }
}

std::vector<Passing> passings_of(const Pass& pass, const Function& function) {
  std::vector<Passing> passings;
  for (const Call& call : function.calls()) add_arguments(pass, call, passings);
  add_variables(pass, function, passings);
  add_members(pass, function, passings);
  return passings;
}

bool may_come_before(const Function& function, const clang::Expr* first, const clang::Expr* second) {
  return !function.flow() || function.flow()->may_follow(first, second);
}

// Returns the function of the project that the local variable was made by, or null.
const clang::FunctionDecl* maker_of(const Pass& pass, const clang::ValueDecl& object) {
  const auto* variable = llvm::dyn_cast<clang::VarDecl>(&object);
  const auto call = variable && variable->isLocalVarDecl() && variable->getInit()
                        ? as_call(initial_value(*variable))
                        : std::nullopt;
  const clang::FunctionDecl* maker = call && !call->is_construction() ? call->function() : nullptr;
  return maker && pass.unit().is_project(maker->getLocation()) ? maker : nullptr;
}

bool is_returned(const Function& function, const clang::ValueDecl* object) {
  const auto leaves = function.all<clang::ReturnStmt>();
  return std::any_of(leaves.begin(), leaves.end(), [&](const clang::ReturnStmt* leave) {
    return leave->getRetValue() && object_named(leave->getRetValue()) == object;
  });
}

// Returns what, if known, says that a limit is in force on `object` at `at`: from outside, or set by a callee
// before.
std::vector<std::string> limits_on(const Pass& pass, const Function& function, const clang::ValueDecl* object,
                                   const clang::Expr* at, const std::vector<Passing>& passings) {
  std::vector<std::string> limits = {"L" + object_key(pass, *object)};
  if (const auto* maker = maker_of(pass, *object)) limits.push_back("R" + pass.key(*maker) + "#");
  for (const Passing& passing : passings)
    if (passing.object == object && passing.at != at && may_come_before(function, passing.at, at))
      limits.push_back("U" + passing.to);
  return limits;
}

std::string file_of(const Pass& pass, const clang::ValueDecl& object) {
  return pass.unit().place_of(clang::SourceRange(object.getLocation())).file;
}

}  // namespace

void export_wait(Pass& pass, const Function& function, const KeptWait& kept) {
  Wait wait{kept.kind, "", "", pass.key(function.declaration()), {}, kept.finding};
  if (kept.object) {
    wait.object = object_key(pass, *kept.object);
    wait.declared = file_of(pass, *kept.object);
    wait.unless = limits_on(pass, function, kept.object, kept.call.expr, passings_of(pass, function));
  }
  export_record(pass, "wait", wait);
}

void export_passing(Pass& pass, const Function& function, const Bounds& bounds) {
  const std::string key = pass.key(function.declaration());
  const auto passings = passings_of(pass, function);
  for (const Deadline& deadline : bounds.deadlines)
    if (deadline.function == &function) {
      const std::string object = object_key(pass, *deadline.object);
      if (is_returned(function, deadline.object)) export_record(pass, "known", Known{"R" + key + "#"});
      if (llvm::isa<clang::ParmVarDecl>(deadline.object))
        export_record(pass, "known", Known{"U" + object});
      else
        export_record(pass, "limit", Limit{object, key});
    }
  for (const Passing& passing : passings) {
    const std::string object = object_key(pass, *passing.object);
    export_record(pass, "alias", Alias{object, file_of(pass, *passing.object), passing.to});
    const Call here{passing.at, nullptr, nullptr, {}};
    if (is_limited(pass, bounds, passing.object, function, here))
      export_record(pass, "known", Known{"L" + passing.to});
    for (const std::string& limit : limits_on(pass, function, passing.object, passing.at, passings))
      export_record(pass, "follows", Follows{limit, "L" + passing.to, object, key});
    // What a callee limits is limited for the caller's own callers as well.
    export_record(pass, "follows",
                  Follows{"U" + passing.to,
                          (llvm::isa<clang::ParmVarDecl>(passing.object) ? "U" : "L") + object, "", key});
  }
}

void export_limited(Pass& pass, const Bounds& bounds) {
  for (const clang::FunctionDecl* function : bounds.limited)
    if (pass.unit().is_project(function->getLocation()))
      export_record(pass, "limited", Limited{pass.key(*function)});
  for (const clang::ValueDecl* object : bounds.ended)
    if (may_be_limited(object)) export_record(pass, "known", Known{"L" + object_key(pass, *object)});
}

}  // namespace corolint::timeout
