#include "engine/fixes.h"

#include <algorithm>
#include <optional>

#include "engine/source_bytes.h"
#include "llvm/ADT/StringRef.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/MemoryBuffer.h"
#include "project/paths.h"

namespace corolint {

namespace {

// New lines end as those of the file do.
std::string with_line_ends_of(llvm::StringRef bytes, const std::string& text) {
  const std::size_t first = bytes.find('\n');
  if (first == llvm::StringRef::npos || first == 0 || bytes[first - 1] != '\r') return text;
  std::string result;
  for (const char c : text) result += c == '\n' ? "\r\n" : std::string(1, c);
  return result;
}

bool overlap(const ByteEdit& a, const ByteEdit& b) {
  return a.begin == b.begin || (a.begin < b.end && b.begin < a.end);
}

class Fixer {
 public:
  explicit Fixer(const Report& report) : root_(report.root), unsaved_(report.unsaved) {}

  // Takes the fix in; returns why it is left out, or nothing.
  std::string add(const Fix& fix) {
    std::map<std::string, std::vector<ByteEdit>> edits;
    for (const Edit& edit : fix.edits) {
      FixedFile* file = nullptr;
      if (std::string problem = open(edit.place.file, file); !problem.empty()) return problem;
      const auto begin = offset_of(file->before, edit.place.line, edit.place.column);
      const auto end = offset_of(file->before, edit.place.end_line, edit.place.end_column);
      if (!begin || !end || *end < *begin) return "the file has changed";
      edits[edit.place.file].push_back({*begin, *end, with_line_ends_of(file->before, edit.text)});
    }
    for (const auto& [name, list] : edits)
      for (const ByteEdit& edit : list)
        for (const ByteEdit& other : result_.files.at(name).edits)
          if (edit != other && overlap(edit, other)) return "it overlaps another fix";
    for (auto& [name, list] : edits)
      for (ByteEdit& edit : list)
        if (auto& known = result_.files.at(name).edits;
            std::find(known.begin(), known.end(), edit) == known.end())
          known.push_back(std::move(edit));
    return {};
  }

  FixedFiles& result() { return result_; }

  void finish() {
    std::erase_if(result_.files, [](const auto& entry) { return entry.second.edits.empty(); });
    for (auto& [name, file] : result_.files) {
      std::sort(file.edits.begin(), file.edits.end());
      std::size_t at = 0;
      for (const ByteEdit& edit : file.edits) {
        file.after += file.before.substr(at, edit.begin - at) + edit.text;
        at = edit.end;
      }
      file.after += file.before.substr(at);
    }
  }

 private:
  std::string open(const std::string& name, FixedFile*& file) {
    const auto known = result_.files.find(name);
    if (known != result_.files.end()) return file = &known->second, "";
    const std::string path = joined(root_, name);
    if (llvm::StringRef(name).starts_with("/") || !is_within(canonical(path, root_), root_))
      return "the file is outside the project";
    if (canonical(path, root_) != path) return "the file is reached through a symlink";
    std::string before;
    if (const auto unsaved = unsaved_.find(path); unsaved != unsaved_.end()) {
      before = unsaved->second;
    } else {
      const auto buffer = llvm::MemoryBuffer::getFile(path, false, false);
      if (!buffer) return "the file cannot be read: " + buffer.getError().message();
      before = (*buffer)->getBuffer().str();
    }
    file = &result_.files[name];
    file->path = path;
    file->before = std::move(before);
    return {};
  }

  std::string root_;
  const std::map<std::string, std::string>& unsaved_;
  FixedFiles result_;
};

// Returns the fix to apply, or null.
const Fix* chosen(const Finding& finding, bool with_unsafe) {
  for (const Fix& fix : finding.fixes)
    if (with_unsafe || fix.applicability == Applicability::safe) return &fix;
  return nullptr;
}

}  // namespace

FixedFiles fixed_files(const Report& report, bool with_unsafe) {
  Fixer fixer(report);
  for (const Finding& finding : report.findings) {
    const Fix* fix = chosen(finding, with_unsafe);
    if (!fix) {
      fixer.result().unsafe += !finding.fixes.empty();
      continue;
    }
    const std::string problem = fixer.add(*fix);
    if (problem.empty())
      ++fixer.result().applied;
    else
      fixer.result().notices.push_back(finding.place.file + ":" + std::to_string(finding.place.line) +
                                       ": the fix (" + fix->message + ") is left out: " + problem);
  }
  fixer.finish();
  return std::move(fixer.result());
}

}  // namespace corolint
