#include "output/seen_from.h"

#include "llvm/ADT/SmallString.h"
#include "llvm/Support/Path.h"

namespace corolint {

namespace {

// Names files as they are seen from a folder.
class View {
 public:
  View(const std::string& root, const std::string& folder)
      : root_(root), below_(folder.ends_with('/') ? folder : folder + '/') {}

  void rename(std::string& file) const {
    if (file.empty()) return;
    llvm::SmallString<256> path(llvm::sys::path::is_relative(file) ? root_ : "");
    llvm::sys::path::append(path, file);
    file = path.str().starts_with(below_) ? path.str().substr(below_.size()).str() : path.str().str();
  }

  void rename(Finding& finding) const {
    rename(finding.place.file);
    for (Note& note : finding.notes) rename(note.place.file);
    for (Step& step : finding.path) rename(step.place.file);
  }

  void rename(BrokenUnit& unit) const {
    rename(unit.file);
    for (CompilerError& error : unit.errors) rename(error.place.file);
  }

 private:
  std::string root_, below_;
};

}  // namespace

Report seen_from(Report report, const std::string& folder) {
  const View view(report.root, folder);
  for (Finding& finding : report.findings) view.rename(finding);
  for (BrokenUnit& unit : report.broken) view.rename(unit);
  for (UnseenFunction& function : report.unseen) view.rename(function.call.file);
  for (std::string& file : report.unread) view.rename(file);
  for (std::string& file : report.files) view.rename(file);
  for (HiddenFinding& hidden : report.hidden) view.rename(hidden.finding);
  for (Finding& finding : report.absent) view.rename(finding);
  report.root = folder;
  return report;
}

}  // namespace corolint
