#pragma once

// Which types and functions lock for a thread. The mutex decides, not the guard: `std::unique_lock` of a
// coroutine library's mutex may be held while the coroutine is suspended.

#include <map>

#include "rule/pass.h"

namespace corolint::locks {

// What an object of a type does from its making to its end.
enum class Holds {
  nothing,
  lock,     // keeps a lock for threads
  affine,   // is bound to the thread that made it
  wrapped,  // keeps an object that does one of these, and can be emptied
};

class Guards {
 public:
  explicit Guards(const Pass& pass) : pass_(pass) {}

  // Returns what an object of the type holds; of a reference or a pointer, nothing.
  Holds held_by(clang::QualType type);

  // Does the call lock something for its thread?
  bool locks(const Call& call) const;

  // Does the call lock something for its thread if nobody else has it, and say whether it did?
  bool tries(const Call& call) const;

 private:
  const Pass& pass_;
  std::map<const clang::CXXRecordDecl*, Holds> known_;
};

// Does the code call something that unlocks?
bool unlocks_in(const clang::Stmt* code);

// Does an object of the type keep a lock of any kind, for a thread or a coroutine?
bool is_guard(const Pass& pass, clang::QualType type);

inline const Option also_bound{"also-bound", std::vector<std::string>{},
                               "types of your own, by qualified name, that must not live while a coroutine "
                               "is suspended"};

}  // namespace corolint::locks
