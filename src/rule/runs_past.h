#pragma once

#include "rule/task_fate.h"

namespace corolint {

// Does a task with that fate run, or go on, after the end of the local variable? One that has been started,
// or is kept in an object of its own, if the function does not wait before that; a lazy one that is kept in
// another local runs where that is used: past the end, if it is used there and not before.
bool runs_past(const Pass& pass, const Function& function, const TaskFate& fate, const clang::VarDecl& local,
               bool is_lazy);

}  // namespace corolint
