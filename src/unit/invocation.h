#pragma once

#include <memory>

#include "clang/Frontend/CompilerInvocation.h"
#include "llvm/Support/VirtualFileSystem.h"
#include "unit/unit.h"

namespace corolint {

// Returns the file system with a working directory of its own: the process never changes its. What is kept for
// later runs is made of it.
llvm::IntrusiveRefCntPtr<llvm::vfs::FileSystem> file_system_in(const std::string& directory);

// Returns the file system likewise, with the unsaved files of the settings.
llvm::IntrusiveRefCntPtr<llvm::vfs::FileSystem> file_system_in(const std::string& directory,
                                                               const ParseSettings& settings);

// Returns what `command` asks of Clang, turned to parsing alone, with the bodies of functions skipped where
// the consumer agrees; null if Clang's driver makes no compiler run of it.
std::shared_ptr<clang::CompilerInvocation> invocation_of(const CompileCommand& command,
                                                         const ParseSettings& settings,
                                                         clang::DiagnosticsEngine& diagnostics,
                                                         llvm::vfs::FileSystem& files);

}  // namespace corolint
