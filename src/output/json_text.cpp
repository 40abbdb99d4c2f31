#include "output/json_text.h"

namespace corolint {

namespace {

using Json = nlohmann::ordered_json;

std::string dumped(const Json& document, int indent) {
  return document.dump(indent, ' ', /*ensure_ascii=*/false, Json::error_handler_t::replace) + "\n";
}

}  // namespace

std::string json_text(const Json& document) {
  return dumped(document, 2);
}

std::string json_line(const Json& document) {
  return dumped(document, -1);
}

}  // namespace corolint
