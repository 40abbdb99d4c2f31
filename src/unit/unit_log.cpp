#include "unit/unit_log.h"

#include <unistd.h>

#include <chrono>
#include <cstdio>

namespace corolint {

namespace {

std::int64_t now() {
  const auto time = std::chrono::steady_clock::now().time_since_epoch();
  return std::chrono::duration_cast<std::chrono::microseconds>(time).count();
}

// Returns how much of this process is in memory, in KiB; 0 where the system does not say.
std::uint64_t resident() {
  std::FILE* file = std::fopen("/proc/self/statm", "r");
  if (!file) return 0;
  unsigned long long pages = 0;
  const bool is_read = std::fscanf(file, "%*u %llu", &pages) == 1;
  std::fclose(file);
  return is_read ? pages * static_cast<unsigned long long>(sysconf(_SC_PAGESIZE)) / 1024 : 0;
}

// Takes a number and what ends it off the text.
template <typename Number>
bool take(llvm::StringRef& text, char end, Number& number) {
  return !text.consumeInteger(10, number) && text.consume_front(llvm::StringRef(&end, 1));
}

std::string take_line(llvm::StringRef& text) {
  const auto [line, rest] = text.split('\n');
  text = rest;
  return line.str();
}

}  // namespace

Span Span::starting(std::string stage) {
  Span span;
  span.stage = std::move(stage);
  span.begin = now();
  return span;
}

void Span::end() {
  duration = now() - begin;
  memory = resident();
}

UnitLog::UnitLog() : process(getpid()) {}

std::string UnitLog::text() const {
  std::string text = std::to_string(process) + " " + std::to_string(counts.size()) + " " +
                     std::to_string(spans.size()) + (used_prefix ? " prefix\n" : " plain\n");
  for (const auto& [name, count] : counts) text += std::to_string(count) + " " + name + "\n";
  for (const Span& span : spans)
    text += std::to_string(span.begin) + " " + std::to_string(span.duration) + " " +
            std::to_string(span.memory) + " " + span.stage + "\n";
  return text + files.text();
}

llvm::Expected<UnitLog> UnitLog::from_text(llvm::StringRef text) {
  UnitLog log;
  std::size_t counts = 0, spans = 0;
  bool is_bad = !take(text, ' ', log.process) || !take(text, ' ', counts) || !take(text, ' ', spans);
  log.used_prefix = take_line(text) == "prefix";
  for (std::size_t i = 0; i < counts && !is_bad; ++i) {
    std::uint64_t count = 0;
    is_bad = !take(text, ' ', count);
    log.counts[take_line(text)] = count;
  }
  for (std::size_t i = 0; i < spans && !is_bad; ++i) {
    Span span;
    is_bad = !take(text, ' ', span.begin) || !take(text, ' ', span.duration) || !take(text, ' ', span.memory);
    span.stage = take_line(text);
    log.spans.push_back(std::move(span));
  }
  if (is_bad) return llvm::createStringError("no log of a unit");
  auto files = FileLog::from_text(text);
  if (!files) return files.takeError();
  log.files = std::move(*files);
  return log;
}

}  // namespace corolint
