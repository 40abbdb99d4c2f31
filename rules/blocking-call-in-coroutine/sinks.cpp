#include "sinks.h"

#include "blocking_calls.h"
#include "unit/shown_name.h"

namespace corolint::blocking {

void export_allowed(Pass& pass, const Function& handler) {
  export_record(pass, "allowed", Allowed{pass.key(handler.declaration())});
}

void export_kept(Pass& pass) {
  for (Finding& finding : pass.take_kept()) export_record(pass, "kept", KeptCall{std::move(finding)});
}

void export_nonblocking(Pass& pass, const Function& function) {
  const llvm::StringRef text = pass.unit().text_of(function.body()->getSourceRange());
  if (text.contains("O_NONBLOCK") || text.contains("SOCK_NONBLOCK") || text.contains("FIONBIO"))
    export_record(pass, "non-blocking", NonBlocking{pass.key(function.declaration())});
}

void export_sinks(Pass& pass, const Function& function) {
  each_blocking_call(pass, function, [&](const Call& call, const Entry& entry) {
    if (pass.is_suppressed(call.expr)) return;
    export_record(pass, "sink",
                  Sink{pass.key(function.declaration()), shown_name(*call.callee), entry.subject,
                       entry.replace, entry.role == Role::sync_wait, is_on_descriptor(entry),
                       pass.unit().place_of(call.expr->getSourceRange())});
  });
}

bool makes_nonblocking(const Program& program) {
  return !records_of<NonBlocking>(program, "non-blocking").empty();
}

std::map<FunctionId, std::vector<Sink>> sinks_of(const Program& program, bool with_waits) {
  std::map<FunctionId, std::vector<Sink>> sinks;
  const bool is_nonblocking = makes_nonblocking(program);
  for (Sink& sink : records_of<Sink>(program, "sink"))
    if (const FunctionId* id = program.graph().find(sink.function);
        id && (with_waits || !sink.waits) && !(is_nonblocking && sink.on_descriptor))
      sinks[*id].push_back(std::move(sink));
  return sinks;
}

}  // namespace corolint::blocking
