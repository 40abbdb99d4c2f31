#pragma once

#include "rule/pass.h"

namespace corolint::blocking {

// Returns what happens at run time where something of the class `subject` blocks.
std::string consequence(const std::string& subject);

// Returns what to write instead of what the entry blocks: the library's own twin, or a phrase.
std::string remedy(const Pass& pass, const Function& coroutine, const Entry& entry);

}  // namespace corolint::blocking
