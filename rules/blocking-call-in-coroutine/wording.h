#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "models/models.h"
#include "rule/finding.h"

namespace corolint::blocking {

// Returns what happens at run time at a blocking call of the class.
std::string consequence(const std::string& subject);

// May a program make blocking calls of the class by design, in all of its coroutines: ask a local database in
// place?
bool is_policy(const std::string& subject);

// Returns how bad a blocking call of the class is.
Level level_of(const std::string& subject);

// Returns what a coroutine of the library should do instead of a blocking call of the class; `replace` is
// what the call's own model names.
std::string remedy(const Models& models, std::string_view library, const std::string& subject,
                   const std::vector<std::string>& replace);

}  // namespace corolint::blocking
