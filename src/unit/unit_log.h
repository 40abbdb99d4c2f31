#pragma once

// What the analysis of a unit leaves behind beside its result: which files it took, and where the time went.

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "cache/file_log.h"

namespace corolint {

// A stretch of work on one stage of a unit, or of the whole run.
struct Span {
  std::string stage;          // "parse", "rule missing-timeout", …
  std::int64_t begin = 0;     // microseconds of the machine's monotonic clock, the same in all processes
  std::int64_t duration = 0;  // microseconds
  std::uint64_t memory = 0;   // KiB resident at its end

  // Returns the time and the memory now, as a span without length.
  static Span starting(std::string stage);
  void end();
};

struct UnitLog {
  FileLog files;
  bool used_prefix = false;  // then the unit was made of that prefix's files as well
  std::vector<Span> spans;
  std::map<std::string, std::uint64_t> counts;  // of what else is worth to be told, such as failures
  int process;                                  // that the spans are of

  UnitLog();  // of this process

  // Adds a span when it goes out of scope.
  class Timer {
   public:
    Timer(UnitLog& log, std::string stage) : log_(log), span_(Span::starting(std::move(stage))) {}
    ~Timer() {
      span_.end();
      log_.spans.push_back(std::move(span_));
    }
    Timer(const Timer&) = delete;
    Timer& operator=(const Timer&) = delete;

   private:
    UnitLog& log_;
    Span span_;
  };

  // Returns a timer for a stage that begins now and ends with the timer's scope.
  Timer time(std::string stage) { return Timer(*this, std::move(stage)); }

  // Returns the log as text, and back; an error if it is no such text.
  std::string text() const;
  static llvm::Expected<UnitLog> from_text(llvm::StringRef text);
};

}  // namespace corolint
