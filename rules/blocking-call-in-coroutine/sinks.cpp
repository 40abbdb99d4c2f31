#include "sinks.h"

#include <algorithm>

#include "blocking_calls.h"
#include "unit/names.h"
#include "unit/shown_name.h"

namespace corolint::blocking {

namespace {

// Does the source of `stmt` name a flag that makes a descriptor non-blocking?
bool names_flag(const Pass& pass, const clang::Stmt* stmt) {
  const llvm::StringRef text = pass.unit().text_of(stmt->getSourceRange());
  constexpr const char* flags[] = {"O_NONBLOCK", "SOCK_NONBLOCK", "FIONBIO", "EFD_NONBLOCK", "TFD_NONBLOCK"};
  return std::any_of(std::begin(flags), std::end(flags),
                     [&](const char* flag) { return text.contains(flag); });
}

// `int wake_fd_ = eventfd(0, EFD_NONBLOCK);`, or the same in the constructor's initialisers?
bool are_members_nonblocking(const Pass& pass, const clang::CXXMethodDecl& method) {
  const auto* constructor = llvm::dyn_cast<clang::CXXConstructorDecl>(&method);
  const auto fields = method.getParent()->fields();
  return (constructor && std::any_of(constructor->init_begin(), constructor->init_end(),
                                     [&](const clang::CXXCtorInitializer* init) {
                                       return init->isWritten() && names_flag(pass, init->getInit());
                                     })) ||
         std::any_of(fields.begin(), fields.end(), [&](const clang::FieldDecl* field) {
           return field->hasInClassInitializer() && field->getInClassInitializer() &&
                  names_flag(pass, field->getInClassInitializer());
         });
}

}  // namespace

void export_allowed(Pass& pass, const Function& handler) {
  export_record(pass, "allowed", Allowed{pass.key(handler.declaration())});
}

void export_kept(Pass& pass, KeptCall call) {
  call.finding = std::move(pass.take_kept().back());
  export_record(pass, "kept", call);
}

void export_nonblocking(Pass& pass, const Function& function) {
  const auto* method = llvm::dyn_cast<clang::CXXMethodDecl>(&function.declaration());
  if (names_flag(pass, function.body()) || (method && are_members_nonblocking(pass, *method)))
    export_record(
        pass, "non-blocking",
        NonBlocking{pass.key(function.declaration()), method ? qualified_name(*method->getParent()) : ""});
}

void export_sinks(Pass& pass, const Function& function) {
  each_blocking_call(pass, function, {}, [&](const Call& call, const Entry& entry) {
    if (pass.is_suppressed(call.expr)) return;
    export_record(
        pass, "sink",
        Sink{pass.key(function.declaration()), shown_name(call), entry.subject, entry.replace,
             entry.role == Role::sync_wait, is_on_descriptor(entry),
             owners_of_descriptor(function, call, entry), pass.unit().place_of(call.expr->getSourceRange())});
  });
}

Descriptors::Descriptors(const Program& program) {
  for (NonBlocking& one : records_of<NonBlocking>(program, "non-blocking")) {
    in_program_ = true;
    if (!one.type.empty()) types_.insert(std::move(one.type));
  }
}

bool Descriptors::are_nonblocking(bool of_program, const std::vector<std::string>& owners) const {
  return (of_program && in_program_) ||
         std::ranges::any_of(owners, [this](const std::string& owner) { return types_.contains(owner); });
}

std::vector<Finding> report_kept(Program& program, const Excuses& excuses) {
  const StartUp& start_up = excuses.start_up;
  std::vector<Finding> by_policy;
  const Descriptors descriptors(program);
  for (KeptCall& kept : records_of<KeptCall>(program, "kept")) {
    if (descriptors.are_nonblocking(kept.on_descriptor, kept.owners)) continue;
    const FunctionId* function = program.graph().find(kept.function);
    if (function && excuses.offloaded.contains(*function)) continue;
    if (function && kept.may_start) {
      if (excuses.leave_files_out(*function, kept.finding.place)) continue;
      if (start_up.has(*function, kept.finding.place)) say_it_is_the_start(kept.finding);
    }
    if (kept.by_policy)
      by_policy.push_back(std::move(kept.finding));
    else
      program.report(std::move(kept.finding), {});
  }
  return by_policy;
}

std::map<FunctionId, std::vector<Sink>> sinks_of(const Program& program, bool with_waits, bool at_start) {
  std::map<FunctionId, std::vector<Sink>> sinks;
  const Descriptors descriptors(program);
  for (Sink& sink : records_of<Sink>(program, "sink")) {
    const FunctionId* id = program.graph().find(sink.function);
    const bool counts = (with_waits || !sink.waits) && (!at_start || !belongs_to_start(sink.subject)) &&
                        !descriptors.are_nonblocking(sink.on_descriptor, sink.owners);
    if (id && counts) sinks[*id].push_back(std::move(sink));
  }
  return sinks;
}

}  // namespace corolint::blocking
