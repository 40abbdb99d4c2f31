#include "engine/heap.h"

#include <sys/mman.h>
#include <unistd.h>

#include <cstdint>
#include <cstdlib>

#ifdef __GLIBC__
#include <malloc.h>
#endif

namespace corolint {

namespace {

constexpr std::uintptr_t huge_page = 2 << 20;
constexpr std::size_t heap_at_once = 64 << 20;  // addresses only: a page costs nothing before it is touched

}  // namespace

void prepare_heap() {
#ifdef __GLIBC__
  mallopt(M_ARENA_MAX, 1);
  mallopt(M_TRIM_THRESHOLD, 1 << 30);
  mallopt(M_MMAP_THRESHOLD, 32 << 20);
  mallopt(M_TOP_PAD, heap_at_once);
  void* first = std::malloc(1 << 20);
  mallopt(M_TOP_PAD, 4 << 20);
#ifdef MADV_HUGEPAGE
  const std::uintptr_t begin = (reinterpret_cast<std::uintptr_t>(first) + huge_page) & ~(huge_page - 1);
  const auto end = reinterpret_cast<std::uintptr_t>(sbrk(0));
  madvise(reinterpret_cast<void*>(begin), end - begin, MADV_HUGEPAGE);
#endif
  std::free(first);
#endif
}

std::size_t unused_heap() {
#ifdef __GLIBC__
  return mallinfo2().keepcost;
#else
  return 0;
#endif
}

}  // namespace corolint
