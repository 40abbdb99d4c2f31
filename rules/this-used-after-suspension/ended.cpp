// Objects that end before the coroutines that were started on them.

#include <algorithm>

#include "coroutines/value_use.h"
#include "exports.h"
#include "unit/names.h"

namespace corolint::objects {

namespace {

std::vector<Note> notes_on(const Pass& pass, const End& end, const clang::Stmt* at) {
  const auto place = [&](clang::SourceRange range) { return pass.unit().place_of(range); };
  std::vector<Note> notes;
  if (end.kind == End::local) notes.push_back({place(end.variable->getLocation()), "ends with its scope"});
  if (end.kind == End::temporary)
    notes.push_back({place(end.way->getSourceRange()), "a temporary: it ends with this expression"});
  if (at != end.way)
    notes.push_back({place(at->getSourceRange()), "called here, and nobody waits for the work"});
  return notes;
}

}  // namespace

bool Classes::have_coroutines(const clang::CXXRecordDecl& record) {
  const auto [known, is_new] = known_.try_emplace(&record, false);
  if (is_new && pass_.unit().is_project(record.getLocation()))
    known->second = std::any_of(record.method_begin(), record.method_end(), [&](const auto* method) {
      const clang::QualType type = method->getReturnType();
      return type->isRecordType() &&
             (coroutine_type_shape(type, pass_.ast()).type || pass_.awaitable(type).has_value());
    });
  return known->second;
}

void export_end(Pass& pass, const Function& function, const LetGo& start) {
  const End end = end_of(function, start.receiver);
  if (end.kind == End::none || !end.type || names_owner(function, start.at, *end.type, end.way)) return;
  const bool is_returned = llvm::isa<clang::ReturnStmt>(start.at);
  const bool is_past_end =
      end.kind == End::temporary || (!is_returned && start.is_free && is_past(pass, function, end, start.at));
  if (is_past_end && !pass.is_suppressed(start.at))
    export_record(
        pass, "ends",
        Ends{definition_key(pass, *start.coroutine), start.is_started, notes_on(pass, end, start.at)});
}

void export_call(Pass& pass, Classes& classes, const Function& function, const Call& call) {
  const auto* method = llvm::dyn_cast_or_null<clang::CXXMethodDecl>(call.function());
  if (!method || method->isStatic() || method->getReturnType()->isRecordType()) return;
  if (method->getParent()->isLambda() || !classes.have_coroutines(*method->getParent())) return;
  End end;
  if (call.receiver) {
    end = end_of(function, call.receiver);
  } else if (const auto* variable = initialised_variable(function, call.expr)) {
    if (variable->isLocalVarDecl() && !variable->isStaticLocal())
      end = {End::local, variable, call.expr, method->getParent()};
  }
  if (!is_past(pass, function, end, call.expr) || pass.is_suppressed(call.expr)) return;
  export_record(pass, "ends", Ends{definition_key(pass, *method), true, notes_on(pass, end, call.expr)});
}

}  // namespace corolint::objects
