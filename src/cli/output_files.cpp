#include "cli/output_files.h"

#include <unistd.h>

#include <chrono>
#include <cstdlib>
#include <ctime>

#include "llvm/Support/FileSystem.h"
#include "llvm/Support/FormatVariadic.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/Process.h"
#include "llvm/Support/raw_ostream.h"
#include "output/output.h"

namespace corolint {

namespace {

// https://no-color.org and https://bixense.com/clicolors: the environment decides where the flag does not.
bool wants_color(Color color) {
  if (color != Color::automatic) return color == Color::always;
  if (std::getenv("NO_COLOR")) return false;
  return std::getenv("CLICOLOR_FORCE") || llvm::sys::Process::FileDescriptorIsDisplayed(STDOUT_FILENO);
}

// Returns the time as SARIF writes it: 2026-01-31T12:00:00.000Z.
std::string utc(std::chrono::system_clock::time_point time) {
  const auto milliseconds = std::chrono::duration_cast<std::chrono::milliseconds>(time.time_since_epoch()).count();
  const std::time_t seconds = milliseconds / 1000;
  std::tm parts{};
  gmtime_r(&seconds, &parts);
  return llvm::formatv("{0}-{1,0+2}-{2,0+2}T{3,0+2}:{4,0+2}:{5,0+2}.{6,0+3}Z", parts.tm_year + 1900,
                       parts.tm_mon + 1, parts.tm_mday, parts.tm_hour, parts.tm_min, parts.tm_sec,
                       milliseconds % 1000);
}

std::string rendered(const Output& output, const GateRequest& request, const Report& report,
                     const Report& seen) {
  TextStyle style;
  style.color = output.file.empty() && wants_color(request.color);
  style.width = output.file.empty() ? llvm::sys::Process::StandardOutColumns() : 0;
  style.context = request.context;
  style.chain = request.chain;
  style.hidden = request.hidden;
  SarifOptions sarif = request.sarif;
  sarif.hidden = request.hidden;
  if (request.with_times) {
    const auto now = std::chrono::system_clock::now();
    sarif.end = utc(now);
    sarif.begin = utc(now - std::chrono::milliseconds(static_cast<std::int64_t>(report.seconds * 1000)));
  }
  return output.format->render({report, seen, style, sarif, request.hidden});
}

llvm::Error write_to_stdout(const std::string& bytes) {
  llvm::outs() << bytes;
  llvm::outs().flush();
  if (!llvm::outs().has_error()) return llvm::Error::success();
  const std::error_code error = llvm::outs().error();
  llvm::outs().clear_error();  // else the stream's destructor ends the program
  return llvm::createStringError("cannot write to stdout: %s", error.message().c_str());
}

}  // namespace

llvm::Error check_outputs(const GateRequest& request) {
  for (const Output& output : request.outputs) {
    if (output.file.empty()) continue;
    if (llvm::sys::fs::is_directory(output.file))
      return llvm::createStringError("cannot write %s: it is a folder", output.file.c_str());
    const llvm::StringRef folder = llvm::sys::path::parent_path(output.file);
    if (!folder.empty() && !llvm::sys::fs::is_directory(folder))
      return llvm::createStringError("cannot write %s: there is no folder %s", output.file.c_str(),
                                     folder.str().c_str());
  }
  return llvm::Error::success();
}

llvm::Error write_outputs(const GateRequest& request, const Report& report, const Report& seen) {
  std::vector<Output> outputs = request.outputs;
  if (outputs.empty())
    outputs.push_back(
        {format_named(llvm::sys::Process::FileDescriptorIsDisplayed(STDOUT_FILENO) ? "full" : "concise"),
         ""});
  for (const Output& output : outputs) {
    const std::string bytes = rendered(output, request, report, seen);
    llvm::Error error = output.file.empty() ? write_to_stdout(bytes) : write_to_file(output.file, bytes);
    if (error) return error;
  }
  return llvm::Error::success();
}

}  // namespace corolint
