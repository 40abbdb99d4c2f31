#pragma once

#include <cstddef>

namespace corolint {

// Makes the process keep memory that it frees, for what it allocates next, and asks the kernel for its heap
// in huge pages: a run touches tens of megabytes for a part of a second, and would pay for each of their
// small pages at first use. Without glibc it does nothing.
void prepare_heap();

// Lets what is allocated from now on begin on a huge page of its own. For a worker: its heap begins in a page
// of its parent, of which the kernel would copy each small page that it writes to.
void use_new_pages();

// Takes the heap back from workers that have ended: the kernel lets the process write to it again, at once
// and not at each of its pages' first use.
void own_pages();

// Maps the program's code at once, and not at each of its pages' first use: a worker uses nearly all of it.
// That costs memory for the rest.
void map_code();

// Returns the bytes that the process has got from the kernel for its heap and not used yet.
std::size_t unused_heap();

}  // namespace corolint
