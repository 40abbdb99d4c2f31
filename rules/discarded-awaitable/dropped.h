#pragma once

// The ways to lose an awaitable, each in a file of its own, and what they say alike.

#include "coroutines/value_use.h"
#include "rule/pass.h"
#include "rule/program.h"

namespace corolint::discarded {

inline constexpr Message unused_lazy{
    "unused-lazy", "'{2}' holds the '{0}' of '{1}' and nothing awaits it, so '{1}' never runs"};
inline constexpr Message unused{"unused",
                                "'{2}' holds the '{0}' of '{1}' and nothing awaits it or sees its error"};
inline constexpr Message unseen{
    "unseen", "'{2}' keeps the '{0}' of '{1}' while the event loop runs, and nothing sees its error"};
inline constexpr Message unlocked{
    "unlocked", "'{1}' is not awaited: nothing is locked, and what follows runs unprotected"};
inline constexpr Message callback{
    "callback", "{0} returns a '{1}' that its caller throws away, so what it should do never happens"};
inline constexpr Message callback_eager{
    "callback-eager",
    "{0} returns a '{1}' that its caller throws away: nobody waits for it or sees its error"};
inline constexpr Message kept_lazy{
    "kept-lazy", "'{2}' keeps the '{0}' of '{1}' and nothing ever takes it out, so '{1}' never runs"};
inline constexpr Message kept{"kept",
                              "'{2}' keeps the '{0}' of '{1}' and nothing ever awaits it or sees its error"};
inline constexpr Message condition{
    "condition", "the condition tests the '{0}' that '{1}' returns, not its result: it is not awaited"};
inline constexpr Message empty{"empty",
                               "the '{0}' that is returned here is empty: no coroutine belongs to it"};

inline constexpr Message ignored{"ignored",
                                 "the '{1}' that '{0}' yields is not looked at: its error is lost"};

inline const Option ignored_results{"ignored-results", false,
                                    "report awaited results that carry an error (error_code, a tuple with "
                                    "one, expected, Try, the bool of a try_…) and that nobody looks at"};

// Locals that hold an awaitable which nothing awaits.
void check_locals(Pass& pass, const Function& function);
// Callables whose awaitable is thrown away by what calls them.
void check_callbacks(Pass& pass, const Function& function);
// Containers, fields and globals that get awaitables which nothing in the program takes out again: locals are
// reported here, the others once the whole program is known.
void check_containers(Pass& pass, const Function& function);
void conclude_containers(Program& program);
// Awaitables whose emptiness is tested in place of their result.
void check_conditions(Pass& pass, const Function& function);
// Awaited results that carry an error which nobody looks at, if the option asks for them.
void check_ignored_results(Pass& pass, const Function& function);
// Functions that return an awaitable without a coroutine behind it.
void check_empty(Pass& pass, const Function& function);

// Returns what is known of the value of `expr`, in a template too, if it can be awaited; nothing if the
// models or the code say that it may be dropped.
std::optional<Awaitable> must_await(const Pass& pass, const clang::Expr* expr);

// Returns what becomes of the work when the awaitable is dropped.
std::string what_happens(const Awaitable& awaitable);

// Returns what the declaration shows that decides when the work starts.
std::string what_evidence_shows(const Awaitable& awaitable);

// Returns what to do about the awaitable that `function` drops.
std::string remedy(const Function& function, const Awaitable& awaitable);

// Returns the fix that awaits the dropped value of `expr`, without edits where that is not sure to compile.
Fix await_it(const Pass& pass, const Function& function, const clang::Expr* expr);

// Likewise for the value of `expr` that `variable` of the statement holds in vain: the variable goes.
Fix await_instead(const Pass& pass, const Function& function, const clang::DeclStmt& statement,
                  const clang::VarDecl& variable, const clang::Expr* expr);

// Returns the name of what `expr` calls or constructs, or of what `std::invoke` and its kin call there.
std::string callee_name(const Pass& pass, const clang::Expr* expr);

// Is `expr` the call that takes a lock once it is awaited?
bool takes_lock(const Pass& pass, const clang::Expr* expr);

// Dropping what the library lets one drop only loses the error.
Level level_of(const Awaitable& awaitable);

// May the awaitable be used so?
bool is_tolerated(const Awaitable& awaitable, ValueUse use);

}  // namespace corolint::discarded
