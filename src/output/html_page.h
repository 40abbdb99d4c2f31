#pragma once

#include <string_view>

namespace corolint {

// Return the script and the style of the page that `html` writes, bundled from src/output/page; empty in a
// program that was built without npm.
std::string_view html_script();
std::string_view html_style();

}  // namespace corolint
