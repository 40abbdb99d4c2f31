#pragma once

#include <CLI/CLI.hpp>

#include "cli/arguments.h"

namespace corolint {

// Adds the options that say how units are analysed, whatever comes of it: with how many workers, with which
// cache.
void add_run_options(CLI::App& command, RunRequest& request);

// Adds the options that say where the cache is and how large it may grow.
void add_cache_options(CLI::App& command, CacheRequest& request);

// Takes what the options do not say from the environment; an error names the variable.
llvm::Error finish_cache_options(CacheRequest& request);

// Adds the commands of `cache`.
void add_cache_commands(CLI::App& cache, Request& request);

}  // namespace corolint
