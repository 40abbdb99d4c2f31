// What a check would do and with what, one line a fact. A fact that cannot be had is a problem with its
// remedy, and the others are still told: whoever asks the doctor has something that does not work.

#include "cli/analysis_setup.h"
#include "cli/session.h"
#include "cli/commands.h"
#include "cli/exit_status.h"
#include "cli/print.h"
#include "cli/process.h"
#include "cli/read_text.h"
#include "cli/user_models.h"
#include "engine/config_rules.h"
#include "engine/run.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/FormatVariadic.h"
#include "output/output.h"
#include "output/version.h"
#include "project/config.h"

namespace corolint {

namespace {

class Findings {
 public:
  void tell(std::string_view what, const std::string& value) {
    text_ += llvm::formatv("{0,-18}{1}\n", what, value);
  }

  // Returns the value, or null after it has told of the problem.
  template <typename Value>
  Value* tell_problem(std::string_view what, llvm::Expected<Value>& value) {
    if (value) return &*value;
    tell(what, "PROBLEM: " + llvm::toString(value.takeError()));
    ++problems_;
    return nullptr;
  }

  const std::string& text() const { return text_; }
  unsigned problems() const { return problems_; }

 private:
  std::string text_;
  unsigned problems_ = 0;
};

std::string rules_text() {
  std::vector<std::string> on, off;
  for (const RuleEntry& rule : all_rules())
    (rule.rule.level == Level::none ? off : on).emplace_back(rule.name);
  return llvm::join(on, ", ") + (off.empty() ? "" : "; off: " + llvm::join(off, ", "));
}

void tell_models(const InputRequest& request, const std::string& root, Findings& findings) {
  auto models = load_models(request.models, root);
  const Models* loaded = findings.tell_problem("models", models);
  if (!loaded) return;
  std::size_t own = 0;
  for (const Library& library : loaded->libraries()) own += library.is_user ? 1 : 0;
  findings.tell("models", llvm::formatv("{0} libraries of corolint, {1} of your own",
                                        loaded->libraries().size() - own, own));
}

// Returns whether it is in order; else nothing that depends on it is worth telling.
bool tell_config(const InputRequest& request, const std::string& root, Findings& findings) {
  auto config = load_config(request.config, root, {}, full_config_schema());
  const Config* loaded = findings.tell_problem("configuration", config);
  if (!loaded) return false;
  const std::string file = loaded->file();
  findings.tell("configuration", file.empty() ? "none (.corolint.yaml)" : file);
  return true;
}

// Returns how the compiler is called, as one line for a shell.
std::string command_line(const CompileCommand& command) {
  std::string line;
  for (const std::string& argument : command.arguments) {
    const bool is_plain =
        argument.find_first_of(" \t\"'\\$&|;<>()*?#~`") == std::string::npos && !argument.empty();
    std::string escaped = argument;
    for (std::size_t at = 0; (at = escaped.find('\'', at)) != std::string::npos; at += 4)
      escaped.replace(at, 1, "'\\''");
    line += (line.empty() ? "" : " ") + (is_plain ? argument : "'" + escaped + "'");
  }
  return line;
}

// Analyses the units that were asked for by name, and tells how that went.
void tell_units(const Plan& plan, Findings& findings) {
  for (const CompileCommand& command : plan.commands) {
    findings.tell("unit", command.file);
    findings.tell("  in", command.directory);
    findings.tell("  command", command_line(command));
  }
  auto setup = set_up(plan);
  if (!findings.tell_problem("analysis", setup)) return;
  UnitLog log;
  Session session(plan, *setup, RunRequest{}, true, log);
  const Report report = checked(plan, session.tools());
  session.end_analysis();
  if (report.interrupted_by != 0) end_by(report.interrupted_by);
  const std::string broken = broken_units_text(report);
  findings.tell("analysis",
                broken.empty()
                    ? llvm::formatv("complete, {0} findings in these units", report.findings.size()).str()
                    : "INCOMPLETE\n" + broken);
}

bool names_files_only(const Selection& selection) {
  if (selection.paths.empty()) return false;
  for (const std::string& path : selection.paths)
    if (llvm::sys::fs::is_directory(path)) return false;
  return true;
}

void tell_plan(const InputRequest& request, Findings& findings) {
  auto here = working_directory();
  if (!findings.tell_problem("folder", here)) return;
  std::vector<std::string> notices;
  auto selection = with_listed_paths(request, notices);
  if (!findings.tell_problem("files", selection)) return;
  auto project = open_project(*selection, *here);
  if (!findings.tell_problem("project", project)) return;
  findings.tell("project", project->root);
  findings.tell("flags from", project->origin);
  if (!tell_config(request, project->root, findings)) return;
  tell_models(request, project->root, findings);
  findings.tell("units", std::to_string(project->commands.size()));
  notices.insert(notices.end(), project->notices.begin(), project->notices.end());
  for (const std::string& notice : notices) findings.tell("note", notice);
  if (!names_files_only(*selection)) return;
  InputRequest listed = request;  // stdin is read
  listed.selection = *selection;
  listed.files_from.clear();
  auto plan = make_plan(listed);
  if (const Plan* made = findings.tell_problem("plan", plan)) tell_units(*made, findings);
}

}  // namespace

llvm::Expected<int> doctor(const InputRequest& request) {
  Findings findings;
  findings.tell("corolint", std::string(tool_version()));
  findings.tell("Clang", std::string(clang_version()));
  auto resource_dir = find_resource_dir();
  if (findings.tell_problem("Clang's headers", resource_dir)) findings.tell("Clang's headers", *resource_dir);
  findings.tell("rules", rules_text());
  tell_plan(request, findings);
  auto printed = print(findings.text());
  if (!printed) return printed.takeError();
  return findings.problems() == 0 ? exit_clean : exit_usage;
}

}  // namespace corolint
