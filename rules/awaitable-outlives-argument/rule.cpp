#include <algorithm>
#include <set>

#include "callbacks.h"
#include "records.h"
#include "unit/names.h"

namespace corolint {

using namespace outlived;

namespace {

constexpr Message temporary{
    "temporary", "the argument for '{1}' ends with this expression, and the work of '{0}' goes on to use it"};
constexpr Message local{
    "local", "'{2}' is lent to '{0}' as '{1}' and ends with its scope, and the work goes on to use it"};
constexpr Message callback{
    "callback", "'{2}' is only lent to this callback, and the work of '{0}' goes on to use it as '{1}'"};

const Message& message_for(const Lent& lent) {
  return !lent.local ? temporary : is_from_callback(lent) ? callback : local;
}

std::string name_of(const clang::ParmVarDecl& parameter) {
  return parameter.getName().empty() ? "the parameter" : parameter.getNameAsString();
}

// The finding but for where the coroutine uses the parameter.
FindingBuilder describe(FindingBuilder finding, const Lent& lent) {
  finding
      .label(lent.local ? "what it refers to is gone when the work goes on"
                        : "a temporary: it is gone when the work goes on")
      .note(lent.lets_go, lent.is_raced
                              ? "this may end first, and then the coroutine goes on without who awaits it"
                              : "from here on the coroutine runs, or waits to be run, by itself")
      .note(lent.parameter, "only refers to the argument")
      .help(lent.is_raced ? "take the parameter by value: then the coroutine owns it"
                          : "take the parameter by value, or await the coroutine in the same expression");
  if (is_from_callback(lent))
    finding.note(lent.local, "who calls back may end it when the call has returned").level(Level::note);
  else if (lent.local)
    finding.note(lent.local, "ends with its scope");
  return finding;
}

std::vector<std::string> arguments_for(const Call& call, const Lent& lent) {
  std::vector<std::string> arguments = {qualified_name(*call.callee), name_of(*lent.parameter)};
  if (lent.local) arguments.push_back(name_of_local(*lent.local));
  return arguments;
}

bool borrows(const clang::FunctionDecl& callee) {
  return std::any_of(callee.param_begin(), callee.param_end(),
                     [](const clang::ParmVarDecl* one) { return is_borrowed(one->getType()); });
}

// Which classes coroutines return. To find out takes a while, and most calls return the same few.
class CoroutineTypes {
 public:
  explicit CoroutineTypes(const Pass& pass) : pass_(pass) {}

  bool contain(clang::QualType type) {
    const clang::CXXRecordDecl* record = type->getAsCXXRecordDecl();
    if (!record) return false;
    const auto [known, is_new] = known_.try_emplace(record, false);
    if (is_new)
      known->second = coroutine_type_shape(type, pass_.ast()).type || pass_.awaitable(type).has_value();
    return known->second;
  }

 private:
  const Pass& pass_;
  llvm::DenseMap<const clang::CXXRecordDecl*, bool> known_;
};

void check_call(Pass& pass, CoroutineTypes& types, Callbacks& callbacks, const Function& function,
                const Call& call) {
  const clang::FunctionDecl* callee = call.function();
  if (!callee || call.is_construction() || !borrows(*callee) || !types.contain(callee->getReturnType()))
    return;
  std::vector<Lent> all = lent_by(pass, function, call);
  if (callbacks.contain(function))
    for (const Lent& lent : lent_by_callback(pass, function, call)) all.push_back(lent);
  for (const Lent& lent : all) {
    const LateUse use = late_use(pass, *callee, lent.parameter);
    const Message& message = message_for(lent);
    const clang::SourceRange at = lent.argument->getSourceRange();
    if (use.kind == LateUse::yes) {
      describe(pass.report(function, at, message, arguments_for(call, lent)), lent)
          .note(use.at, "used here, later");
    } else if (use.kind == LateUse::unknown && !pass.is_suppressed(lent.argument)) {
      describe(pass.keep(function, at, message, arguments_for(call, lent)), lent);
      export_record(
          pass, "lends",
          Lends{pass.key(*callee), lent.parameter->getFunctionScopeIndex(), pass.take_kept().back()});
    }
  }
}

// Tells the other units which parameters the function, which returns an awaitable, reads late.
void export_reads(Pass& pass, const Function& function) {
  const clang::FunctionDecl& declaration = function.declaration();
  // What is instantiated by itself stands in each unit that uses it.
  const auto kind = declaration.getTemplateSpecializationKind();
  if (kind == clang::TSK_ImplicitInstantiation || !declaration.isExternallyVisible()) return;
  for (const clang::ParmVarDecl* parameter : declaration.parameters()) {
    if (!is_borrowed(parameter->getType())) continue;
    const LateUse use = late_use(pass, declaration, parameter);
    if (use.kind == LateUse::yes)
      export_record(pass, "reads",
                    Reads{pass.key(declaration), parameter->getFunctionScopeIndex(),
                          Note{pass.unit().place_of(use.at->getSourceRange()), "used here, later"}});
  }
}

void check(Pass& pass) {
  CoroutineTypes types(pass);
  Callbacks callbacks(pass);
  for (const Function& function : pass.functions()) {
    if (function.is_pattern()) continue;
    for (const Call& call : function.calls()) check_call(pass, types, callbacks, function, call);
    if (types.contain(function.declaration().getReturnType())) export_reads(pass, function);
  }
}

void conclude(Program& program) {
  std::map<std::pair<std::string, unsigned>, Note> reads;
  for (Reads& one : records_of<Reads>(program, "reads"))
    reads.emplace(std::pair(one.coroutine, one.position), one.use);
  std::set<Place> seen;
  for (Lends& one : records_of<Lends>(program, "lends")) {
    const auto use = reads.find({one.callee, one.position});
    if (use == reads.end() || !seen.insert(one.finding.place).second) continue;
    one.finding.notes.push_back(use->second);
    program.report(std::move(one.finding), "");
  }
}

}  // namespace

Rule awaitable_outlives_argument() {
  return {.check = check,
          .messages = {temporary, local, callback},
          .level = Level::warning,
          .cwe = 416,
          .conclude = conclude,
          .group = "lifetime"};
}

}  // namespace corolint
