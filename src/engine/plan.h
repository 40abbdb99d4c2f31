#pragma once

// What a run is to do, as a value and as a file: which units with which commands, and with which knowledge.
// The stages after it (facts, link) read nothing else but the sources, on this machine or others.

#include <map>
#include <string>
#include <utility>
#include <vector>

#include "engine/project_settings.h"
#include "engine/rule_settings.h"
#include "llvm/Support/Error.h"
#include "project/project.h"

namespace corolint {

struct Plan {
  std::string root;
  std::vector<CompileCommand> commands;
  std::vector<std::string> notices;
  std::vector<std::pair<std::string, std::string>> models;  // name and text of the user's model files
  std::vector<CompileCommand> others = {};  // the project's units that were not selected; not part of the file
  RuleSettings rules = {};
  bool is_whole = false;  // nothing of the project was left out by the command line
  ProjectSettings settings = {};
  // Not part of the file either:
  std::map<std::string, std::string> unsaved = {};  // texts that stand for files on disk, by absolute path
  std::string only = {};                 // report what stands in this file, named from the root; empty: in all
  std::vector<std::string> inputs = {};  // files that the plan was made of, absolute; they need not be there
};

// Returns what identifies the plan and the program that made it: facts of another plan, other models, rules
// or options, or another version are not mixed with its own. Levels do not count.
std::string digest_of(const Plan& plan);

// Returns what of the plan decides the facts of a unit, beside its command and its files, and what decides
// the report, beside the facts: results of a plan with another such digest are not the same. Whatever of the
// plan a rule or a model looks at must be in it.
std::string digest_of_analysis(const Plan& plan);

// Returns what of the plan decides the report beside the facts: levels, options, the gate's settings.
std::string digest_of_settings(const Plan& plan);

// Returns the plan as JSON, and back; an error names the file and what is wrong with it.
std::string to_json_text(const Plan& plan);
llvm::Expected<Plan> plan_from_json(std::string_view text, const std::string& file);

}  // namespace corolint
