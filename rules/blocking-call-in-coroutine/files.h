#pragma once

// Which file a call works on: what is told of one call on it holds for the others.

#include <vector>

#include "rule/pass.h"
#include "start_up.h"

namespace corolint::blocking {

// A call that blocks, and what the models say of it.
struct BlockingCall {
  const Call* call;
  const Entry* entry;
};

// Returns of the calls, which are in the order of the source, one for each file: the first, or the first that
// does more than ask about the file. A stream or descriptor stands for its file from where it is opened; a
// path does so for calls that are told likewise: not for `once` ones, which may belong to the program's
// start, and later ones together.
std::vector<BlockingCall> one_for_each_file(const Pass& pass, const Function& function,
                                            const std::vector<BlockingCall>& calls, const Statements& once);

// Does the call use a file stream that was opened, where it was made, on something that does not block: a
// file of /proc? `blocks` says whether a call blocks.
bool is_on_harmless_stream(const Pass& pass, const Function& function, const Call& call, const Entry& entry,
                           llvm::function_ref<bool(const Call&)> blocks);

}  // namespace corolint::blocking
