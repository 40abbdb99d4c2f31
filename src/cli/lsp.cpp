// `corolint lsp`: the language server on stdin and stdout. A document is checked when nothing more has come
// for a moment, so that typing does not queue checks of texts that are gone.

#include <unistd.h>

#include "cli/commands.h"
#include "cli/known_findings.h"
#include "cli/print.h"
#include "lsp/conversation.h"

namespace corolint {

namespace {

constexpr std::chrono::milliseconds pause_in_typing{150};

llvm::Expected<Report> report_on(const CheckRequest& request, const std::string& file,
                                 const std::map<std::string, std::string>& texts) {
  CheckRequest of_file = request;
  of_file.gate.quiet = true;
  of_file.input.one_file = file;
  of_file.input.unsaved = texts;
  auto report = checked_report(of_file);
  if (!report) return report;
  std::vector<std::string> notices;
  if (llvm::Error error = keep_new(request.gate.fresh, *report, notices)) return error;
  return report;
}

}  // namespace

llvm::Expected<int> serve_editor(const CheckRequest& request) {
  bool is_heard = true;
  const auto send = [&](const nlohmann::json& message) {
    const auto text = message.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
    is_heard = is_heard && write_message(STDOUT_FILENO, text);
  };
  LanguageServer server(
      [&](const std::string& file, const std::map<std::string, std::string>& texts) {
        return report_on(request, file, texts);
      },
      send);
  MessageReader reader(STDIN_FILENO);
  while (is_heard && !server.is_over()) {
    if (server.has_work() && !reader.has_input(pause_in_typing)) {
      server.check_open();
      continue;
    }
    if (!take_next(reader, server)) break;
  }
  return server.exit_status();
}

}  // namespace corolint
