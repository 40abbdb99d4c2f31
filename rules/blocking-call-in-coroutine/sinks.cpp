#include "sinks.h"

#include "blocking_calls.h"
#include "unit/names.h"
#include "unit/shown_name.h"

namespace corolint::blocking {

void export_allowed(Pass& pass, const Function& handler) {
  export_record(pass, "allowed", Allowed{pass.key(handler.declaration())});
}

void export_kept(Pass& pass, KeptCall call) {
  call.finding = std::move(pass.take_kept().back());
  export_record(pass, "kept", call);
}

void export_nonblocking(Pass& pass, const Function& function) {
  const llvm::StringRef text = pass.unit().text_of(function.body()->getSourceRange());
  const auto* method = llvm::dyn_cast<clang::CXXMethodDecl>(&function.declaration());
  for (const char* flag : {"O_NONBLOCK", "SOCK_NONBLOCK", "FIONBIO", "EFD_NONBLOCK", "TFD_NONBLOCK"})
    if (text.contains(flag)) {
      export_record(
          pass, "non-blocking",
          NonBlocking{pass.key(function.declaration()), method ? qualified_name(*method->getParent()) : ""});
      return;
    }
}

void export_sinks(Pass& pass, const Function& function) {
  each_blocking_call(pass, function, [&](const Call& call, const Entry& entry) {
    if (pass.is_suppressed(call.expr)) return;
    export_record(
        pass, "sink",
        Sink{pass.key(function.declaration()), shown_name(call), entry.subject, entry.replace,
             entry.role == Role::sync_wait, is_on_descriptor(entry),
             owner_of_descriptor(function, call, entry), pass.unit().place_of(call.expr->getSourceRange())});
  });
}

Descriptors::Descriptors(const Program& program) {
  for (NonBlocking& one : records_of<NonBlocking>(program, "non-blocking")) {
    in_program_ = true;
    if (!one.type.empty()) types_.insert(std::move(one.type));
  }
}

bool Descriptors::are_nonblocking(bool of_program, const std::string& owner) const {
  return (of_program && in_program_) || types_.contains(owner);
}

std::vector<Finding> report_kept(Program& program, const Excuses& excuses) {
  const StartUp& start_up = excuses.start_up;
  std::vector<Finding> by_policy;
  const Descriptors descriptors(program);
  for (KeptCall& kept : records_of<KeptCall>(program, "kept")) {
    if (descriptors.are_nonblocking(kept.on_descriptor, kept.owner)) continue;
    const FunctionId* function = program.graph().find(kept.function);
    if (function && excuses.offloaded.contains(*function)) continue;
    if (function && kept.may_start) {
      if (start_up.is_quiet(*function, kept.finding.place)) continue;
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
                        !descriptors.are_nonblocking(sink.on_descriptor, sink.owner);
    if (id && counts) sinks[*id].push_back(std::move(sink));
  }
  return sinks;
}

}  // namespace corolint::blocking
