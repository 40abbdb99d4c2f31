#include "cli/reproducers.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "cli/output_files.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/FormatVariadic.h"
#include "output/version.h"
#include "project/paths.h"
#include "unit/preprocess.h"

namespace corolint {

namespace {

// Returns a name that no other unit has and that tells people which it is.
std::string folder_name(const LostUnit& unit) {
  std::string name = unit.broken.file;
  std::replace_if(
      name.begin(), name.end(), [](char c) { return !llvm::isAlnum(c) && c != '.' && c != '-' && c != '_'; },
      '_');
  constexpr std::size_t longest = 100;  // the end tells most
  if (name.size() > longest) name = name.substr(name.size() - longest);
  return llvm::formatv("{0,0+6}-{1}", unit.number, name);
}

std::string database_text(const CompileCommand& command) {
  const nlohmann::json entry = {
      {"directory", command.directory}, {"file", command.file}, {"arguments", command.arguments}};
  return nlohmann::json::array({entry}).dump(2, ' ', false, nlohmann::json::error_handler_t::replace) + "\n";
}

std::string report_text(const LostUnit& unit) {
  return llvm::formatv("corolint {0}\nClang {1}\n\n{2}: {3}\n\n{4}", tool_version(), clang_version(),
                       unit.broken.file, unit.broken.cause, unit.log);
}

llvm::Error write_one(const std::string& folder, const LostUnit& unit, const Answer& source) {
  if (const std::error_code error = llvm::sys::fs::create_directories(folder))
    return llvm::createStringError("%s cannot be made: %s", folder.c_str(), error.message().c_str());
  const bool is_whole = source.failure.empty();
  const std::string source_text =
      is_whole ? source.text : "preprocessing " + source.failure + "\n\n" + source.log;
  for (const auto& [name, text] :
       {std::pair{"compile_commands.json", database_text(unit.command)},
        std::pair{"report.txt", report_text(unit)}, std::pair{"preprocessed.ii", source_text}})
    if (llvm::Error error = write_to_file(joined(folder, name), text)) return error;
  return llvm::Error::success();
}

}  // namespace

llvm::Error write_reproducers(const std::string& folder, const std::vector<LostUnit>& lost,
                              const ParseSettings& parsing, const WorkerLimits& limits) {
  // What the analysis dies of, preprocessing may die of too: so that is done in workers as well.
  const auto preprocess = [&](std::size_t i) { return preprocessed(lost[i].command, parsing); };
  std::vector<Answer> sources(lost.size());
  WorkWatch watch;
  watch.done = [&](std::size_t item, Answer answer) { sources[item] = std::move(answer); };
  in_workers(lost.size(), limits, preprocess, watch);
  for (std::size_t i = 0; i < lost.size(); ++i)
    if (llvm::Error error = write_one(joined(folder, folder_name(lost[i])), lost[i], sources[i]))
      return error;
  return llvm::Error::success();
}

}  // namespace corolint
