#include "engine/export_facts.h"

#include <algorithm>

#include "coroutines/callable.h"
#include "coroutines/flow.h"
#include "coroutines/loop.h"
#include "coroutines/value_use.h"
#include "engine/call_ways.h"
#include "engine/calls_without_name.h"
#include "engine/stored_callables.h"
#include "llvm/ADT/DenseSet.h"
#include "models/annotations.h"
#include "rule/elsewhere.h"
#include "rule/handlers.h"
#include "rule/limits.h"
#include "rule/permit.h"
#include "unit/names.h"
#include "unit/shown_name.h"

namespace corolint {

namespace {

class Exporter {
 public:
  Exporter(const Pass& pass, const std::vector<Suppression>& suppressions,
           const std::vector<std::string>& rules)
      : pass_(pass),
        suppressions_(suppressions),
        rules_(rules),
        handlers_(handlers_of(pass)),
        offloaded_(offloaded_in(pass)),
        limits_(pass, {}) {
    for (const Function& function : pass.functions())
      analysed_.insert(function.declaration().getCanonicalDecl());
  }

  UnitFacts facts() const {
    UnitFacts facts;
    for (const Function& function : pass_.functions())
      if (FunctionFact fact = fact_of(function); matters(fact, function))
        facts.functions.push_back(std::move(fact));
      else if (is_called_from_afar(function.declaration()))
        facts.plain.push_back(definition_of(fact.key, fact.place.file));
    for (const Function& function : pass_.functions())
      for (const StoredCallable& stored : stored_callables(function))
        if (is_own(stored.holder)) facts.functions.push_back(fact_of(function, stored));
    std::sort(facts.plain.begin(), facts.plain.end());
    std::sort(facts.functions.begin(), facts.functions.end());
    facts.functions.erase(std::unique(facts.functions.begin(), facts.functions.end()), facts.functions.end());
    return facts;
  }

 private:
  // A function that calls nothing of the program and that nothing is asked about would only take room.
  static bool matters(const FunctionFact& fact, const Function& function) {
    const auto* method = llvm::dyn_cast<clang::CXXMethodDecl>(&function.declaration());
    return !fact.calls.empty() || fact.is_coroutine || fact.is_handler || fact.takes_permit ||
           fact.is_nonblocking || (method && method->isVirtual());
  }

  // May another unit call the function with no more than a declaration of it?
  static bool is_called_from_afar(const clang::FunctionDecl& function) {
    return function.isExternallyVisible() && !function.isInlined() && !function.isTemplateInstantiation();
  }

  FunctionFact fact_of(const Function& function) const {
    const clang::FunctionDecl& declaration = function.declaration();
    FunctionFact fact;
    fact.key = pass_.key(declaration);
    fact.name = function.name();
    fact.entity = entity_name(declaration);
    fact.place = pass_.unit().place_of(clang::SourceRange(declaration.getLocation()));
    fact.is_coroutine = function.is_asynchronous();
    const auto awaitable = fact.is_coroutine ? pass_.awaitable(declaration.getReturnType()) : std::nullopt;
    fact.is_lazy = awaitable && awaitable->never_runs();
    fact.is_handler =
        !fact.is_coroutine && (handlers_.contains(&function) || is_called_by_library(pass_, function));
    fact.is_nonblocking = is_marked_nonblocking(declaration) || pass_.models().describes(declaration) ||
                          offloaded_.contains(&function);
    fact.takes_token = std::any_of(declaration.param_begin(), declaration.param_end(),
                                   [&](const auto* parameter) { return is_token(parameter->getType()); });
    fact.takes_permit = begins_with_permit(pass_, function);
    if (fact.is_coroutine) fact.library = pass_.library_of(function);
    if (const auto* method = llvm::dyn_cast<clang::CXXMethodDecl>(&declaration))
      for (const clang::CXXMethodDecl* base : method->overridden_methods())
        fact.overrides.push_back(pass_.key(*base));
    std::sort(fact.overrides.begin(), fact.overrides.end());
    add_calls(function, fact.calls);
    std::sort(fact.calls.begin(), fact.calls.end());
    fact.calls.erase(std::unique(fact.calls.begin(), fact.calls.end()), fact.calls.end());
    return fact;
  }

  // What a holder of callables is given counts as an overrider of a method that calls of the holder run. One
  // that cannot be seen has no calls: then it is not known of all that they run.
  FunctionFact fact_of(const Function& function, const StoredCallable& stored) const {
    const std::string key = holder_key(stored.holder);
    FunctionFact fact;
    fact.place = pass_.unit().place_of(stored.place->getSourceRange());
    fact.key = key + "|" + fact.place.file + ":" + std::to_string(fact.place.line) + ":" +
               std::to_string(fact.place.column);
    fact.name = stored.holder.variable->getNameAsString();
    fact.overrides.push_back(key);
    if (stored.callable && is_own(*stored.callable))
      add(function, *stored.callable, stored.place, way_of_stored(pass_, *stored.callable), fact.calls);
    else if (stored.source && is_own(*stored.source))
      add(function, holder_key(*stored.source), stored.source->variable->getNameAsString(), true,
          stored.place, Way::may_run, fact.calls);
    return fact;
  }

  // A parameter's name differs between declarations; its position does not.
  std::string holder_key(const Holder& holder) const {
    return std::string(holder_key_prefix) +
           (holder.function ? pass_.key(*holder.function) + "#" + std::to_string(holder.position)
                            : pass_.key(*holder.variable));
  }

  void add_calls(const Function& function, std::vector<CallFact>& calls) const {
    for (const Call& call : function.calls()) {
      const clang::FunctionDecl* callee = called_function(call);
      const bool is_described = callee && !sees_body(*callee) && is_known_to_block(call);
      if (callee && is_own(*callee) && !is_described)
        add(function, *callee, call.expr, way_of(pass_, function, call, *callee), calls);
      else if (is_known_to_block(call))
        add(function, std::string(blocking_key_prefix) + qualified_name(*call.callee), shown_name(call), true,
            call.expr, Way::runs, calls);
      if (is_converted_argument(function, call)) continue;
      for (const clang::Expr* argument : call.arguments)
        if (const clang::FunctionDecl* callable = callable_function(bare(argument));
            callable && is_own(*callable))
          add(function, *callable, argument, way_of_callable(pass_, function, call, argument), calls);
    }
    for (const auto* call : function.all<clang::CallExpr>())
      if (const clang::ValueDecl* holder = called_holder(*call); holder && is_own(Holder{holder}))
        add(function, holder_key(Holder{holder}), holder->getNameAsString(), true, call, Way::may_run, calls);
    for (const HiddenCall& call : calls_without_name(function))
      if (is_own(*call.callee)) add(function, *call.callee, call.place, Way::runs, calls);
  }

  // The wrapper that an argument is converted to, `run([] { … })` of a std::function: what becomes of the
  // callable is said by the call that gets it.
  static bool is_converted_argument(const Function& function, const Call& call) {
    const auto* made = llvm::dyn_cast<clang::CXXConstructExpr>(call.expr);
    if (!made || !holds_callable(made->getType())) return false;
    const clang::Stmt* outer = function.parent(made);
    while (
        llvm::isa_and_nonnull<clang::CastExpr, clang::CXXBindTemporaryExpr, clang::MaterializeTemporaryExpr>(
            outer))
      outer = function.parent(outer);
    return outer && as_call(outer);
  }

  // A function of the program's own sources: only these have facts.
  bool is_own(const clang::FunctionDecl& callee) const {
    return !callee.isImplicit() && !callee.isDefaulted() && pass_.unit().is_project(callee.getLocation());
  }

  bool is_own(const Holder& holder) const {
    return holder.function ? is_own(*holder.function)
                           : pass_.unit().is_project(holder.variable->getLocation());
  }

  bool sees_body(const clang::FunctionDecl& callee) const {
    return analysed_.contains(callee.getCanonicalDecl());
  }

  bool is_known_to_block(const Call& call) const {
    const Entry* entry = pass_.find(Role::block, call);
    if (!entry) entry = pass_.find(Role::sync_wait, call);
    return entry && entry->confidence != Confidence::low;
  }

  void add(const Function& function, const clang::FunctionDecl& callee, const clang::Stmt* at, Way way,
           std::vector<CallFact>& calls) const {
    add(function, pass_.key(callee), display_name(callee), sees_body(callee), at, way, calls);
  }

  void add(const Function& function, std::string key, std::string name, bool sees_body, const clang::Stmt* at,
           Way way, std::vector<CallFact>& calls) const {
    CallFact call;
    call.callee = std::move(key);
    call.name = std::move(name);
    call.place = pass_.unit().place_of(at->getSourceRange());
    call.way = way;
    call.is_limited = limits_.is_limited(function, at);
    call.holds_permit = holds_permit(function, at);
    call.forwards_token = forwards_token(at);
    call.is_elsewhere = runs_where_allowed(pass_, function, at, Role::block) ||
                        is_given_with_executor(handlers_, function, at);
    call.in_unbounded_loop = is_in_unbounded_loop(function, at);
    call.sees_body = sees_body;
    for (const std::string& rule : rules_)
      if (suppressing(suppressions_, rule, call.place.file, call.place.line)) call.cut_for.push_back(rule);
    if (call.place.is_somewhere()) calls.push_back(std::move(call));
  }

  bool holds_permit(const Function& function, const clang::Stmt* at) const {
    if (!function.flow()) return false;
    const auto [known, is_new] = permits_.try_emplace(&function);
    if (is_new) known->second = permits_in(pass_, function);
    const std::vector<const clang::Expr*>& permits = known->second;
    return std::any_of(permits.begin(), permits.end(),
                       [&](const clang::Expr* permit) { return function.flow()->always_before(permit, at); });
  }

  bool is_token(clang::QualType type) const {
    if (pass_.models().find(Role::cancel_aware, type)) return true;
    const clang::CXXRecordDecl* record = class_of(type);
    const std::string name = record ? record->getName().lower() : "";
    return name.find("token") != std::string::npos || name.find("cancellation") != std::string::npos ||
           name == "abort_source" || name == "deadline";
  }

  bool forwards_token(const clang::Stmt* at) const {
    const auto call = as_call(at);
    return call && std::any_of(call->arguments.begin(), call->arguments.end(),
                               [&](const clang::Expr* argument) { return is_token(argument->getType()); });
  }

  static bool is_in_unbounded_loop(const Function& function, const clang::Stmt* at) {
    const auto loops = loops_around(function, at);
    return std::any_of(loops.begin(), loops.end(),
                       [&](const clang::Stmt* loop) { return trips_of(function, *loop) != Trips::bounded; });
  }

  const Pass& pass_;
  const std::vector<Suppression>& suppressions_;
  const std::vector<std::string>& rules_;
  const std::map<const Function*, Call> handlers_;
  llvm::DenseSet<const clang::FunctionDecl*> analysed_;  // canonical declarations
  const std::set<const Function*> offloaded_;
  mutable LimitsAround limits_;
  mutable std::map<const Function*, std::vector<const clang::Expr*>> permits_;  // asked for at each call
};

}  // namespace

UnitFacts export_facts(const Pass& pass, const std::vector<Suppression>& suppressions,
                       const std::vector<std::string>& rules) {
  return Exporter(pass, suppressions, rules).facts();
}

}  // namespace corolint
