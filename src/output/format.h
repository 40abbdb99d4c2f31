#pragma once

// The formats that a report can be written in: the one list of them. A new format is a file of this folder
// and a row of the list.

#include <string>
#include <string_view>
#include <vector>

#include "engine/report.h"
#include "output/output.h"

namespace corolint {

// What a format may draw on.
struct Rendering {
  const Report& report;  // files named from the project's root
  const Report& seen;    // the same report, files named from where the reader is
  TextStyle style;
  SarifOptions sarif;
  Hidden hidden = Hidden::left_out;
};

struct Format {
  std::string_view name;
  std::string_view reader;  // who or what reads it
  std::string (*render)(const Rendering& rendering);
  bool is_built_in = true;  // false: the build lacked what the format needs
};

// Returns all formats, those for people first.
const std::vector<Format>& formats();

// Returns the format of that name, or null.
const Format* format_named(std::string_view name);

}  // namespace corolint
