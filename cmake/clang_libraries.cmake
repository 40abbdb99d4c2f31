# The target clang_libraries: what the program needs of Clang and LLVM, from their static libraries. The shared ones
# are as good, but a program begins by finding its way through all of them: 0.05 s for each worker, which is what a
# unit takes.
option(COROLINT_SHARED_CLANG "Link Clang's and LLVM's shared libraries: a small program that is slower to start" OFF)

add_library(clang_libraries INTERFACE)
if(COROLINT_SHARED_CLANG)
  target_link_libraries(clang_libraries INTERFACE clang-cpp LLVM)
  return()
endif()

# Appends the libraries, and those that they stand on, to `out`. Clang's say that they stand on LLVM's shared library.
function(add_with_needed out)
  foreach(library IN LISTS ARGN)
    if(library STREQUAL "LLVM" OR NOT TARGET ${library} OR library IN_LIST ${out})
      continue()
    endif()
    list(APPEND ${out} ${library})
    get_target_property(needed ${library} INTERFACE_LINK_LIBRARIES)
    if(needed)
      add_with_needed(${out} ${needed})
    endif()
  endforeach()
  set(${out} ${${out}} PARENT_SCOPE)
endfunction()

find_package(ZLIB REQUIRED)
find_library(ZSTD_LIBRARY zstd REQUIRED)
llvm_map_components_to_libnames(of_llvm analysis binaryformat bitreader bitstreamreader bitwriter core frontendhlsl
  frontendopenmp irreader mc mcparser object option profiledata support targetparser transformutils windowsdriver)
add_with_needed(libraries clangFrontend clangDependencyScanning clangIndex clangTooling ${of_llvm})
foreach(library IN LISTS libraries)
  get_target_property(kind ${library} TYPE)
  if(kind STREQUAL "STATIC_LIBRARY")
    list(APPEND files $<TARGET_FILE:${library}>)
  endif()
endforeach()
target_link_libraries(clang_libraries INTERFACE -Wl,--start-group ${files} -Wl,--end-group ZLIB::ZLIB ${ZSTD_LIBRARY} dl m)
target_link_options(clang_libraries INTERFACE -Wl,--gc-sections)
if(CMAKE_BUILD_TYPE STREQUAL "Release")
  # What the packages' libraries bring of it, valgrind cannot read.
  target_link_options(clang_libraries INTERFACE -Wl,--strip-debug)
endif()
