// Stands in for the bundled page where npm is missing.

#include "output/html_page.h"

namespace corolint {

std::string_view html_script() {
  return {};
}

std::string_view html_style() {
  return {};
}

}  // namespace corolint
