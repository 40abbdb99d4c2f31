// Read by AddressSanitizer as a program begins; ASAN_OPTIONS goes before it.

extern "C" const char* __asan_default_options();

// LLVM's allocators tell the sanitizer what of their memory is in use, but only where they are instrumented: the
// packages' libraries are not, and use what instrumented code has locked. Workers end without clearing up.
extern "C" const char* __asan_default_options() {
  return "allow_user_poisoning=0:detect_leaks=0";
}
