#include "blocking_calls.h"

#include <algorithm>

#include "closed_socket.h"
#include "coroutines/flow.h"
#include "coroutines/value_use.h"
#include "files.h"
#include "rule/elsewhere.h"
#include "unit/names.h"
#include "unit/shown_name.h"

namespace corolint::blocking {

namespace {

// Does the call not wait if its descriptor, or what its stream is of, was made non-blocking?
bool depends_on_descriptor(const Call& call, const Entry& blocker) {
  const clang::FunctionDecl* callee = call.function();
  if (!callee || llvm::isa<clang::CXXMethodDecl>(callee) || blocker.confidence != Confidence::medium)
    return false;
  return llvm::any_of(callee->parameters(), [](const clang::ParmVarDecl* parameter) {
    const clang::QualType pointee = parameter->getType()->getPointeeType();
    const bool is_stream = !pointee.isNull() && llvm::is_contained(class_names(pointee), "_IO_FILE");
    return is_stream || (parameter->getFunctionScopeIndex() == 0 && parameter->getType()->isIntegerType());
  });
}

// Returns the class whose object holds the descriptor, `file.number` or `file.number()`; null if it is none.
const clang::CXXRecordDecl* holder_of(const clang::Expr& descriptor) {
  const auto asked = as_call(bare(&descriptor));
  const auto* member = llvm::dyn_cast<clang::MemberExpr>(bare(&descriptor));
  const clang::Expr* object = asked ? asked->receiver : member ? member->getBase() : nullptr;
  if (!object) return nullptr;
  const clang::QualType type = object->getType().getNonReferenceType();
  return type->isPointerType() ? type->getPointeeCXXRecordDecl() : type->getAsCXXRecordDecl();
}

// Does the function ask whether a system call would have blocked? Then its descriptor is non-blocking.
bool tests_for_would_block(const Pass& pass, const clang::Stmt& body) {
  const llvm::StringRef text = pass.unit().text_of(body.getSourceRange());
  return text.contains("EAGAIN") || text.contains("EWOULDBLOCK") || text.contains("EINPROGRESS");
}

// Does the function that the call's result is handed to ask that: `checked(read(…))`?
bool result_is_tested(const Pass& pass, const Function& function, const Call& call) {
  const clang::Stmt* outer = function.parent(call.expr);
  while (llvm::isa_and_nonnull<clang::ImplicitCastExpr, clang::ParenExpr>(outer))
    outer = function.parent(outer);
  const auto tester = llvm::isa_and_nonnull<clang::Expr>(outer) ? as_call(outer) : std::nullopt;
  const clang::FunctionDecl* callee = tester ? tester->function() : nullptr;
  const clang::Stmt* body = callee && !pass.models().describes(*callee) ? callee->getBody() : nullptr;
  return body && tests_for_would_block(pass, *body);
}

bool is_before(const Function& function, const Call& first, const Call& second) {
  return function.flow() && function.flow()->always_before(first.expr, second.expr);
}

// Returns the object that a call of the role speaks of: the one that its entry names, else the receiver.
const clang::ValueDecl* object_meant(const Call& call, const Entry& entry) {
  return root_object(entry.on ? argument_at(call, *entry.on) : object_of(call));
}

// Has the function made the object of the call non-blocking, asked before that there is nothing to wait for,
// or awaited the end of all that it holds (`co_await when_all(a, b)`)? Or was it made ready
// (make_ready_future)?
bool is_ready(const Pass& pass, const Function& function, const Call& call) {
  const auto maker = call.receiver ? as_call(bare(call.receiver)) : std::nullopt;
  if (maker && pass.find(Role::detach_ok, *maker)) return true;
  const clang::ValueDecl* object = root_object(object_of(call));
  return object && std::any_of(function.calls().begin(), function.calls().end(), [&](const Call& other) {
           if (const Entry* combine = pass.find(Role::combine, other); combine && !combine->any)
             return is_awaited(function, other.expr) && mentions(function, other.expr, object) &&
                    is_before(function, other, call);
           if (const Entry* unblock = pass.find(Role::unblock, other))
             return object_meant(other, *unblock) == object;
           const Entry* ready = pass.find(Role::ready, other);
           return ready && object_meant(other, *ready) == object && is_before(function, other, call);
         });
}

// Is the object of the call what an await gave that ends when the work is done: `auto r = co_await
// when_all(…)`?
bool is_awaited_result(const Pass& pass, const Call& call) {
  const auto* variable = llvm::dyn_cast_or_null<clang::VarDecl>(root_object(object_of(call)));
  if (!variable || !variable->isLocalVarDecl() || !variable->getInit()) return false;
  const auto* await = llvm::dyn_cast<clang::CoawaitExpr>(initial_value(*variable));
  const auto made = await ? as_call(bare(await->getOperand())) : std::nullopt;
  const Entry* combine = made ? pass.find(Role::combine, *made) : nullptr;
  return made && (pass.find(Role::ready, *made) || (combine && !combine->any));
}

// Has the function awaited what the thread of the call signals: `std::thread t{[&] { …; done.notify(); }};
// co_await done.wait(); t.join();`? Then the thread is at its end.
bool is_signalled(const Function& function, const Call& call) {
  const auto* thread = llvm::dyn_cast_or_null<clang::VarDecl>(root_object(object_of(call)));
  if (!thread || !thread->isLocalVarDecl() || !thread->getInit() || !function.flow()) return false;
  const auto waits_for = [&](const clang::ValueDecl* variable) {
    return std::any_of(function.suspensions().begin(), function.suspensions().end(),
                       [&](const Suspension& one) {
                         return mentions(function, one.operand, variable) &&
                                function.flow()->always_before(one.expr, call.expr);
                       });
  };
  const auto signals = [&](const clang::LambdaExpr& work) {
    const Function body(*work.getCallOperator());
    return std::any_of(body.calls().begin(), body.calls().end(), [&](const Call& inner) {
      const clang::ValueDecl* object = inner.receiver ? root_object(inner.receiver) : nullptr;
      return llvm::isa_and_nonnull<clang::VarDecl>(object) && waits_for(object);
    });
  };
  const auto lambdas = function.all<clang::LambdaExpr>();
  return std::any_of(lambdas.begin(), lambdas.end(), [&](const clang::LambdaExpr* lambda) {
    return function.is_inside(lambda, thread->getInit()) && signals(*lambda);
  });
}

// Is it sure that `call`, known to block by `entry`, does not block here?
bool is_excused(const Pass& pass, const Function& function, const Call& call, const Entry& entry) {
  if (is_ready(pass, function, call) || runs_where_allowed(pass, function, call.expr, entry.role) ||
      is_on_closed_socket(function, call, entry))
    return true;
  if (entry.role == Role::sync_wait && is_awaited_result(pass, call)) return true;
  if (entry.subject == "wait" && is_signalled(function, call)) return true;
  return depends_on_descriptor(call, entry) &&
         (tests_for_would_block(pass, *function.body()) || result_is_tested(pass, function, call));
}

const Entry* blocker(const Pass& pass, const Call& call) {
  const Entry* entry = pass.find(Role::block, call);
  if (!entry) entry = pass.find(Role::sync_wait, call);
  return entry && entry->confidence != Confidence::low ? entry : nullptr;
}

}  // namespace

bool is_allowed(const Options& options, std::string_view function) {
  const std::vector<std::string>& names = options.words(allow.name);
  return std::find(names.begin(), names.end(), function) != names.end();
}

bool is_on_descriptor(const Entry& blocker) {
  return blocker.confidence == Confidence::medium && blocker.subject == "net";
}

std::vector<std::string> owners_of_descriptor(const Function& function, const Call& call,
                                              const Entry& blocker) {
  std::vector<std::string> owners;
  if (!depends_on_descriptor(call, blocker) || call.arguments.empty()) return owners;
  if (const clang::CXXRecordDecl* holder = holder_of(*call.arguments.front()))
    owners.push_back(qualified_name(*holder));
  if (const auto* method = llvm::dyn_cast<clang::CXXMethodDecl>(&function.declaration()))
    owners.push_back(qualified_name(*method->getParent()));
  return owners;
}

void each_blocking_call(const Pass& pass, const Function& function, const Statements& once,
                        llvm::function_ref<void(const Call&, const Entry&)> visit) {
  const auto blocks = [&](const Call& call) { return blocker(pass, call) != nullptr; };
  std::vector<BlockingCall> calls;
  for (const Call& call : function.calls()) {
    const Entry* entry = blocker(pass, call);
    if (!entry || is_excused(pass, function, call, *entry)) continue;
    if (is_allowed(pass.options(), qualified_name(*call.callee)) ||
        is_allowed(pass.options(), shown_name(call)))
      continue;
    if (is_on_harmless_stream(pass, function, call, *entry, blocks)) continue;
    calls.push_back({&call, entry});
  }
  for (const BlockingCall& one : one_for_each_file(pass, function, calls, once)) visit(*one.call, *one.entry);
}

}  // namespace corolint::blocking
