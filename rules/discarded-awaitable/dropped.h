#pragma once

// The three ways to lose an awaitable, each in a file of its own, and what they say alike.

#include "coroutines/value_use.h"
#include "rule/pass.h"

namespace corolint::discarded {

inline constexpr Message unused_lazy{
    "unused-lazy", "'{2}' holds the '{0}' of '{1}' and nothing awaits it, so '{1}' never runs"};
inline constexpr Message unused{"unused",
                                "'{2}' holds the '{0}' of '{1}' and nothing awaits it or sees its error"};
inline constexpr Message callback{
    "callback", "{0} returns a '{1}' that its caller throws away, so what it should do never happens"};

// Locals that hold an awaitable which nothing awaits.
void check_locals(Pass& pass, const Function& function);
// Callables whose awaitable is thrown away by what calls them.
void check_callbacks(Pass& pass, const Function& function);

// Returns the name without its namespaces.
std::string short_name(const std::string& name);

// Returns what becomes of the work when the awaitable is dropped.
std::string what_happens(const Awaitable& awaitable);

// Returns what the declaration shows that decides when the work starts.
std::string what_evidence_shows(const Awaitable& awaitable);

// Returns what to do about an awaitable that `function` drops.
std::string remedy(const Function& function);

// Returns the name of what `expr` calls.
std::string callee_name(const clang::Expr* expr);

// May the awaitable be used so?
bool is_tolerated(const Awaitable& awaitable, ValueUse use);

}  // namespace corolint::discarded
