#pragma once

// What the preprocessing of a prefix (headers that are parsed once for many units) depends on and changes:
// for each time that a file was entered, which macros it read with which outcome, which it changed, and which
// files it included, in order. If a unit enters the same files in another order and every read has the same
// outcome, then each file gives the same tokens: so the trace, played in the unit's order, proves that the
// unit may use the prefix.

#include <cstdint>
#include <string>
#include <vector>

#include "llvm/Support/Error.h"

namespace corolint {

struct MacroTrace {
  // Identifies a macro's definition by its tokens; 0 for a name that is no macro.
  using Outcome = std::uint64_t;

  struct Event {
    enum class Kind : std::uint8_t { read, change, include };
    Kind kind = Kind::read;
    std::uint32_t what = 0;  // of `macros`; include: of `frames`
    Outcome outcome = 0;     // what is read, or what the macro becomes

    friend bool operator==(const Event&, const Event&) = default;
  };

  // One entering of a file.
  struct Frame {
    std::uint32_t file = 0;  // of `files`
    bool has_text = false;   // it gives tokens, not only macros
    std::vector<Event> events;

    friend bool operator==(const Frame&, const Frame&) = default;
  };

  struct File {
    std::string path;         // as the include directive found it
    bool is_guarded = false;  // a second include of it gives nothing
    std::uint32_t frame = 0;  // the first entering
  };

  struct Macro {
    std::string name;
    Outcome first = 0;  // before the first header: what the command defines
    Outcome last = 0;   // behind the last
  };

  std::vector<Macro> macros;  // every name that is a macro at any time
  std::vector<File> files;
  std::vector<Frame> frames;         // the first is the prefix's own text
  std::vector<std::uint64_t> words;  // digests of the other names in the headers, sorted
  std::string unusable;              // why no unit may use the prefix; empty if units may
};

// Returns the digest under which `words` holds a name.
std::uint64_t word_digest(llvm::StringRef name);

// Returns the trace as bytes, and back; an error if they are damaged.
std::string to_bytes(const MacroTrace& trace);
llvm::Expected<MacroTrace> trace_from_bytes(std::string_view bytes);

}  // namespace corolint
