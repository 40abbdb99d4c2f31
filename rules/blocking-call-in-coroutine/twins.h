#pragma once

#include "rule/pass.h"

namespace corolint::blocking {

inline const Option async_twins{"async-twins", false,
                                "report calls of methods whose class has an awaitable method of the same "
                                "name with 'async' or 'co' around it"};

inline constexpr Message has_twin{
    "has-twin", "'{0}' is called in coroutine '{1}', and its class has the awaitable '{2}'"};

// Reports what the option asks for.
void check_twins(Pass& pass, const Function& coroutine);

}  // namespace corolint::blocking
