#pragma once

#include "coroutines/function.h"

namespace corolint {

// Is the coroutine a generator in the sense of std::generator: it yields, awaits nothing, and is run by
// whoever asks for its next value, as a function would be? A generator whose consumer awaits the values is
// none.
bool is_synchronous_generator(const Function& function);

}  // namespace corolint
