#pragma once

#include "project/project.h"

#include "llvm/ADT/StringRef.h"

#include <string>

namespace corolint {

// What a compile command compiles. `header` is a header or its precompiling: headers are analysed through the
// sources that include them.
enum class Language { cxx, c, objective_c, cuda, assembler, other, header };

// Returns the language's name for people: "C++", "assembler", …
std::string language_name(Language language);

// Does the name of `file` say that it is a header?
bool is_header(llvm::StringRef file);

// Does the name of `file` say that it is a C++ source, or a header that may be one of C++?
bool is_cxx_file(llvm::StringRef file);

// Returns what `command`, without launchers and response files, compiles: `-x` decides, then the file's name
// and the compiler.
Language language_of(const CompileCommand& command);

}  // namespace corolint
