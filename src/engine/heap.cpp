#include "engine/heap.h"

#include <sys/mman.h>
#include <unistd.h>

#include <algorithm>
#include <cstdint>
#include <cstdlib>

#ifdef __GLIBC__
#include <malloc.h>
#endif

// Where the linker puts the program's code: end(3).
extern "C" const char __executable_start, etext;

namespace corolint {

namespace {

constexpr std::uintptr_t huge_page = 2 << 20;
constexpr std::size_t heap_at_once = 64 << 20;  // addresses only: a page costs nothing before it is touched
constexpr std::size_t more_than_at_hand = 160 << 10;  // of glibc, which then asks the kernel for the heap

#ifdef __GLIBC__
// Returns where the part of the heap begins that was never used.
std::uintptr_t unused_begin() {
  return reinterpret_cast<std::uintptr_t>(sbrk(0)) - mallinfo2().keepcost;
}

// The compiler may leave out an allocation that nobody uses.
void* allocated(std::size_t size) {
  void* volatile block = std::malloc(size);
  return block;
}

std::uintptr_t next_huge_page(std::uintptr_t address) {
  return (address + huge_page - 1) & ~(huge_page - 1);
}
#endif

}  // namespace

void prepare_heap() {
#ifdef __GLIBC__
  mallopt(M_ARENA_MAX, 1);
  mallopt(M_TRIM_THRESHOLD, 1 << 30);
  mallopt(M_MMAP_THRESHOLD, 32 << 20);
  mallopt(M_TOP_PAD, heap_at_once);
  std::free(allocated(more_than_at_hand));
  mallopt(M_TOP_PAD, 4 << 20);
#ifdef MADV_HUGEPAGE
  const std::uintptr_t begin = next_huge_page(unused_begin());
  madvise(reinterpret_cast<void*>(begin), reinterpret_cast<std::uintptr_t>(sbrk(0)) - begin, MADV_HUGEPAGE);
  use_new_pages();
#endif
#endif
}

void use_new_pages() {
#ifdef __GLIBC__
  const std::uintptr_t begin = unused_begin(), gap = next_huge_page(begin) - begin;
  if (gap > 2 * sizeof(void*)) allocated(gap - 2 * sizeof(void*));
#endif
}

void own_pages() {
#if defined(__GLIBC__) && defined(MADV_POPULATE_WRITE)
  const auto page = static_cast<std::uintptr_t>(sysconf(_SC_PAGESIZE));
  const std::uintptr_t begin = reinterpret_cast<std::uintptr_t>(sbrk(0)) - mallinfo2().arena;
  const std::uintptr_t first = (begin + page - 1) & ~(page - 1);
  const std::uintptr_t all = reinterpret_cast<std::uintptr_t>(sbrk(0)) & ~(page - 1);
  const std::uintptr_t end = std::min(next_huge_page(unused_begin()), all);
  if (first < end) madvise(reinterpret_cast<void*>(first), end - first, MADV_POPULATE_WRITE);
#endif
}

void map_code() {
#if defined(__linux__) && defined(MADV_POPULATE_READ)
  const auto page = static_cast<std::uintptr_t>(sysconf(_SC_PAGESIZE));
  const std::uintptr_t begin = reinterpret_cast<std::uintptr_t>(&__executable_start) & ~(page - 1);
  madvise(reinterpret_cast<void*>(begin), reinterpret_cast<std::uintptr_t>(&etext) - begin,
          MADV_POPULATE_READ);
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
