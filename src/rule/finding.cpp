#include "rule/finding.h"

namespace corolint {

std::string_view level_name(Level level) {
  switch (level) {
    case Level::none:
      return "none";
    case Level::note:
      return "note";
    case Level::warning:
      return "warning";
    case Level::error:
      return "error";
  }
  return "none";
}

std::string fill_in(std::string_view text, const std::vector<std::string>& arguments) {
  std::string filled;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool is_slot = text[i] == '{' && i + 2 < text.size() && text[i + 2] == '}' && text[i + 1] >= '0' &&
                         text[i + 1] <= '9';
    const std::size_t slot = is_slot ? static_cast<std::size_t>(text[i + 1] - '0') : 0;
    if (is_slot && slot < arguments.size()) {
      filled += arguments[slot];
      i += 2;
    } else {
      filled += text[i];
    }
  }
  return filled;
}

}  // namespace corolint
