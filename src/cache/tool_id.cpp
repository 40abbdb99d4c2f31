#include "cache/tool_id.h"

#include <link.h>

#include <cstring>
#include <vector>

#include "cache/digest.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/MemoryBuffer.h"

namespace corolint {

namespace {

constexpr std::size_t aligned(std::size_t size) {
  return (size + 3) / 4 * 4;
}

// Returns the build id among the notes in `[at, at + size)`, or nothing.
std::string build_id_in(const char* at, std::size_t size) {
  const char* const end = at + size;
  while (static_cast<std::size_t>(end - at) >= sizeof(ElfW(Nhdr))) {
    ElfW(Nhdr) note;
    std::memcpy(&note, at, sizeof note);
    const char* name = at + sizeof note;
    const char* description = name + aligned(note.n_namesz);
    if (note.n_type == NT_GNU_BUILD_ID && note.n_namesz == 4 && std::memcmp(name, "GNU", 4) == 0)
      return llvm::toHex(llvm::StringRef(description, note.n_descsz), /*LowerCase=*/true);
    at = description + aligned(note.n_descsz);
  }
  return {};
}

std::string build_id_of(const dl_phdr_info& object) {
  for (unsigned i = 0; i < object.dlpi_phnum; ++i) {
    const ElfW(Phdr) & header = object.dlpi_phdr[i];
    if (header.p_type != PT_NOTE) continue;
    const auto* notes = reinterpret_cast<const char*>(object.dlpi_addr + header.p_vaddr);
    if (std::string id = build_id_in(notes, header.p_memsz); !id.empty()) return id;
  }
  return {};
}

std::string digest_of_program() {
  const auto program = llvm::MemoryBuffer::getFile("/proc/self/exe");
  return program ? digest_of_bytes((*program)->getBuffer()) : "";
}

// The first object is the program; of the libraries only those that parse and analyse matter.
int collect(dl_phdr_info* object, std::size_t, void* data) {
  auto& ids = *static_cast<std::vector<std::string>*>(data);
  const llvm::StringRef name = object->dlpi_name ? object->dlpi_name : "";
  if (!ids.empty() && !name.contains("clang-cpp") && !name.contains("libLLVM")) return 0;
  std::string id = build_id_of(*object);
  ids.push_back(id.empty() && ids.empty() ? digest_of_program() : id);
  return 0;
}

}  // namespace

std::string tool_id() {
  std::vector<std::string> ids;
  dl_iterate_phdr(collect, &ids);
  return digest_of_texts(ids);
}

}  // namespace corolint
