#include "output/xml.h"

#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/raw_ostream.h"
#include "output/unicode.h"

namespace corolint {

std::string xml_attribute(std::string_view name, std::string_view value) {
  return " " + std::string(name) + "=\"" + xml_text(printable(value)) + "\"";
}

std::string xml_text(std::string_view text) {
  std::string escaped;
  llvm::raw_string_ostream stream(escaped);
  llvm::printHTMLEscaped(text, stream);  // the five characters are those of XML
  return escaped;
}

}  // namespace corolint
