#pragma once

// What a run has to tell: the only thing that the outputs see.

#include <map>
#include <string>
#include <vector>

#include "engine/project_settings.h"
#include "rule/finding.h"
#include "rule/rule.h"
#include "unit/place.h"

namespace corolint {

// A unit that could not be analysed, or only in part.
struct BrokenUnit {
  std::string file;   // the main file, relative to the project root
  std::string cause;  // one clause: "does not parse", "the worker crashed: segmentation fault"
  std::vector<CompilerError> errors;  // the first few
  unsigned error_count = 0;           // all of them
  bool is_internal = false;           // the mistake is corolint's own: an exception escaped a rule
};

// A function that asynchronous code runs and whose body no analysed unit holds: a chain may pass through it.
struct UnseenFunction {
  std::string name;
  Place call;          // one call of it
  std::string caller;  // the function that makes the call
  friend auto operator<=>(const UnseenFunction&, const UnseenFunction&) = default;
};

// A finding that is not shown, and why.
struct HiddenFinding {
  enum class By { comment, baseline };

  Finding finding;
  By by = By::comment;
  std::string reason;  // that the comment or the baseline gives; may be empty

  friend auto operator<=>(const HiddenFinding&, const HiddenFinding&) = default;
};

// The cause of a unit that the end of an interrupted run has come before.
inline constexpr const char* interrupted_cause = "analysis was interrupted";

struct Report {
  std::string root;                     // absolute; Place::file is relative to it
  std::vector<Finding> findings;        // sorted by place, then rule; no two are equal
  std::vector<BrokenUnit> broken;       // sorted by file
  std::vector<UnseenFunction> unseen;   // sorted by name; only told where the program was not seen whole
  std::vector<std::string> unread;      // files with coroutines that no unit reads; sorted
  std::vector<const RuleEntry*> rules;  // the rules that ran, sorted by name
  std::vector<std::string> files;       // main files of all units, relative to the root, sorted, no two equal
  std::size_t units = 0;                // selected, broken ones included
  std::size_t unseen_units = 0;         // of the project, not selected, and no earlier run knows them
  std::size_t known_units = 0;          // from earlier runs, as they were; only for stderr
  double seconds = 0;                   // wall time of the analysis; only for the summary on a terminal
  int exit_status = 0;
  GateSettings gate;                  // of the project; the command line goes before it
  std::vector<HiddenFinding> hidden;  // by comments and by the baseline; sorted
  bool is_whole = false;              // all of the project was selected
  bool has_baseline = false;          // then all `findings` are new since
  std::vector<Finding> absent;        // in the baseline and not found any more, as far as it tells of them
  int interrupted_by = 0;             // the signal that ended the analysis early; 0: it is complete
  std::map<std::string, std::string> unsaved;  // texts that stand for files on disk, by absolute path
};

}  // namespace corolint
