#pragma once

#include <filesystem>
#include <map>
#include <string>

namespace corolint {

struct Outcome {
  int status = 0;
  std::string out;
  std::string err;
};

// Are the programs built with a sanitizer that takes memory for itself? Then no limit to their memory makes sense.
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
constexpr bool is_instrumented = true;
#elif defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
constexpr bool is_instrumented = true;
#else
constexpr bool is_instrumented = false;
#endif
#else
constexpr bool is_instrumented = false;
#endif

// Runs a shell command line in `folder` and returns its exit status and what it wrote.
Outcome run_in(const std::filesystem::path& folder, const std::string& command);

// Runs corolint with these arguments, as a shell would read them, in `folder`.
Outcome run_corolint(const std::filesystem::path& folder, const std::string& arguments);

// A folder that lives as long as the object, with files in it.
class ScratchFolder {
 public:
  explicit ScratchFolder(const std::map<std::string, std::string>& files = {});
  ~ScratchFolder();
  ScratchFolder(const ScratchFolder&) = delete;
  ScratchFolder& operator=(const ScratchFolder&) = delete;

  const std::filesystem::path& path() const { return path_; }
  void write(const std::string& file, const std::string& text) const;

 private:
  std::filesystem::path path_;
};

}  // namespace corolint
