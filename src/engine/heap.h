#pragma once

#include <cstddef>

namespace corolint {

// Makes the process keep memory that it frees, for what it allocates next, and asks the kernel for its heap
// in huge pages: a run touches tens of megabytes for a part of a second, and would pay for each of their
// small pages at first use. Without glibc it does nothing.
void prepare_heap();

// Returns the bytes that the process has got from the kernel for its heap and not used yet.
std::size_t unused_heap();

}  // namespace corolint
