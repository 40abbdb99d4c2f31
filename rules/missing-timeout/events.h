#pragma once

#include "bounds.h"

namespace corolint::timeout {

inline const Option events{"events", false,
                           "report waits for events, channels, locks and permits that nothing limits; a "
                           "server's own loops need none"};

inline const Option idle_reads{
    "idle-reads", true,
    "report the read at the head of an endless loop, where a server waits for its peer's next request"};

inline constexpr Message event{"event", "'{0}' waits without a time limit in coroutine '{1}'"};

// Is it the read at the head of an endless loop?
bool is_idle_read(const Function& coroutine, const Call& call, const Entry& wait);

// Reports the waits that the option `events` asks for.
void check_events(Pass& pass, const Function& coroutine, const Bounds& bounds);

}  // namespace corolint::timeout
