#pragma once

// Findings to bytes: one function per format, each a pure function of the report and of the sources under
// `report.root`. None of them throws, whatever bytes the sources hold.

#include "engine/report.h"

#include <string>

namespace corolint {

struct TextStyle {
  bool color = false;  // ANSI colours; they repeat what the text says
  unsigned context =
      1;               // source lines at a place: 0 none, 1 its own line, each more adds one before and after
  unsigned width = 0;  // columns to fold sentences at; 0: do not fold
};

// Returns the findings for people: sentence, source, marks, notes, path, help.
std::string as_full(const Report& report, const TextStyle& style);

// Returns one line per finding in GCC's shape, for editors and problem matchers.
std::string as_concise(const Report& report);

// Returns one JSON document with all that the report holds, but for times.
std::string as_json(const Report& report);

// Returns a SARIF 2.1.0 log with one run.
std::string as_sarif(const Report& report);

// Returns how many problems were found and how many units were analysed: the last lines on stderr.
std::string summary(const Report& report);

// Returns each unit that could not be analysed in full, with the cause and the first compiler errors, for
// stderr.
std::string broken_units_text(const Report& report);

// Returns the functions that asynchronous code calls and that no analysed unit holds, the first few, for
// stderr; nothing if there are none.
std::string unseen_text(const Report& report);

}  // namespace corolint
