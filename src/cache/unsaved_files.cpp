#include "cache/unsaved_files.h"

#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/Path.h"

namespace corolint {

namespace {

using llvm::sys::fs::UniqueID;
namespace vfs = llvm::vfs;

std::optional<UniqueID> identity_of(llvm::StringRef path) {
  UniqueID id;
  if (llvm::sys::fs::getUniqueID(path, id)) return std::nullopt;
  return id;
}

bool are_one_folder(llvm::StringRef a, llvm::StringRef b) {
  return a == b || (identity_of(a) && identity_of(a) == identity_of(b));
}

class UnsavedFile : public vfs::File {
 public:
  UnsavedFile(vfs::Status status, std::string text) : status_(std::move(status)), text_(std::move(text)) {}

  llvm::ErrorOr<vfs::Status> status() override { return status_; }
  llvm::ErrorOr<std::unique_ptr<llvm::MemoryBuffer>> getBuffer(const llvm::Twine& name, std::int64_t, bool,
                                                               bool) override {
    return llvm::MemoryBuffer::getMemBufferCopy(text_, name);
  }
  std::error_code close() override { return {}; }

 private:
  vfs::Status status_;
  std::string text_;
};

// The files keep their identity on disk, so that Clang takes two paths to one of them for one file.
class UnsavedFileSystem : public vfs::ProxyFileSystem {
 public:
  UnsavedFileSystem(llvm::IntrusiveRefCntPtr<vfs::FileSystem> files, UnsavedFiles unsaved)
      : ProxyFileSystem(std::move(files)), unsaved_(std::move(unsaved)) {}

  llvm::ErrorOr<vfs::Status> status(const llvm::Twine& path) override {
    auto on_disk = ProxyFileSystem::status(path);
    const std::string* text = text_of(path, on_disk);
    if (text) return status_of(path, *text, on_disk);
    return on_disk || !is_folder(path) ? on_disk : folder_at(path);
  }

  bool exists(const llvm::Twine& path) override { return static_cast<bool>(status(path)); }

  llvm::ErrorOr<std::unique_ptr<vfs::File>> openFileForRead(const llvm::Twine& path) override {
    const auto on_disk = ProxyFileSystem::status(path);
    const std::string* text = text_of(path, on_disk);
    if (!text) return ProxyFileSystem::openFileForRead(path);
    return std::make_unique<UnsavedFile>(status_of(path, *text, on_disk), *text);
  }

 private:
  const std::string* text_of(const llvm::Twine& path, const llvm::ErrorOr<vfs::Status>& on_disk) const {
    llvm::SmallString<256> absolute;
    path.toVector(absolute);
    if (makeAbsolute(absolute)) return nullptr;
    if (on_disk) return unsaved_.find(absolute, on_disk->getUniqueID());
    return unsaved_.find(absolute, std::nullopt);
  }

  // A folder that will be made when the file is saved.
  bool is_folder(const llvm::Twine& path) const {
    llvm::SmallString<256> absolute;
    path.toVector(absolute);
    return !makeAbsolute(absolute) && unsaved_.is_folder(absolute);
  }

  static vfs::Status folder_at(const llvm::Twine& path) {
    return {path.str(), UniqueID(~std::uint64_t{0}, llvm::hash_value(llvm::StringRef(path.str()))),
            llvm::sys::TimePoint<>(), 0, 0, 0, llvm::sys::fs::file_type::directory_file, llvm::sys::fs::all_all};
  }

  static vfs::Status status_of(const llvm::Twine& path, const std::string& text,
                               const llvm::ErrorOr<vfs::Status>& on_disk) {
    if (on_disk) return vfs::Status::copyWithNewSize(*on_disk, text.size());
    return {path.str(), UniqueID(~std::uint64_t{0}, llvm::hash_value(text)), llvm::sys::TimePoint<>(), 0, 0,
            text.size(), llvm::sys::fs::file_type::regular_file, llvm::sys::fs::all_read};
  }

  UnsavedFiles unsaved_;
};

}  // namespace

UnsavedFiles::UnsavedFiles(const std::map<std::string, std::string>& texts) {
  for (const auto& [path, text] : texts) files_.push_back({path, text, identity_of(path)});
}

const std::string* UnsavedFiles::find(llvm::StringRef path, std::optional<UniqueID> on_disk) const {
  namespace names = llvm::sys::path;
  for (const File& file : files_) {
    if (on_disk != file.on_disk) continue;
    if (on_disk) return &file.text;
    if (names::filename(path) == names::filename(file.path) &&
        are_one_folder(names::parent_path(path), names::parent_path(file.path)))
      return &file.text;
  }
  return nullptr;
}

bool UnsavedFiles::is_folder(llvm::StringRef path) const {
  return llvm::any_of(files_, [&](const File& file) {
    llvm::StringRef rest = file.path;
    return rest.consume_front(path) && rest.starts_with("/");
  });
}

llvm::IntrusiveRefCntPtr<vfs::FileSystem> with_unsaved(llvm::IntrusiveRefCntPtr<vfs::FileSystem> files,
                                                       const std::map<std::string, std::string>& texts) {
  if (texts.empty()) return files;
  return llvm::makeIntrusiveRefCnt<UnsavedFileSystem>(std::move(files), UnsavedFiles(texts));
}

}  // namespace corolint
