#include <algorithm>

#include "cancellers.h"
#include "continuations.h"
#include "coroutines/flow.h"
#include "endings.h"
#include "error_codes.h"
#include "flag_of_canceller.h"
#include "narrower_handler.h"
#include "own_cancellation.h"
#include "rule/may_throw.h"
#include "sources.h"
#include "stop_flags.h"
#include "unit/class_search.h"
#include "unit/names.h"

namespace corolint {

using namespace cancellation;

namespace {

constexpr Message goes_on{
    "goes-on",
    "'{0}' also catches cancellation, and coroutine '{1}' goes on as if it had not been cancelled"};
constexpr Message goes_round{
    "goes-round", "'{0}' also catches cancellation, and the loop in coroutine '{1}' goes into another round"};

// Returns the places in the block where cancellation from outside may arrive as an exception. One that a
// cancelled coroutine is told of at every await comes past what makes errors a value.
std::vector<const Suspension*> suspensions_in(const Pass& pass, const Function& coroutine,
                                              const clang::Stmt* block) {
  std::vector<const Suspension*> found;
  for (const Suspension& suspension : coroutine.suspensions())
    if (!suspension.is_yield && coroutine.is_inside(suspension.expr, block) &&
        !is_own(pass, coroutine, suspension) &&
        (is_sticky(pass, coroutine) || !throws_nothing(pass, coroutine, suspension)))
      found.push_back(&suspension);
  return found;
}

// Returns where cancellation comes from at the suspensions of the block; of which handlers one that names it
// says that it does arrive.
Arrival arrival_in(const Pass& pass, const Function& coroutine, const clang::CXXTryStmt& block,
                   const std::vector<const Suspension*>& suspensions, const Classes& cancellations) {
  bool is_named = false;
  for (unsigned i = 0; i < block.getNumHandlers(); ++i) {
    const clang::CXXRecordDecl* caught = class_of(block.getHandler(i)->getCaughtType());
    is_named |= caught && std::ranges::find(cancellations, caught->getCanonicalDecl(), [](const auto* one) {
                            return one->getCanonicalDecl();
                          }) != cancellations.end();
  }
  std::vector<const clang::Expr*> awaited;
  for (const Suspension* suspension : suspensions) awaited.push_back(suspension->operand);
  return arrival_at(pass, coroutine, awaited, coroutine.declaration().getReturnType(), is_named);
}

void report(Pass& pass, const Function& coroutine, const clang::CXXTryStmt& block,
            const clang::CXXCatchStmt& handler, const Suspension& suspended, const Suspension& next,
            const Classes& cancellations, Level level, const Arrival& arrival) {
  const bool is_round = coroutine.is_inside(next.expr, block.getTryBlock());
  if (is_round && ends_with_canceller(pass, coroutine, &block)) return;
  const clang::SourceRange at(handler.getBeginLoc(),
                              handler.getHandlerBlock()->getBeginLoc().getLocWithOffset(-1));
  const std::string what = cancellations.empty() ? "a cancellation, whatever its type,"
                           : arrival.is_sure     ? "'" + qualified_name(*cancellations.front()) + "'"
                                                 : "a cancellation";
  const bool is_left =
      is_round && is_sticky(pass, coroutine) && only_accepts(pass, coroutine, block.getTryBlock());
  const Message& message = is_round ? goes_round : goes_on;
  const std::vector<std::string> arguments = {spelling(handler), coroutine.name()};
  auto finding = is_left || !arrival.is_sure ? pass.keep(coroutine, at, message, arguments)
                                             : pass.report(coroutine, at, message, arguments);
  finding.label(what + " ends here: whoever cancelled the coroutine waits for it in vain")
      .note(suspended.expr, "cancellation arrives here")
      .note(is_round ? nullptr : next.expr, "the coroutine goes on to here")
      .help("let cancellation out: rethrow it, or end the coroutine in this handler")
      .fix(narrower_handler(pass, handler, cancellations))
      .level(is_round && is_in_loop_with_flag(coroutine, &block) ? Level::note : level);
  if (is_left)
    leave_round(pass, coroutine);
  else if (!arrival.is_sure)
    leave_to_sources(pass, arrival);
}

// Does the handler stand in this file, and not in a macro of another one? A test's "throws" says so by its
// name.
bool is_written_here(const Pass& pass, const clang::CXXTryStmt& block) {
  const clang::SourceManager& sources = pass.unit().sources();
  return sources.getFileID(sources.getSpellingLoc(block.getBeginLoc())) ==
         sources.getFileID(sources.getExpansionLoc(block.getBeginLoc()));
}

void check_try(Pass& pass, const Function& coroutine, const clang::CXXTryStmt& block,
               const Questions& questions) {
  const auto suspensions = suspensions_in(pass, coroutine, block.getTryBlock());
  const auto arriving = suspensions.empty() ? std::nullopt : cancellations(pass, coroutine, block);
  if (!arriving) return;
  Classes classes = *arriving;
  const Arrival arrival = arrival_in(pass, coroutine, block, suspensions, classes);
  const Suspension& suspended = *suspensions.front();
  // Whether an exception comes at all, of a home-made task or past a handler of a class of the family, is
  // less sure.
  Level level = classes.empty() ? Level::note : Level::warning;
  for (unsigned i = 0; i < block.getNumHandlers(); ++i) {
    const clang::CXXCatchStmt& handler = *block.getHandler(i);
    if (!catches(handler, classes)) continue;
    if (!questions.asked_in(coroutine, handler) && !leaves_by_own_flag(coroutine, handler) &&
        !is_kept(coroutine, handler)) {
      if (const Suspension* next = next_suspension(pass, coroutine, handler, questions)) {
        if (!is_sticky(pass, coroutine) || coroutine.is_inside(next->expr, block.getTryBlock()))
          report(pass, coroutine, block, handler, suspended, *next, classes, level, arrival);
      } else
        keep_ending(pass, coroutine, handler, suspended, classes, questions, arrival);
    }
    classes = past(handler, classes);
    level = Level::note;
    if (classes.empty()) return;  // no later handler sees cancellation
  }
}

void check(Pass& pass) {
  const Questions questions(pass);
  export_cancellers(pass);
  export_sources(pass);
  for (const Function& function : pass.functions()) check_continuations(pass, function, questions);
  for (const Function* coroutine : pass.coroutines()) {
    if (!coroutine->flow()) continue;
    for (const auto* block : coroutine->all<clang::CXXTryStmt>())
      if (is_written_here(pass, *block)) check_try(pass, *coroutine, *block, questions);
    check_error_codes(pass, *coroutine, questions);
    export_awaits(pass, *coroutine);
  }
}

}  // namespace

Rule swallowed_cancellation() {
  return {.check = check,
          .messages = {goes_on, goes_round, code_goes_round, ends, ends_empty, rewraps, chain_goes_on,
                       chain_ends},
          .level = Level::warning,
          .cwe = 390,
          .conclude = conclude,
          .group = "cancellation"};
}

}  // namespace corolint
