#include "engine/suppress.h"

#include <set>

#include "engine/source_bytes.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/StringRef.h"

namespace corolint {

namespace {

constexpr std::size_t longest_line = 110;

// May a comment follow the line? Not if something on it may reach beyond its end.
bool takes_comment(llvm::StringRef line, const std::string& comment) {
  return !line.contains("//") && !line.contains("/*") && !line.contains("R\"") && !line.ends_with("\\") &&
         line.size() + comment.size() + 2 <= longest_line;
}

Edit insertion(const std::string& file, std::uint32_t line, std::uint32_t column, std::string text) {
  return {{file, line, column, line, column}, std::move(text)};
}

// Returns the column behind the last character of the line, in UTF-16 code units from 1.
std::uint32_t end_column(llvm::StringRef line) {
  std::uint32_t column = 1;
  for (const char c : line) {
    const auto byte = static_cast<unsigned char>(c);
    if ((byte & 0xC0) != 0x80) column += byte >= 0xF0 ? 2 : 1;
  }
  return column;
}

}  // namespace

FixedFiles with_suppressions(const Report& report, const std::string& reason) {
  std::map<std::pair<std::string, std::uint32_t>, std::set<std::string>> rules;  // by line
  for (const Finding& finding : report.findings)
    rules[{finding.place.file, finding.place.line}].insert(finding.rule);
  SourceBytes sources(report);
  Report wanted;
  wanted.root = report.root;
  wanted.unsaved = report.unsaved;
  for (const auto& [at, names] : rules) {
    const auto& [file, number] = at;
    const std::string line = sources.line(file, number).value_or("");
    const std::string said = "(" + llvm::join(names, ", ") + ")" + (reason.empty() ? "" : ": " + reason);
    Finding& finding = wanted.findings.emplace_back();
    finding.place = {file, number, 1, number, 1};
    const std::string indent = line.substr(0, line.find_first_not_of(" \t"));
    const std::string behind = "  // NOLINT" + said;
    Edit edit = takes_comment(line, behind)
                    ? insertion(file, number, end_column(line), behind)
                    : insertion(file, number, 1, indent + "// NOLINTNEXTLINE" + said + "\n");
    finding.fixes.push_back({"suppress it", Applicability::safe, {std::move(edit)}});
  }
  return fixed_files(wanted, false);
}

}  // namespace corolint
