#include "targets.h"

#include <fcntl.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

#include "engine/analysis.h"
#include "engine/baseline.h"
#include "engine/config_rules.h"
#include "engine/link.h"
#include "engine/plan.h"
#include "engine/stage_files.h"
#include "engine/suppression.h"
#include "lsp/conversation.h"
#include "models/library_file.h"
#include "output/output.h"
#include "project/config.h"
#include "project/flags.h"
#include "project/patch.h"
#include "project/project.h"

#include "llvm/Support/Path.h"

namespace corolint {

namespace {

namespace fs = std::filesystem;

// A folder of this process for the readers that take a file.
class Folder {
 public:
  Folder() : path_(fs::temp_directory_path() / ("corolint-fuzz-" + std::to_string(getpid()))) {
    fs::create_directories(path_ / ".git");
  }
  ~Folder() { fs::remove_all(path_); }
  std::string path() const { return path_.string(); }
  std::string write(const char* name, std::string_view bytes) const {
    std::ofstream(path_ / name, std::ios::binary) << bytes;
    return (path_ / name).string();
  }

 private:
  fs::path path_;
};

const Folder& folder() {
  static const Folder one;
  return one;
}

const Models& models() {
  static const Models all = llvm::cantFail(Models::load({}));
  return all;
}

std::vector<const RuleEntry*> rules() {
  std::vector<const RuleEntry*> all;
  for (const RuleEntry& rule : all_rules()) all.push_back(&rule);
  return all;
}

template <typename Value>
void drop(llvm::Expected<Value> value) {
  if (!value) llvm::consumeError(value.takeError());
}

void show(const Report& report) {
  as_json(report);
  as_sarif(report);
  as_concise(report);
  as_full(report, {});
  summary(report);
  broken_units_text(report);
}

void feed_compile_database(std::string_view bytes) {
  const std::string file = folder().write("compile_commands.json", bytes);
  drop(open_project({{}, file, {}}, folder().path()));
}

void feed_response_file(std::string_view bytes) {
  folder().write("a.rsp", bytes);
  CompileCommand command{folder().path(), folder().path() + "/a.cpp", {"g++", "@a.rsp", "a.cpp"}};
  expand_responses(command);
  FlagCleaning().clean(command);
}

void feed_config(std::string_view bytes) {
  folder().write(".corolint.yaml", bytes);
  drop(load_config({}, folder().path(), {}, full_config_schema()));
}

void feed_models(std::string_view bytes) {
  auto library = read_user_library(bytes, "m.json");
  if (!library) return llvm::consumeError(library.takeError());
  std::vector<Library> libraries;
  libraries.push_back(std::move(*library));
  drop(Models::load(std::move(libraries)));
}

void feed_plan(std::string_view bytes) {
  auto plan = plan_from_json(bytes, "plan");
  if (!plan) return llvm::consumeError(plan.takeError());
  digest_of(*plan);
}

void feed_facts(std::string_view bytes) {
  auto facts = facts_from_text(bytes, "facts");
  if (!facts) return llvm::consumeError(facts.takeError());
  Linker linker(models(), rules());
  linker.add(*facts);
  linker.add(std::move(*facts));
  try {
    show(linker.report("/"));
  } catch (const nlohmann::json::exception&) {
    // A record that no rule has written: the digest of a facts file tells that such a file was changed.
  }
}

void feed_result(std::string_view bytes) {
  auto report = result_from_text(bytes, "result");
  if (!report) return llvm::consumeError(report.takeError());
  sort_and_merge(report->findings);
  show(*report);
}

void feed_baseline(std::string_view bytes) {
  auto baseline = baseline_from_text(bytes, "baseline");
  if (!baseline) return llvm::consumeError(baseline.takeError());
  auto again = baseline_from_text(baseline_text(*baseline), "baseline");
  if (!again) llvm::report_fatal_error("a baseline that was written cannot be read");
  Report report;
  apply_baseline(*baseline, {}, report);
}

void feed_patch(std::string_view bytes) {
  if (const auto changes = changes_in_patch(bytes))
    for (const auto& [file, change] : *changes) touches({{file, change}}, file, 1, 2);
}

void feed_suppressions(std::string_view bytes) {
  std::vector<Comment> comments;
  for (std::uint32_t line = 1; !bytes.empty(); ++line) {
    const std::size_t end = std::min(bytes.find('\0'), bytes.size());
    comments.push_back({{"a.cpp", line, 1, line, 1}, std::string(bytes.substr(0, end)), {}});
    bytes.remove_prefix(std::min(end + 1, bytes.size()));
  }
  const auto suppressions = suppressions_in(comments);
  for (const RuleEntry& rule : all_rules()) suppressing(suppressions, rule.name, "a.cpp", 1);
}

// A report with something to say of every line that the texts may have, and a fix for it.
Report report_of(const std::string& file) {
  Report report;
  report.root = llvm::sys::path::parent_path(file).str();
  report.files = {llvm::sys::path::filename(file).str()};
  for (std::uint32_t line = 1; line < 4; ++line) {
    Finding finding;
    finding.rule = "discarded-awaitable";
    finding.place = {report.files.front(), line, 2, line, 5};
    finding.fixes = {{"await it", Applicability::safe, {{finding.place, "co_await "}}}};
    report.findings.push_back(std::move(finding));
  }
  return report;
}

void feed_editor_messages(std::string_view bytes) {
  const int file = open(folder().write("messages", bytes).c_str(), O_RDONLY | O_CLOEXEC);
  MessageReader reader(file);
  LanguageServer server([](const std::string& path, const auto&) { return report_of(path); },
                        [](const nlohmann::json& message) {
                          message.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
                        });
  while (!server.is_over() && take_next(reader, server))
    if (server.has_work()) server.check_open();
  close(file);
}

void feed_source(std::string_view bytes) {
  static const std::string clang_headers = llvm::cantFail(find_resource_dir());
  const std::string file = folder().write("a.cpp", bytes);
  const std::string fakes = std::string(SOURCE_DIR) + "/fixtures/lib/";
  CompileCommand command{folder().path(), file, {"clang++", "-std=c++20", "-nostdinc++"}};
  for (const char* library : {"std", "task", "asio"})
    command.arguments.insert(command.arguments.end(), {"-isystem", fakes + library});
  command.arguments.push_back(file);
  const Analysis analysis{{folder().path(), clang_headers, models().defines()}, models(), rules()};
  UnitLog log;
  UnitResult unit = analyse(command, analysis, nullptr, log);
  auto again = facts_from_text(facts_text(unit), "facts");
  if (!again) llvm::report_fatal_error("facts that were written cannot be read");
  Linker linker(models(), rules());
  linker.add(std::move(unit));
  show(linker.report(folder().path()));
}

}  // namespace

const std::vector<FuzzTarget>& fuzz_targets() {
  static const std::vector<FuzzTarget> targets = {
      {"compile_database", feed_compile_database},
      {"response_file", feed_response_file},
      {"config", feed_config},
      {"models", feed_models},
      {"plan", feed_plan},
      {"facts", feed_facts},
      {"result", feed_result},
      {"baseline", feed_baseline},
      {"patch", feed_patch},
      {"suppressions", feed_suppressions},
      {"editor_messages", feed_editor_messages},
      {"source", feed_source},
  };
  return targets;
}

}  // namespace corolint
