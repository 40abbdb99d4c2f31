#include "cli/run_options.h"

#include <cstdlib>

#include "cli/values.h"
#include "llvm/ADT/StringRef.h"

namespace corolint {

void add_cache_options(CLI::App& command, CacheRequest& request) {
  command
      .add_option("--cache-dir", request.folder,
                  "Folder that keeps results between runs [default: ~/.cache/corolint]")
      ->group("Running")
      ->option_text("DIR");
  command.add_option("--cache-limit", request.limit, "How large it may grow, such as 500M [default: 5G]")
      ->group("Running")
      ->option_text("SIZE")
      ->transform(size_in_bytes());
}

void add_run_options(CLI::App& command, RunRequest& request) {
  command
      .add_option("-j,--jobs", request.jobs,
                  "Worker processes [default: as many as there are processors to use]")
      ->group("Running")
      ->option_text("N")
      ->check(number_from(1, 1024));
  command
      .add_option("--unit-timeout", request.unit_timeout,
                  "Give a unit up after so many seconds; 0: never [default: 600]")
      ->group("Running")
      ->option_text("SECONDS")
      ->check(number_from(0, 86400));
  command
      .add_option("--max-memory", request.max_memory,
                  "What a worker may take for a unit, such as 500M; 0: all there is [default: 8G]")
      ->group("Running")
      ->option_text("SIZE")
      ->transform(size_in_bytes());
  command
      .add_option("--reproducer", request.reproducer,
                  "Write down there what a report of a unit needs that crashed, hung or ran out of memory")
      ->group("Running")
      ->option_text("DIR");
  add_cache_options(command, request.cache);
  command.add_flag("--no-cache", request.cache.is_off, "Analyse everything anew and keep nothing")
      ->group("Running");
  command
      .add_flag("--no-prefixes", request.no_prefixes,
                "Parse every unit from its beginning: slower, with the same result")
      ->group("Running");
  command.add_flag("--no-progress", request.no_progress, "Show no progress on a terminal")->group("Running");
  command
      .add_flag("--skip-synchronous", request.skip_synchronous,
                "Leave out units without asynchronous code that none comes to: much faster\n"
                "where they are many, with the same findings; their errors stay unseen")
      ->group("Running");
  command
      .add_flag("--profile", request.profile,
                "Show on stderr where time and memory went; with =FILE also write\n"
                "a trace for chrome://tracing or ui.perfetto.dev")
      ->group("Running")
      ->option_text("[=FILE]");
}

// CLI11 could read the environment itself, but it lets the variable win over the option where several
// commands share one.
llvm::Error finish_cache_options(CacheRequest& request) {
  if (const char* folder = std::getenv("COROLINT_CACHE_DIR"); folder && request.folder.empty())
    request.folder = folder;
  const char* limit = std::getenv("COROLINT_CACHE_LIMIT");
  if (!limit || !*limit || request.limit) return llvm::Error::success();
  std::string text = limit;
  std::uint64_t bytes = 0;
  const bool is_size = size_in_bytes()(text).empty() && !llvm::StringRef(text).getAsInteger(10, bytes);
  if (!is_size) return llvm::createStringError("COROLINT_CACHE_LIMIT: '%s' is no size such as 500M", limit);
  request.limit = bytes;
  return llvm::Error::success();
}

void add_cache_commands(CLI::App& cache, Request& request) {
  cache.require_subcommand(1);
  const auto add = [&](const char* name, const char* does, CacheRequest::Action action) {
    CLI::App* added = cache.add_subcommand(name, does);
    add_cache_options(*added, request.check.run.cache);
    added->callback([&request, action] { request.check.run.cache.action = action; });
  };
  add("stat", "Show what it holds", CacheRequest::Action::stat);
  add("clean", "Remove all that it holds", CacheRequest::Action::clean);
  add("dir", "Print where it is", CacheRequest::Action::dir);
}

}  // namespace corolint
