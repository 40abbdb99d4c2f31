#pragma once

#include "clang/AST/ASTContext.h"
#include "models/entry.h"
#include "unit/call.h"

namespace corolint {

// Do the arguments and the receiver of `call` meet the conditions of `match`? Its name has been compared
// already.
bool conditions_hold(const Match& match, const Call& call, const clang::ASTContext& context);

// Is `decl` declared in one of the headers that `match` is for? Some libraries share a namespace with others.
bool is_declared_where_meant(const Match& match, const clang::NamedDecl& decl);

// Is one of the template arguments of `type` among those that `match` asks for, if it asks for any?
bool template_arguments_hold(const Match& match, clang::QualType type);

// Returns the number that `expr` is if it is a constant: an integer, a whole floating-point number, a null
// pointer (0), or a class around one number, such as a chrono duration.
std::optional<long long> constant_of(const clang::Expr* expr, const clang::ASTContext& context);

}  // namespace corolint
