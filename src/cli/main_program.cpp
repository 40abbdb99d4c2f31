#include "cli/main_program.h"

#include <exception>

#include "cli/commands.h"
#include "cli/exit_status.h"
#include "cli/print.h"
#include "cli/process.h"
#include "engine/heap.h"

namespace corolint {

namespace {

llvm::Expected<int> run_request(const Request& request) {
  switch (request.command) {
    case Request::Command::check:
      return check(request.check);
    case Request::Command::rules:
      return list_rules(request.format);
    case Request::Command::explain:
      return explain(request.rule);
    case Request::Command::models:
      return show_models(request.models);
    case Request::Command::plan:
      return plan(request.check.input, request.stage);
    case Request::Command::facts:
      return facts(request.stage, request.check.run, request.check.gate.quiet);
    case Request::Command::link:
      return link(request.stage);
    case Request::Command::gate:
      return gate(request.stage, request.check.gate);
    case Request::Command::graph:
      return show_graph(request.check, request.graph);
    case Request::Command::cache:
      return show_cache(request.check.run.cache);
    case Request::Command::doctor:
      return doctor(request.check.input);
    case Request::Command::baseline:
      return change_baseline(request.check, request.baseline);
    case Request::Command::suppress:
      return suppress(request.check, request.reason);
    case Request::Command::lsp:
      return serve_editor(request.check);
    case Request::Command::diff:
      return diff(request.stage, request.check.gate);
    case Request::Command::config:
      return configure(request.check.input, request.config);
    case Request::Command::text:
      return print_bytes(request.text);
  }
  return exit_internal;
}

llvm::Expected<int> run_arguments(int count, char** arguments) {
  llvm::Expected<Request> request = read_arguments(count, arguments);
  if (!request) return request.takeError();
  return run_request(*request);
}

int run_guarded(int count, char** arguments) {
  try {
    llvm::Expected<int> status = run_arguments(count, arguments);
    if (status) return *status;
    tell("corolint: error: " + llvm::toString(status.takeError()) + "\n");
    return exit_usage;
  } catch (const std::exception& error) {
    tell(std::string("corolint: internal error, please report it: ") + error.what() + "\n");
    return exit_internal;
  }
}

}  // namespace

int main_program(int count, char** arguments) {
  prepare_process();
  prepare_heap();
  const int status = run_guarded(count, arguments);
  forgive_stderr();
  return status;
}

}  // namespace corolint
