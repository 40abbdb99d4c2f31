#include "facts/whole_numbers.h"

#include <vector>

namespace corolint {

using nlohmann::json;

// Without recursion: the text may be nested as deep as it is long.
bool has_fraction(const json& value) {
  std::vector<const json*> open = {&value};
  while (!open.empty()) {
    const json& next = *open.back();
    open.pop_back();
    if (next.is_number_float()) return true;
    if (next.is_structured())
      for (const json& part : next) open.push_back(&part);
  }
  return false;
}

json parse_whole(std::string_view text) {
  json document = json::parse(text);
  if (has_fraction(document)) throw json::out_of_range::create(406, "a number is not whole", nullptr);
  return document;
}

}  // namespace corolint
