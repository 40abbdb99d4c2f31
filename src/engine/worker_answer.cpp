#include "engine/worker_answer.h"

#include "engine/stage_files.h"

namespace corolint {

// One line with the length of the log and whether the unit was analysed whole; the log; the facts.
std::string to_bytes(const UnitResult& result, const UnitLog& log) {
  const std::string log_text = log.text();
  return std::to_string(log_text.size()) + (result.broken ? " broken\n" : " whole\n") + log_text +
         facts_text(result);
}

llvm::Expected<WorkerAnswer> answer_from_bytes(std::string bytes) {
  auto [line, rest] = llvm::StringRef(bytes).split('\n');
  std::size_t log_size = 0;
  if (line.consumeInteger(10, log_size) || log_size > rest.size())
    return llvm::createStringError("no answer of a worker");
  auto log = UnitLog::from_text(rest.take_front(log_size));
  if (!log) return log.takeError();
  return WorkerAnswer{rest.drop_front(log_size).str(), line == " whole", std::move(*log)};
}

}  // namespace corolint
