#include "output/sarif_place.h"

#include "llvm/ADT/StringExtras.h"

#include <algorithm>

namespace corolint {

std::string uri_of(std::string_view file) {
  static constexpr std::string_view kept = "-._~/!$&'()*+,;=@";  // ':' is not: it would end a scheme
  std::string uri = file.starts_with('/') ? "file://" : "";
  for (const char c : file) {
    if (llvm::isAlnum(c) || kept.find(c) != std::string_view::npos)
      uri += c;
    else
      uri += "%" + llvm::utohexstr(static_cast<unsigned char>(c), /*LowerCase=*/false, 2);
  }
  return uri;
}

nlohmann::ordered_json sarif_artifact(const std::string& file) {
  if (file.starts_with('/')) return {{"uri", uri_of(file)}};
  return {{"uri", uri_of(file)}, {"uriBaseId", "%SRCROOT%"}};
}

nlohmann::ordered_json sarif_place(const Place& place) {
  const auto line = std::max(place.line, 1u), column = std::max(place.column, 1u);
  const auto end_line = std::max(place.end_line, line);
  const auto end_column = std::max(place.end_column, end_line == line ? column : 1u);
  return {{"artifactLocation", sarif_artifact(place.file)},
          {"region",
           {{"startLine", line}, {"startColumn", column}, {"endLine", end_line}, {"endColumn", end_column}}}};
}

nlohmann::ordered_json sarif_function(const std::string& qualified_name) {
  return nlohmann::ordered_json::array({{{"fullyQualifiedName", qualified_name}, {"kind", "function"}}});
}

}  // namespace corolint
