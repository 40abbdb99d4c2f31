#pragma once

// Reports that the tests of the outputs render.

#include <string>
#include <string_view>
#include <vector>

#include "engine/report.h"
#include "program.h"

namespace corolint {

// Returns the text of a file in tests/golden/, with the tool's version for `@VERSION@`.
std::string golden(const std::string& name);

// The report that the golden files show: a finding with all there can be, and one with no more than there has
// to be.
struct Sample {
  ScratchFolder folder;
  std::string page = golden("rule.md");
  Message blocks{"blocks", "'{0}' blocks the thread of coroutine '{1}'"};
  RuleEntry blocking{"blocking-call-in-coroutine", {nullptr, {blocks}, Level::error, 1322}, page};
  RuleEntry opinion{
      "some-opinion", {nullptr, {{"odd", "this is odd"}}, Level::none, 0}, "# some-opinion\n\nAn opinion.\n"};
  Report report;

  Sample();
};

// Returns the report of one finding in `a.cpp`, which holds `source`.
Report single(const ScratchFolder& folder, std::string_view source, Place place,
              std::vector<Note> notes = {});

}  // namespace corolint
