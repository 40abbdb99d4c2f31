#pragma once

#include "cli/arguments.h"
#include "engine/report.h"

namespace corolint {

// Each runs a command and returns the exit status; errors of the user are returned, not printed.
llvm::Expected<int> check(const CheckRequest& request);
llvm::Expected<int> change_baseline(const CheckRequest& check, const BaselineRequest& request);
llvm::Expected<int> suppress(const CheckRequest& request, const std::string& reason);
llvm::Expected<int> diff(const StageRequest& stage, const GateRequest& request);
// Returns what a check finds, with nothing shown, decided or compared yet.
llvm::Expected<Report> checked_report(const CheckRequest& request);
llvm::Expected<int> plan(const InputRequest& input, const StageRequest& request);
llvm::Expected<int> facts(const StageRequest& request, const RunRequest& run, bool quiet);
llvm::Expected<int> link(const StageRequest& request);
llvm::Expected<int> gate(const StageRequest& stage, const GateRequest& request);
llvm::Expected<int> show_graph(const CheckRequest& check, const GraphRequest& request);
llvm::Expected<int> show_cache(const CacheRequest& request);
llvm::Expected<int> doctor(const InputRequest& request);
llvm::Expected<int> configure(const InputRequest& input, const ConfigCommand& command);
llvm::Expected<int> list_rules(const std::string& format);
llvm::Expected<int> show_models(const ModelsRequest& request);
llvm::Expected<int> explain(const std::string& rule);
llvm::Expected<int> serve_editor(const CheckRequest& request);

}  // namespace corolint
