#include <algorithm>
#include <map>
#include <set>

#include "coroutines/container.h"
#include "dropped.h"
#include "rule/record.h"
#include "unit/names.h"

namespace corolint::discarded {

// A field or global gets an awaitable. `methods` are those of its class that this unit has no body of.
struct Insertion {
  std::string variable;
  std::vector<std::string> methods;
  Finding finding;
};
RULE_RECORD(Insertion, variable, methods, finding)

// A field or global is read, or a function that might read it has a body.
struct Known {
  std::string key;
};
RULE_RECORD(Known, key)

namespace {

bool loses_work(const Awaitable& awaitable) {
  return awaitable.discard == Discard::error &&
         (awaitable.never_runs() || (awaitable.start == Start::eager && awaitable.drop == Drop::detach));
}

std::optional<Awaitable> lost_with(const Pass& pass, clang::QualType type) {
  const auto awaitable = pass.awaitable(type);
  return awaitable && loses_work(*awaitable) ? awaitable : std::nullopt;
}

// Does the variable keep awaitables: as its own value, or as the elements of a container that only stores
// them? A scope or a queue of somebody's own may run what it is given.
bool keeps_awaitables(const Pass& pass, const clang::ValueDecl& variable) {
  const clang::QualType type = variable.getType();
  if (type->isReferenceType() || type->isPointerType() || pass.models().find(Role::scope, type)) return false;
  if (lost_with(pass, type)) return true;
  const clang::CXXRecordDecl* record = class_of(type);
  if (!record || !(record->isInStdNamespace() || is_container(*record))) return false;
  bool found = false;
  each_type_argument(type, [&](clang::QualType part) { found = found || lost_with(pass, part); });
  return found;
}

const clang::ValueDecl* variable_of(const clang::Expr* expr) {
  if (const auto* name = llvm::dyn_cast<clang::DeclRefExpr>(expr))
    return llvm::dyn_cast<clang::VarDecl>(name->getDecl());
  const auto* member = llvm::dyn_cast<clang::MemberExpr>(expr);
  if (!member) return nullptr;
  if (const auto* field = llvm::dyn_cast<clang::FieldDecl>(member->getMemberDecl())) return field;
  return llvm::dyn_cast<clang::VarDecl>(member->getMemberDecl());
}

bool is_local(const clang::ValueDecl& variable) {
  const auto* local = llvm::dyn_cast<clang::VarDecl>(&variable);
  return local && local->hasLocalStorage();
}

// Returns the call that made what is added, also through a local that is moved in.
const clang::Expr* origin(const clang::Expr* added) {
  added = bare(added);
  const auto* move = llvm::dyn_cast<clang::CallExpr>(added);
  const clang::Expr* moved = move && move->isCallToStdMove() ? bare(move->getArg(0)) : nullptr;
  const auto* name = llvm::dyn_cast_or_null<clang::DeclRefExpr>(moved);
  const auto* variable = name ? llvm::dyn_cast<clang::VarDecl>(name->getDecl()) : nullptr;
  return variable && variable->getInit() ? initial_value(*variable) : added;
}

class Containers {
 public:
  Containers(Pass& pass, const Function& function) : pass_(pass), function_(function) {}

  void check() {
    for (const auto* expr : function_.all<clang::Expr>())
      if (const clang::ValueDecl* variable = variable_of(expr); variable && is_watched(*variable))
        look_at(*variable, expr);
    for (const auto& [variable, insertion] : inserted_)
      if (is_local(*variable) && !read_.contains(variable))
        describe(pass_.report(function_, insertion.first, message(insertion.second),
                              arguments(*variable, insertion)),
                 insertion.second);
      else if (!is_local(*variable))
        export_insertion(*variable, insertion);
    for (const clang::ValueDecl* variable : read_)
      if (!is_local(*variable)) export_record(pass_, "known", Known{pass_.key(*variable)});
    export_own_body();
  }

 private:
  using Lost = std::pair<const clang::Expr*, Awaitable>;

  bool is_watched(const clang::ValueDecl& variable) {
    const bool is_of_outer = is_local(variable) && variable.getDeclContext() != &function_.declaration();
    if (llvm::isa<clang::ParmVarDecl>(variable) || is_of_outer) return false;
    if (is_local(variable) && pass_.awaitable(variable.getType())) return false;  // see check_locals
    const auto [known, is_new] = watched_.try_emplace(&variable, false);
    if (is_new) known->second = keeps_awaitables(pass_, variable);
    return known->second;
  }

  void look_at(const clang::ValueDecl& variable, const clang::Expr* name) {
    const ContainerUse use = container_use(function_, name);
    if (use.kind == ContainerUse::other) read_.insert(&variable);
    for (const clang::Expr* added : use.added)
      if (const auto lost = lost_with(pass_, value_type(bare(added))))
        inserted_.try_emplace(&variable, bare(added), *lost);
  }

  static const Message& message(const Awaitable& lost) {
    return lost.never_runs() && !lost.is_operation() ? kept_lazy : kept;
  }

  std::vector<std::string> arguments(const clang::ValueDecl& variable, const Lost& lost) const {
    return {lost.second.word, callee_name(pass_, origin(lost.first)), variable.getNameAsString()};
  }

  FindingBuilder describe(FindingBuilder builder, const Awaitable& lost) const {
    return builder.label(what_happens(lost))
        .note(lost.evidence, what_evidence_shows(lost))
        .help("await what it holds, or hand it to what runs it (a scope, a spawn function)");
  }

  void export_insertion(const clang::ValueDecl& variable, const Lost& lost) {
    describe(
        pass_.keep(function_, lost.first->getSourceRange(), message(lost.second), arguments(variable, lost)),
        lost.second);
    Insertion insertion{pass_.key(variable), {}, std::move(pass_.take_kept().back())};
    if (const auto* field = llvm::dyn_cast<clang::FieldDecl>(&variable))
      if (const auto* record = llvm::dyn_cast<clang::CXXRecordDecl>(field->getParent()))
        for (const clang::CXXMethodDecl* method : record->methods())
          if (method->isUserProvided() && !method->isPureVirtual() && !method->hasBody())
            insertion.methods.push_back(pass_.key(*method));
    export_record(pass_, "insertion", insertion);
  }

  // A method may read each field of its class: without its body nothing is known of them.
  void export_own_body() {
    const auto* method = llvm::dyn_cast<clang::CXXMethodDecl>(&function_.declaration());
    if (!method) return;
    for (const clang::FieldDecl* field : method->getParent()->fields())
      if (is_watched(*field)) return export_record(pass_, "known", Known{pass_.key(*method)});
  }

  Pass& pass_;
  const Function& function_;
  std::map<const clang::ValueDecl*, bool> watched_;
  std::map<const clang::ValueDecl*, Lost> inserted_;
  std::set<const clang::ValueDecl*> read_;
};

}  // namespace

void check_containers(Pass& pass, const Function& function) {
  if (!function.is_pattern()) return Containers(pass, function).check();
  // In a template it is not known whose member is named: every one of that name.
  for (const auto* member : function.all<clang::CXXDependentScopeMemberExpr>())
    export_record(pass, "known", Known{"." + member->getMember().getAsString()});
}

void conclude_containers(Program& program) {
  std::set<std::string> known;
  for (const Known& one : records_of<Known>(program, "known")) known.insert(one.key);
  std::map<std::string, Finding> first;
  for (const Insertion& insertion : records_of<Insertion>(program, "insertion")) {
    const bool is_read = known.contains(insertion.variable) ||
                         known.contains("." + insertion.finding.arguments.at(2)) ||
                         std::any_of(insertion.methods.begin(), insertion.methods.end(),
                                     [&](const std::string& method) { return !known.contains(method); });
    if (is_read) continue;
    const auto [at, is_new] = first.try_emplace(insertion.variable, insertion.finding);
    if (!is_new && insertion.finding.place < at->second.place) at->second = insertion.finding;
  }
  for (auto& [variable, finding] : first) {
    if (!program.is_complete()) finding.level = Level::note;
    program.report(std::move(finding), "one of them may await what it holds");
  }
}

}  // namespace corolint::discarded
