#pragma once

// Canonical names: what a library's documentation calls a thing, whatever the headers do with inline
// namespaces (std::__1, std::_V2, std::__cxx11), template arguments and specialisations.

#include <string>
#include <vector>

#include "clang/AST/Decl.h"
#include "clang/AST/DeclCXX.h"
#include "clang/AST/Type.h"

namespace corolint {

// Returns the name with its namespaces and classes, "std::basic_ifstream::open": without inline namespaces
// and template arguments; an unnamed namespace or a closure type leaves no trace.
std::string qualified_name(const clang::NamedDecl& decl);

// Returns the class of `type` with references, pointers and qualifiers taken away, or null if it is none.
const clang::CXXRecordDecl* class_of(clang::QualType type);

// Returns the canonical names of the class of `type`, of the aliases it is spelled with, and of all its
// bases; empty if it is no class.
std::vector<std::string> class_names(clang::QualType type);

// Calls `visit` with `type` and with its template arguments that are types, at any depth.
void each_type_argument(clang::QualType type, llvm::function_ref<void(clang::QualType)> visit);

// Returns what tells the function from all others of the program, whatever happens around it: its canonical
// name with the types of its parameters, those of the template that it was made from; for a lambda, what
// holds for the function around it and the lambda's number there: "net::run(int)::lambda#2".
std::string entity_name(const clang::FunctionDecl& function);

// Returns how a reader knows the function: its canonical name, or "lambda in 'name'".
std::string display_name(const clang::FunctionDecl& function);

}  // namespace corolint
