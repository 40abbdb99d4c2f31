#include <map>
#include <set>

#include "coroutines/suspends.h"
#include "handing.h"
#include "rule/late_use.h"
#include "unit/names.h"

namespace corolint {

using namespace dangling;

namespace {

constexpr Message indirect{
    "indirect", "'{1}' refers to what its caller's caller ends, and the coroutine '{0}' goes on to use it"};
constexpr Message open{
    "open", "'{1}' only refers to its argument, which a caller may end before the coroutine '{0}' uses it"};

inline const Option without_call_site{
    "without-call-site", false,
    "Also report parameters of coroutines that are not called in the program, but may be called by others"};

FindingBuilder describe(FindingBuilder finding, const clang::Stmt* use) {
  return finding.label("the coroutine's frame keeps no more of the argument than this")
      .note(use, "used here, later")
      .help("take it by value: then the frame keeps it");
}

// Returns a use of the parameter that comes after a suspension for sure, or null.
const clang::Stmt* use_after_suspension(const Function& coroutine, const clang::ParmVarDecl& parameter) {
  for (const auto* name : coroutine.all<clang::DeclRefExpr>())
    if (name->getDecl() == &parameter && suspension_before(coroutine, name)) return name;
  return nullptr;
}

void export_parameters(Pass& pass, const Function& coroutine) {
  const clang::FunctionDecl& declaration = coroutine.declaration();
  for (const clang::ParmVarDecl* parameter : declaration.parameters()) {
    if (!is_borrowed(parameter->getType())) continue;
    const LateUse use = late_use(pass, declaration, parameter);
    if (use.kind != LateUse::yes) continue;
    const std::vector<std::string> names = {display_name(declaration), parameter->getNameAsString()};
    describe(pass.keep(coroutine, parameter->getLocation(), indirect, names), use.at);
    export_record(
        pass, "late",
        Late{definition_key(pass, declaration), parameter->getFunctionScopeIndex(), pass.take_kept().back()});
    const clang::Stmt* after = declaration.isExternallyVisible() && !coroutine.is_lambda() &&
                                       !declaration.isTemplateInstantiation() &&
                                       pass.options().flag(without_call_site.name)
                                   ? use_after_suspension(coroutine, *parameter)
                                   : nullptr;
    if (!after) continue;
    describe(pass.keep(coroutine, parameter->getLocation(), open, names), after).level(Level::note);
    export_record(pass, "open", Open{definition_key(pass, declaration), pass.take_kept().back()});
  }
}

void check(Pass& pass) {
  std::set<std::string> handing;
  for (const Function& function : pass.functions()) {
    if (function.is_pattern()) continue;
    if (function.is_coroutine() && borrows(function.declaration())) export_parameters(pass, function);
    for (const Hands& one : handed_by(pass, function)) {
      handing.insert(one.function);
      export_record(pass, "hands", one);
    }
  }
  for (const Function& function : pass.functions()) {
    if (function.is_pattern()) continue;
    for (const Call& call : function.calls()) {
      const clang::FunctionDecl* callee = call.function();
      if (!callee || call.is_construction() || !borrows(*callee)) continue;
      // What another file has may hand on as well, if it returns something to await.
      const bool is_open = !callee->getDefinition() && is_awaitable_type(pass, callee->getReturnType());
      if ((is_open || handing.contains(definition_key(pass, *callee))) && !pass.is_suppressed(call.expr))
        export_lent(pass, function, call);
    }
  }
}

using Parameter = std::pair<std::string, unsigned>;

class Search {
 public:
  explicit Search(Program& program) : program_(program), definitions_(program) {
    for (Late& one : records_of<Late>(program, "late")) {
      definitions_.add(one.coroutine);
      late_.emplace(Parameter(one.coroutine, one.position), std::move(one.finding));
    }
    for (Hands& one : records_of<Hands>(program, "hands")) {
      definitions_.add(one.function);
      hands_.emplace(Parameter(one.function, one.position), std::move(one));
    }
  }

  // Follows what a call has lent. If the callee is a coroutine that reads it late itself, and its awaitable
  // is kept, the call is the mistake, and not for this rule.
  void follow_call(Lends call) {
    const Parameter lent(definitions_.find(call.function), call.position);
    if (!call.is_kept || !late_.contains(lent)) follow(lent, call.is_kept, std::move(call.notes));
  }

  // Reports those of which no call is seen.
  void report_open() {
    for (Open& one : records_of<Open>(program_, "open")) {
      const FunctionId* id = program_.graph().find(one.coroutine);
      const bool is_called = id && !program_.graph().callers_of(*id).empty();
      if (!is_called && seen_.insert(one.finding.place).second) program_.report(std::move(one.finding), "");
    }
  }

 private:
  static constexpr unsigned longest_way = 8;

  // Follows what was lent to the first coroutines that it is handed to and that read it late.
  void follow(const Parameter& from, bool is_kept, std::vector<Note> notes, unsigned depth = 0) {
    if (depth > longest_way) return;
    for (auto [hand, last] = hands_.equal_range(from); hand != last; ++hand) {
      // A coroutine that returns is none: it is awaited where it is called, unless the call is kept.
      if (hand->second.is_returned && !is_kept) continue;
      std::vector<Note> further = notes;
      further.push_back(hand->second.note);
      const Parameter to(definitions_.find(hand->second.to), hand->second.to_position);
      if (!report(to, further)) follow(to, true, std::move(further), depth + 1);
    }
  }

  bool report(const Parameter& parameter, const std::vector<Note>& notes) {
    const auto late = late_.find(parameter);
    if (late == late_.end()) return false;
    if (!seen_.insert(late->second.place).second) return true;
    Finding finding = late->second;
    finding.notes.insert(finding.notes.end(), notes.begin(), notes.end());
    program_.report(std::move(finding), "");
    return true;
  }

  Program& program_;
  Definitions definitions_;
  std::map<Parameter, Finding> late_;
  std::multimap<Parameter, Hands> hands_;
  std::set<Place> seen_;
};

void conclude(Program& program) {
  Search search(program);
  for (Lends& one : records_of<Lends>(program, "lends")) search.follow_call(std::move(one));
  search.report_open();
}

}  // namespace

Rule dangling_coroutine_parameter() {
  return {.check = check,
          .messages = {indirect, open},
          .level = Level::warning,
          .cwe = 416,
          .conclude = conclude,
          .options = {without_call_site},
          .group = "lifetime"};
}

}  // namespace corolint
