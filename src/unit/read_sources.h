#pragma once

// Source files that are read, where LLVM maps them into memory. A mapped file that somebody shortens ends the
// process (SIGBUS), and giving the mapping back stops all processors of a virtual machine for a moment.

#include "llvm/Support/VirtualFileSystem.h"

namespace corolint {

// Returns `files` with the text of each file in memory of its own. Precompiled headers stay mapped: they are
// large, and mostly unread.
llvm::IntrusiveRefCntPtr<llvm::vfs::FileSystem> reading_sources(
    llvm::IntrusiveRefCntPtr<llvm::vfs::FileSystem> files);

}  // namespace corolint
