#include "cli/progress.h"

#include "llvm/Support/FormatVariadic.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/Process.h"
#include "llvm/Support/raw_ostream.h"
#include "output/unicode.h"

namespace corolint {

namespace {

std::string time_text(double seconds) {
  if (seconds < 60) return llvm::formatv("{0:f0} s", seconds);
  return llvm::formatv("{0:f0} min", seconds / 60);
}

}  // namespace

std::string progress_line(std::size_t done, std::size_t units, double seconds_left, const std::string& file,
                          std::size_t width) {
  std::string line = llvm::formatv("{0} of {1} units", done, units);
  if (seconds_left >= 0) line += ", about " + time_text(seconds_left) + " left";
  if (!file.empty()) line += ": " + llvm::sys::path::filename(file).str();
  return utf8(code_points(printable(line)).substr(0, width));
}

Progress::Progress(bool quiet) : is_shown_(!quiet && llvm::sys::Process::StandardErrIsDisplayed()) {}

RunWatch Progress::watch() {
  if (!is_shown_) return {};
  return {[this](std::size_t units, const std::vector<std::int64_t>& estimates) {
            units_ = units;
            done_ = units - estimates.size();
            estimates_ = estimates;
            whole_ = finished_ = 0;
            for (const std::int64_t estimate : estimates) whole_ += static_cast<double>(estimate);
            begin_ = std::chrono::steady_clock::now();
          },
          [this](std::size_t, const std::string& file) { show(file); },
          [this](std::size_t item) {
            ++done_;
            finished_ += static_cast<double>(estimates_[item]);
            if (done_ == units_) show("");
          }};
}

// The rest goes on as fast as what is done: estimates are only compared with one another.
double Progress::seconds_left() const {
  if (finished_ <= 0) return -1;
  const double elapsed = std::chrono::duration<double>(std::chrono::steady_clock::now() - begin_).count();
  return elapsed / finished_ * (whole_ - finished_);
}

void Progress::show(const std::string& file) {
  const std::size_t columns = llvm::sys::Process::StandardErrColumns();
  llvm::errs() << "\r" << progress_line(done_, units_, seconds_left(), file, columns > 1 ? columns - 1 : 79)
               << "\033[K";
}

void Progress::clear() {
  if (is_shown_ && units_ > 0) llvm::errs() << "\r\033[K";
  units_ = 0;
}

}  // namespace corolint
