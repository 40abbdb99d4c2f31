#include "cli/main_program.h"

#include <exception>

#include "cli/commands.h"
#include "cli/exit_status.h"
#include "llvm/Support/raw_ostream.h"

namespace corolint {

namespace {

llvm::Expected<int> run_request(const Request& request) {
  switch (request.command) {
    case Request::Command::check:
      return check(request.check);
    case Request::Command::rules:
      return list_rules();
    case Request::Command::explain:
      return explain(request.rule);
    case Request::Command::models:
      return show_models(request.models);
    case Request::Command::plan:
      return plan(request.check.input, request.stage);
    case Request::Command::facts:
      return facts(request.stage, request.check.jobs, request.check.gate.quiet);
    case Request::Command::link:
      return link(request.stage);
    case Request::Command::gate:
      return gate(request.stage, request.check.gate);
    case Request::Command::graph:
      return show_graph(request.check, request.graph);
    case Request::Command::baseline:
      return change_baseline(request.check, request.baseline);
    case Request::Command::diff:
      return diff(request.stage, request.check.gate);
    case Request::Command::config:
      return configure(request.check.input, request.config);
    case Request::Command::text:
      llvm::outs() << request.text;
      return exit_clean;
  }
  return exit_internal;
}

llvm::Expected<int> run_arguments(int count, char** arguments) {
  llvm::Expected<Request> request = read_arguments(count, arguments);
  if (!request) return request.takeError();
  return run_request(*request);
}

}  // namespace

int main_program(int count, char** arguments) {
  try {
    llvm::Expected<int> status = run_arguments(count, arguments);
    if (status) return *status;
    llvm::errs() << "corolint: error: " << llvm::toString(status.takeError()) << "\n";
    return exit_usage;
  } catch (const std::exception& error) {
    llvm::errs() << "corolint: internal error, please report it: " << error.what() << "\n";
    return exit_internal;
  }
}

}  // namespace corolint
