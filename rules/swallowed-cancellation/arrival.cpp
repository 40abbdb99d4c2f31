#include "arrival.h"

#include <algorithm>

#include "coroutines/loop.h"
#include "unit/class_search.h"
#include "unit/names.h"
#include "unit/type_argument.h"

namespace corolint::cancellation {

namespace {

bool is_source_type(const Pass& pass, clang::QualType type) {
  if (pass.models().find(Role::cancel_source, type)) return true;
  if (type->isPointerType()) return is_source_type(pass, type->getPointeeType());
  const clang::QualType held = type_argument(class_of(type));
  return !held.isNull() && pass.models().find(Role::cancel_source, held);
}

// Who cancels, or only asks, is not cancelled by that.
bool is_used_to_cancel(const Function& function, const clang::Expr* source) {
  const auto* member = llvm::dyn_cast_or_null<clang::MemberExpr>(function.parent(source));
  const auto* method = member && member->getBase() == source
                           ? llvm::dyn_cast<clang::CXXMethodDecl>(member->getMemberDecl())
                           : nullptr;
  return method && method->getIdentifier() && method->getName().contains("request");
}

// What a statement, or a function, has to do with cancellation. A gate that is closed turns work away: that
// is the end of the work as well, but matters only to who would come back for ever.
enum class Bringer { none, gate, source };

Bringer kind_of(const Pass& pass, const Function& function, const clang::Stmt* stmt) {
  const auto call = as_call(stmt);
  if (const Entry* entry = call ? pass.find(Role::cancel_source, *call) : nullptr)
    return entry->subject == "gate" ? Bringer::gate : Bringer::source;
  const auto* expr = llvm::dyn_cast<clang::Expr>(stmt);
  const bool is_name = llvm::isa<clang::DeclRefExpr, clang::MemberExpr, clang::CallExpr>(stmt);
  const bool is_source = is_name && !expr->getType()->isFunctionType() &&
                         is_source_type(pass, expr->getType()) && !is_used_to_cancel(function, expr);
  return is_source ? Bringer::source : Bringer::none;
}

// Returns the first statement of that kind in the function, or null.
const clang::Stmt* first_in(const Pass& pass, const Function& function, Bringer kind) {
  const auto& statements = function.statements();
  const auto found = std::find_if(statements.begin(), statements.end(),
                                  [&](const auto* stmt) { return kind_of(pass, function, stmt) == kind; });
  return found == statements.end() ? nullptr : *found;
}

bool has_sources(const Pass& pass, clang::QualType task) {
  const Entry* entry = pass.models().find(Role::task, task);
  const auto sources = pass.models().all(Role::cancel_source);
  return entry && std::any_of(sources.begin(), sources.end(),
                              [&](const Entry* source) { return source->library == entry->library; });
}

// What an awaited expression is made of.
class Work {
 public:
  Work(const Pass& pass, const Function& function) : pass_(pass), function_(function) {}

  void add(const clang::Expr* awaited, int depth = 0) {
    const std::size_t before = callees.size();
    bool is_library = false;
    for (const clang::Stmt* stmt : function_.statements()) {
      if (!function_.is_inside(stmt, awaited)) continue;
      const Bringer kind = kind_of(pass_, function_, stmt);
      is_source |= kind == Bringer::source;
      is_gate |= kind == Bringer::gate;
      if (const auto* lambda = llvm::dyn_cast<clang::LambdaExpr>(stmt))
        callees.push_back(pass_.key(*lambda->getCallOperator()));
      if (const auto call = as_call(stmt)) is_library |= add_call(*call);
    }
    if (depth < deepest)
      for (const clang::Expr* value : values_of(awaited)) {
        is_library = true;
        add(value, depth + 1);
      }
    is_unknown |= callees.size() == before && !is_library;
  }

  std::vector<std::string> callees;
  bool is_source = false;
  bool is_gate = false;
  bool is_unknown = false;

 private:
  static constexpr int deepest = 3;

  // Returns whether it is a library that gives what is awaited.
  bool add_call(const Call& call) {
    const clang::FunctionDecl* callee = call.function();
    if (!callee || call.is_construction()) return false;
    const bool waits = pass_.awaitable(call.expr->getType()).has_value();
    if (!pass_.unit().is_project(callee->getLocation())) return !callee->isInStdNamespace() && waits;
    if (waits) callees.push_back(pass_.key(*callee));
    return false;
  }

  // Returns what the local variables that the expression names were given: where they are made, and what was
  // put into them.
  std::vector<const clang::Expr*> values_of(const clang::Expr* awaited) const {
    std::vector<const clang::Expr*> values;
    for (const auto* name : function_.all<clang::DeclRefExpr>()) {
      const auto* local = llvm::dyn_cast<clang::VarDecl>(name->getDecl());
      if (!local || !local->isLocalVarDecl() || !function_.is_inside(name, awaited)) continue;
      if (local->getInit() && pass_.awaitable(local->getType())) values.push_back(local->getInit());
      for (const Call& call : function_.calls())
        if (call.receiver && root_object(call.receiver) == local)
          for (const clang::Expr* argument : call.arguments)
            if (pass_.awaitable(argument->getType())) values.push_back(argument);
    }
    return values;
  }

  const Pass& pass_;
  const Function& function_;
};

// Does the unit know one of the classes that bring cancellation? Else no function of it can use one.
bool knows_sources(const Pass& pass) {
  const auto entries = pass.models().all(Role::cancel_source);
  return std::any_of(entries.begin(), entries.end(), [&](const Entry* entry) {
    return std::any_of(entry->match.names.begin(), entry->match.names.end(), [&](llvm::StringRef name) {
      const llvm::StringRef type = entry->match.kind == Kind::type ? name : name.rsplit("::").first;
      return find_class(pass.ast(), type.str()) != nullptr;
    });
  });
}

bool has_source(const Pass& pass, const Function& function) {
  const auto parameters = function.declaration().parameters();
  return first_in(pass, function, Bringer::source) ||
         std::any_of(parameters.begin(), parameters.end(), [&](const auto* one) {
           return is_source_type(pass, one->getType().getNonReferenceType());
         });
}

bool is_in_endless_loop(const Function& function, const clang::Expr* expr) {
  const auto loops = loops_around(function, expr);
  return std::any_of(loops.begin(), loops.end(),
                     [&](const clang::Stmt* loop) { return trips_of(function, *loop) == Trips::endless; });
}

}  // namespace

void export_sources(Pass& pass) {
  if (!knows_sources(pass)) return;
  for (const Function& function : pass.functions())
    for (const Bringer kind : {Bringer::source, Bringer::gate})
      if (const clang::Stmt* found = first_in(pass, function, kind))
        export_record(pass, "source",
                      Source{pass.key(function.declaration()),
                             kind == Bringer::gate,
                             {pass.unit().place_of(found->getSourceRange()),
                              kind == Bringer::gate ? "turned away here once the gate is closed"
                                                    : "may be cancelled here"}});
}

Arrival arrival_at(const Pass& pass, const Function& function, const std::vector<const clang::Expr*>& awaited,
                   clang::QualType task, bool is_told) {
  if (is_told || !has_sources(pass, task)) return {.is_sure = true};
  Work work(pass, function);
  for (const clang::Expr* one : awaited) work.add(one);
  const bool is_endless = std::any_of(awaited.begin(), awaited.end(), [&](const clang::Expr* one) {
    return is_in_endless_loop(function, one);
  });
  return {.is_sure = work.is_source || (work.is_gate && is_endless),
          .callees = std::move(work.callees),
          .is_unknown = work.is_unknown,
          .counts_unknown = is_endless || has_source(pass, function),
          .counts_gates = is_endless};
}

}  // namespace corolint::cancellation
