#pragma once

// Prefixes: foreign headers that many units include, parsed once and kept as a precompiled header. A unit
// that uses one gives the same result as without: what could make a difference is watched while the unit is
// parsed (see prefix_watch.h), and a unit that would differ is parsed again without.

#include <memory>
#include <string>
#include <vector>

#include "cache/file_log.h"
#include "clang/Frontend/CompilerInvocation.h"
#include "unit/prefix_index.h"
#include "unit/unit.h"

namespace corolint {

struct Prefix {
  std::string file;  // the precompiled header
  PrefixIndex index;
  FileLog log;  // of the files that it was made of
};

// Parses `headers` (each as a directive names it, `<vector>` or `"x.h"`) with the flags of `command` and
// writes the precompiled header to `file`, and beside it its index (.index) and the log of the files that it
// was made of (.log, last), each under another name first. Where `base`, a prefix with these flags in the
// same folder, is not null, the new one goes on from it: it stands for the headers of both and is used alone.
// An error says why there is none.
llvm::Error build_prefix(const CompileCommand& command, const ParseSettings& settings,
                         const std::vector<std::string>& headers, const Prefix* base,
                         const std::string& file);

// Returns the log of the prefix that was written to `file`; nothing if there is none.
std::optional<FileLog> log_of_prefix(const std::string& file);

// Makes the compiler run of a unit begin with the prefix.
void use(const Prefix& prefix, clang::CompilerInvocation& invocation);

// Returns the prefix that was written to `file`, or null if it, or one that it goes on from, is not there,
// damaged or of no use.
std::shared_ptr<const Prefix> load_prefix(const std::string& file);

}  // namespace corolint
