#include "engine/json_error.h"

namespace corolint {

std::string problem_of(const nlohmann::json::exception& error) {
  const std::string text = error.what();  // "[json.exception.parse_error.101] parse error at line 1, …"
  const std::size_t end = text.starts_with("[json.exception.") ? text.find("] ") : std::string::npos;
  return end == std::string::npos ? text : text.substr(end + 2);
}

}  // namespace corolint
