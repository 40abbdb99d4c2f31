#pragma once

#include <string>
#include <string_view>

namespace corolint {

// Does `path`, with `/` between its parts, match the glob? `*` and `?` stay within one part, `**` spans any
// number of them, `[a-z]` is one of a set, `{a,b}` one of a list. A glob that matches a folder matches all
// below it.
bool matches_path(std::string_view glob, std::string_view path);

}  // namespace corolint
