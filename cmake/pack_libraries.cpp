// pack_libraries FILE   writes a source file with the shipped models as the program takes them in
//
// A tool of the build.

#include <cstdio>

#include "llvm/Support/raw_ostream.h"
#include "models/library_file.h"
#include "models/packed_libraries.h"

using namespace corolint;

namespace {

llvm::Expected<std::string> packed_files() {
  std::vector<Library> libraries;
  for (const EmbeddedFile& file : embedded_libraries()) {
    auto library = read_shipped_library(file);
    if (!library) return library.takeError();
    libraries.push_back(std::move(*library));
  }
  return packed_text(libraries);
}

void write_source(llvm::StringRef bytes, llvm::raw_ostream& out) {
  out << "#include \"models/packed_libraries.h\"\n\nnamespace corolint {\n\n"
         "std::string_view packed_shipped_libraries() {\n  static constexpr char bytes[] =";
  for (; !bytes.empty(); bytes = bytes.drop_front(std::min<std::size_t>(64, bytes.size()))) {
    out << "\n      \"";
    for (const unsigned char byte : bytes.take_front(64)) out << llvm::format("\\%03o", byte);
    out << '"';
  }
  out << ";\n  return {bytes, sizeof bytes - 1};\n}\n\n}  // namespace corolint\n";
}

}  // namespace

int main(int, char** arguments) {
  auto bytes = packed_files();
  if (!bytes) return std::fprintf(stderr, "%s\n", llvm::toString(bytes.takeError()).c_str()), 1;
  std::error_code error;
  llvm::raw_fd_ostream out(arguments[1], error);
  if (error) return std::fprintf(stderr, "%s: %s\n", arguments[1], error.message().c_str()), 1;
  write_source(*bytes, out);
  return 0;
}
