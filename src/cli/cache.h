#pragma once

#include "cache/folder.h"
#include "cli/arguments.h"

namespace corolint {

// Returns the folder that keeps results between runs; one that keeps nothing if the request says so, or if
// the environment names no place for it (`notice` then says so).
CacheFolder cache_folder(const CacheRequest& request, std::string& notice);

}  // namespace corolint
