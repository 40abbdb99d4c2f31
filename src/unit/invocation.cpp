#include "unit/invocation.h"

#include "cache/unsaved_files.h"
#include "clang/Driver/CreateInvocationFromArgs.h"
#include "clang/Lex/PreprocessorOptions.h"
#include "unit/libcxx.h"
#include "unit/read_only.h"
#include "unit/read_sources.h"

namespace corolint {

llvm::IntrusiveRefCntPtr<llvm::vfs::FileSystem> file_system_in(const std::string& directory) {
  auto files = llvm::vfs::createPhysicalFileSystem();
  files->setCurrentWorkingDirectory(directory);
  return reading_sources(llvm::IntrusiveRefCntPtr<llvm::vfs::FileSystem>(files.release()));
}

llvm::IntrusiveRefCntPtr<llvm::vfs::FileSystem> file_system_in(const std::string& directory,
                                                               const ParseSettings& settings) {
  return with_unsaved(file_system_in(directory), settings.unsaved);
}

std::shared_ptr<clang::CompilerInvocation> invocation_of(const CompileCommand& command,
                                                         const ParseSettings& settings,
                                                         clang::DiagnosticsEngine& diagnostics,
                                                         llvm::vfs::FileSystem& files) {
  std::vector<std::string> arguments = command.arguments;
  arguments.front() = compiler_with_libcxx(arguments, settings.resource_dir);
  arguments.insert(arguments.begin() + 1, {"-resource-dir=" + settings.resource_dir, "-fsyntax-only", "-w"});
  std::vector<const char*> pointers;
  for (const std::string& argument : arguments) pointers.push_back(argument.c_str());
  clang::CreateInvocationOptions options;
  options.Diags = &diagnostics;
  options.VFS = &files;
  std::shared_ptr<clang::CompilerInvocation> invocation = clang::createInvocation(pointers, options);
  if (!invocation) return nullptr;
  invocation->getFrontendOpts().SkipFunctionBodies = true;
  invocation->getFrontendOpts().DisableFree = false;
  invocation->getDiagnosticOpts().IgnoreWarnings = true;
  invocation->getDiagnosticOpts().ErrorLimit = 0;  // count them all
  make_read_only(*invocation);
  if (invocation->getLangOpts().Coroutines)
    for (const std::string& define : settings.defines) invocation->getPreprocessorOpts().addMacroDef(define);
  return invocation;
}

}  // namespace corolint
