#pragma once

#include <vector>

#include "coroutines/function.h"

namespace corolint {

using Classes = std::vector<const clang::CXXRecordDecl*>;

// Does the handler catch an exception of one of the classes? `catch (...)` catches all.
bool catches(const clang::CXXCatchStmt& handler, const Classes& exceptions);

// Returns what the handler keeps its exception in (`error = std::current_exception()`, `result` for
// `result.error = …`), or null.
const clang::ValueDecl* kept_in(const Function& function, const clang::CXXCatchStmt& handler);

// Returns the handler's head as its author wrote it, with the full name of the type.
std::string spelling(const clang::CXXCatchStmt& handler);

}  // namespace corolint
