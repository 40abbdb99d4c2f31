#include "unit/read_sources.h"

namespace corolint {

namespace {

namespace vfs = llvm::vfs;

class SourceFile : public vfs::File {
 public:
  explicit SourceFile(std::unique_ptr<vfs::File> file) : file_(std::move(file)) {}

  llvm::ErrorOr<vfs::Status> status() override { return file_->status(); }
  llvm::ErrorOr<std::string> getName() override { return file_->getName(); }
  // Text ends with a zero, a precompiled header does not. What is volatile, LLVM does not map.
  llvm::ErrorOr<std::unique_ptr<llvm::MemoryBuffer>> getBuffer(const llvm::Twine& name, std::int64_t size,
                                                               bool ends_with_zero,
                                                               bool is_volatile) override {
    return file_->getBuffer(name, size, ends_with_zero, is_volatile || ends_with_zero);
  }
  std::error_code close() override { return file_->close(); }

 private:
  std::unique_ptr<vfs::File> file_;
};

class ReadingFileSystem : public vfs::ProxyFileSystem {
 public:
  using ProxyFileSystem::ProxyFileSystem;

  llvm::ErrorOr<std::unique_ptr<vfs::File>> openFileForRead(const llvm::Twine& path) override {
    auto file = ProxyFileSystem::openFileForRead(path);
    if (!file) return file;
    return std::make_unique<SourceFile>(std::move(*file));
  }
};

}  // namespace

llvm::IntrusiveRefCntPtr<vfs::FileSystem> reading_sources(llvm::IntrusiveRefCntPtr<vfs::FileSystem> files) {
  return llvm::makeIntrusiveRefCnt<ReadingFileSystem>(std::move(files));
}

}  // namespace corolint
