#include "engine/json_error.h"

namespace corolint {

std::string problem_of(const nlohmann::json::exception& error) {
  const std::string text = error.what();  // "[json.exception.parse_error.101] parse error at line 1, …"
  const std::size_t end = text.starts_with("[json.exception.") ? text.find("] ") : std::string::npos;
  return end == std::string::npos ? text : text.substr(end + 2);
}

std::string writer_of(const nlohmann::json& document) {
  const std::string version = document.at("corolint").get<std::string>();
  return (version == COROLINT_VERSION ? "another build of corolint " : "corolint ") + version;
}

}  // namespace corolint
