#pragma once

// Which file a call works on: what is told of the first call on it holds for the others.

#include <set>
#include <utility>

#include "rule/pass.h"
#include "start_up.h"

namespace corolint::blocking {

// The files of a function that blocking calls were told of.
class ToldFiles {
 public:
  // `early`: calls that may belong to the program's start, where one that comes later does not.
  ToldFiles(const Pass& pass, const Function& function, const Statements& early)
      : pass_(pass), function_(function), early_(early) {}

  // Is the call on a file that another call was told of? If not, that file is told from now on: its stream or
  // descriptor for all that follows, its name for calls that are told likewise.
  bool has(const Call& call, const Entry& entry);

 private:
  const Pass& pass_;
  const Function& function_;
  const Statements& early_;
  std::set<const clang::ValueDecl*> opened_;
  std::set<std::pair<const clang::ValueDecl*, bool>> named_;
};

// Does the call use a file stream that was opened, where it was made, on something that does not block: a
// file of /proc? `blocks` says whether a call blocks.
bool is_on_harmless_stream(const Pass& pass, const Function& function, const Call& call, const Entry& entry,
                           llvm::function_ref<bool(const Call&)> blocks);

}  // namespace corolint::blocking
