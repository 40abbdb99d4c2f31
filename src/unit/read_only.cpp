#include "unit/read_only.h"

#include "clang/Lex/HeaderSearchOptions.h"

namespace corolint {

namespace {

void silence_diagnostics(clang::DiagnosticOptions& options) {
  options.VerifyDiagnostics = false;
  options.DiagnosticLogFile.clear();
  options.DiagnosticSerializationFile.clear();
}

void drop_products(clang::FrontendOptions& options) {
  options.OutputFile.clear();
  options.StatsFile.clear();
  options.TimeTracePath.clear();
  options.ModuleOutputPath.clear();
  options.DumpMinimizationHintsPath.clear();
  options.SymbolGraphOutputDir.clear();
  options.ShowStats = false;
}

void drop_plugins(clang::FrontendOptions& options) {
  options.Plugins.clear();
  options.AddPluginActions.clear();
  options.PluginArgs.clear();
  options.LLVMArgs.clear();
  options.MLIRArgs.clear();
}

// Modules that Clang would build from module maps go to a cache on disk. Without the maps their headers are
// included as text, which says the same.
void build_no_modules(clang::CompilerInvocation& invocation) {
  if (!invocation.getLangOpts().ImplicitModules) return;
  invocation.getLangOpts().ImplicitModules = false;
  invocation.getHeaderSearchOpts().ImplicitModuleMaps = false;
  invocation.getHeaderSearchOpts().ModuleCachePath.clear();
  invocation.getFrontendOpts().ModuleMapFiles.clear();
}

}  // namespace

void make_read_only(clang::CompilerInvocation& invocation) {
  invocation.getDependencyOutputOpts() = clang::DependencyOutputOptions();
  silence_diagnostics(invocation.getDiagnosticOpts());
  drop_products(invocation.getFrontendOpts());
  drop_plugins(invocation.getFrontendOpts());
  build_no_modules(invocation);
}

}  // namespace corolint
