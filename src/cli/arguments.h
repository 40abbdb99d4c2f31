#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "engine/config_rules.h"
#include "llvm/Support/Error.h"
#include "output/format.h"
#include "project/config.h"
#include "project/project.h"
#include "rule/finding.h"

namespace corolint {

struct Output {
  const Format* format = nullptr;
  std::string file;  // empty: stdout
};

enum class Color { automatic, always, never };

// Which findings count: only those that are new, or that a change touches.
struct NewRequest {
  std::string baseline;  // the file; empty: as configured
  bool no_baseline = false;
  std::string since;          // a commit: what has changed since the common ancestor with HEAD
  std::string changed_lines;  // a commit: what differs from it
  std::string patch;          // a file with a patch

  bool is_about_changes() const { return !since.empty() || !changed_lines.empty() || !patch.empty(); }
};

// How a report is shown, and what it means for the exit status.
struct GateRequest {
  std::vector<Output> outputs;       // empty: full on a terminal, concise elsewhere
  std::optional<Level> fail_on;      // absent: as the project's configuration says
  std::optional<bool> broken_fails;  // likewise
  bool exit_zero = false;            // findings do not change the exit status
  NewRequest fresh;
  bool quiet = false;
  Color color = Color::automatic;
  unsigned context = 1;  // as in TextStyle
  Chain chain = Chain::folded;
  SarifOptions sarif;
  Hidden hidden = Hidden::left_out;
  bool with_times = false;  // SARIF: when the run began and ended
};

// What is to be analysed, and with which knowledge.
struct InputRequest {
  Selection selection;
  std::string stdin_filename;       // of what stands on stdin, where the path is "-"
  std::string one_file;             // look at this file alone, absolute; it may be a header
  std::map<std::string, std::string> unsaved;  // texts that stand for files on disk, by absolute path
  std::string files_from;           // a file that lists more paths, one a line; "-" is stdin
  bool allow_empty = false;         // that nothing is selected is no error
  std::vector<std::string> models;  // files with models of the user's own libraries
  ConfigRequest config;
  std::vector<RuleFlag> rules;  // in the order in which they were given
};

// What to do with the fixes of findings.
struct FixRequest {
  bool apply = false;
  bool with_unsafe = false;
  bool as_patch = false;  // show them only
};

// What is kept between runs, and where.
struct CacheRequest {
  enum class Action { stat, clean, dir };
  std::string folder;                  // empty: where the environment says
  std::optional<std::uint64_t> limit;  // in bytes; without it a default holds
  bool is_off = false;
  Action action = Action::stat;  // of the command `cache`
};

// How units are analysed; nothing here changes what is found.
struct RunRequest {
  static constexpr auto profile_on_stderr = "true";   // what CLI11 gives for a flag without a value
  unsigned jobs = 0;                                  // 0: as many as there are processors to use
  unsigned unit_timeout = 600;                        // seconds; 0: none
  std::uint64_t max_memory = std::uint64_t{8} << 30;  // bytes for each worker; 0: all there is
  std::string reproducer;                             // folder for reports of lost units; empty: none
  CacheRequest cache;
  bool no_prefixes = false;
  bool skip_synchronous = false;
  bool no_progress = false;
  std::string profile;  // empty: none; else `profile_on_stderr` or the trace's file
};

struct CheckRequest {
  InputRequest input;
  FixRequest fix;
  GateRequest gate;
  RunRequest run;
  bool watch = false;  // run again when files change
  std::string save;    // the file for the result, as `corolint link` writes it; empty: none
};

// The stages of a check, one by one: `plan`, `facts`, `link`, `gate`.
struct StageRequest {
  std::string plan;                 // the plan's file
  std::vector<std::string> inputs;  // link: folders or files of facts; gate: results
  std::string output;               // the file, or for facts the folder, to write
  unsigned shard = 1, shards = 1;   // facts: the share of the units
  bool allow_missing = false;       // link: units without facts are told, not refused
};

struct GraphRequest {
  std::string from, to;  // names of functions; `to` may be empty
  bool as_dot = false;
};

// `corolint baseline`.
struct BaselineRequest {
  enum class What { create, update, prune, explain, migrate };
  What what = What::create;
  bool add = false;    // update: take new findings in
  std::string reason;  // of what is added
  std::string id;      // explain: how the identity begins
};

// `corolint config`.
struct ConfigCommand {
  enum class What { init, show, check, schema };
  What what = What::show;
  std::string path;  // show: a file whose rules are meant
};

struct ModelsRequest {
  std::vector<std::string> names;   // canonical names to look up; empty: list the libraries
  std::vector<std::string> models;  // files with models of the user's own libraries
  bool schema = false;              // print the JSON Schema of models instead
};

struct Request {
  enum class Command {
    check,
    rules,
    explain,
    models,
    plan,
    facts,
    link,
    gate,
    graph,
    cache,
    doctor,
    config,
    baseline,
    diff,
    suppress,
    lsp,
    text
  };
  Command command = Command::check;
  CheckRequest check;  // of `check`; parts of it of the stages and of `graph`
  StageRequest stage;
  GraphRequest graph;
  ConfigCommand config;
  BaselineRequest baseline;
  ModelsRequest models;
  std::string rule;    // of `explain`
  std::string format;  // of `rules`
  std::string reason;  // of `suppress`
  std::string text;    // of `text`: help, version, completions, manual: to be printed as it is
};

// Returns what the command line asks for; an error says what is wrong with it.
llvm::Expected<Request> read_arguments(int count, char** arguments);

}  // namespace corolint
