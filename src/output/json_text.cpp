#include "output/json_text.h"

namespace corolint {

std::string json_text(const nlohmann::ordered_json& document) {
  return document.dump(2, ' ', /*ensure_ascii=*/false, nlohmann::ordered_json::error_handler_t::replace) +
         "\n";
}

}  // namespace corolint
