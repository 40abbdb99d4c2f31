#include "output/output.h"
#include "output/spelling.h"
#include "output/unicode.h"

#include "llvm/Support/FormatVariadic.h"

namespace corolint {

std::string as_concise(const Report& report) {
  std::string text;
  for (const Finding& finding : report.findings)
    text += llvm::formatv("{0}: {1}: {2} [{3}]\n", printable(spelled(finding.place)),
                          level_name(finding.level), printable(finding.message), finding.rule);
  return printable_lines(text);
}

}  // namespace corolint
