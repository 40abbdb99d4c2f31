// Source files are read, precompiled headers are mapped.

#include <doctest/doctest.h>

#include "llvm/Support/MemoryBuffer.h"
#include "program.h"
#include "unit/read_sources.h"

using namespace corolint;

TEST_CASE("files: what is read as text does not change when the file is shortened") {
  const ScratchFolder folder;
  const std::string text(100'000, 'x');
  folder.write("long.h", text);
  const auto files = reading_sources(llvm::vfs::getRealFileSystem());
  const std::string path = folder.path() / "long.h";
  const auto kind_of = [&](bool ends_with_zero) {
    const auto file = files->openFileForRead(path);
    REQUIRE(file);
    const auto buffer = (*file)->getBuffer(path, -1, ends_with_zero, /*IsVolatile=*/false);
    REQUIRE(buffer);
    CHECK((*buffer)->getBuffer() == text);
    return (*buffer)->getBufferKind();
  };
  CHECK(kind_of(true) == llvm::MemoryBuffer::MemoryBuffer_Malloc);
  CHECK(kind_of(false) == llvm::MemoryBuffer::MemoryBuffer_MMap);
  CHECK_FALSE(files->openFileForRead(path + "x"));
}
