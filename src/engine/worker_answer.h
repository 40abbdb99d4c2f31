#pragma once

#include <string>

#include "engine/unit_result.h"
#include "unit/unit_log.h"

namespace corolint {

// What a worker sends of a unit: its facts as text, whether all of it was analysed, and its log.
struct WorkerAnswer {
  std::string facts;
  bool is_whole = false;
  UnitLog log;
};

// Returns the answer as bytes, and back; an error if they are none.
std::string to_bytes(const UnitResult& result, const UnitLog& log);
llvm::Expected<WorkerAnswer> answer_from_bytes(std::string bytes);

}  // namespace corolint
