#pragma once

#include <optional>
#include <string>
#include <vector>

#include "llvm/Support/Error.h"
#include "project/project.h"
#include "rule/finding.h"

namespace corolint {

enum class Format { full, concise, json, sarif };

struct Output {
  Format format = Format::full;
  std::string file;  // empty: stdout
};

enum class Color { automatic, always, never };

struct CheckRequest {
  Selection selection;
  std::vector<std::string> models;  // files with models of the user's own libraries
  std::vector<Output> outputs;      // empty: full on a terminal, concise elsewhere
  Level fail_on = Level::error;
  bool broken_fails = true;  // units that could not be analysed make the run incomplete
  bool quiet = false;
  Color color = Color::automatic;
  unsigned jobs = 0;  // 0: as many as there are processors
};

struct ModelsRequest {
  std::vector<std::string> names;   // canonical names to look up; empty: list the libraries
  std::vector<std::string> models;  // files with models of the user's own libraries
  bool schema = false;              // print the JSON Schema of models instead
};

struct Request {
  enum class Command { check, rules, explain, models, text };
  Command command = Command::check;
  CheckRequest check;
  ModelsRequest models;
  std::string rule;  // of `explain`
  std::string text;  // of `text`: help or version, to be printed as it is
};

// Returns what the command line asks for; an error says what is wrong with it.
llvm::Expected<Request> read_arguments(int count, char** arguments);

}  // namespace corolint
