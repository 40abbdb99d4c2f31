#pragma once

#include <CLI/CLI.hpp>

#include "cli/arguments.h"

namespace corolint {

// Adds the options that say how units are analysed, whatever comes of it: with how many workers, with which
// cache.
void add_run_options(CLI::App& command, RunRequest& request);

// Adds the options that say where the cache is and how large it may grow.
void add_cache_options(CLI::App& command, CacheRequest& request);

// Adds the command `cache`.
void add_cache_command(CLI::App& app, Request& request);

}  // namespace corolint
