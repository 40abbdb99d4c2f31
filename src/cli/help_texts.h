#pragma once

#include <string>
#include <string_view>

namespace corolint {

// Each is a few lines for help and manual, with a final line end.
std::string_view examples();
std::string_view exit_statuses();
std::string_view environment();

// Returns what help says below the options of `check`.
std::string after_check_options();

}  // namespace corolint
