#pragma once

// The worker's side of the pool: what runs in a forked process.

#include <sys/types.h>

#include <functional>
#include <string>

#include "engine/workers.h"

namespace corolint {

// The process that forked the worker, and the worker's ends of the pipes.
struct Connection {
  pid_t parent = -1;
  int questions = -1;  // item numbers come from here
  int answers = -1;    // answers go there, each after its length
  int log = -1;        // a file for what the worker says on stderr; -1: nobody reads it
};

// The exit status of a worker that ran out of memory.
constexpr int out_of_memory_status = 88;

// Answers questions until there are no more, then ends the process: with no destructors, which belong to the
// parent. Deep recursion finds a large stack; a crash leaves its stack trace in the log.
[[noreturn]] void serve(const Connection& connection, const WorkerLimits& limits,
                        const std::function<std::string(std::size_t)>& work);

}  // namespace corolint
