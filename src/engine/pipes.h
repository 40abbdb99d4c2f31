#pragma once

#include <cstddef>

namespace corolint {

// Write or read exactly `size` bytes; false if the other end is gone or an error stands in the way.
bool write_all(int file, const void* data, std::size_t size);
bool read_all(int file, void* data, std::size_t size);

}  // namespace corolint
