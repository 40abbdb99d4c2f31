#include "coroutines/value_use.h"
#include "holds.h"
#include "rule/lent.h"

namespace corolint {

using namespace locks;

namespace {

constexpr Message guard{"guard", "'{0}' keeps '{1}' locked while the coroutine is suspended here"};
constexpr Message guard_of_unseen{"guard-of-unseen",
                                  "'{0}' holds its lock while the coroutine is suspended here"};
constexpr Message by_hand{"by-hand", "'{0}' stays locked while the coroutine is suspended here"};
constexpr Message temporary{
    "temporary", "'{0}' stays locked until the end of the expression, and the coroutine is suspended in it"};
constexpr Message affine{"affine",
                         "'{0}' is bound to its thread, and after this the coroutine may go on in another"};
constexpr Message dropped{"dropped", "the lock is released at once: nothing keeps the guard"};

std::string text_of(const Pass& pass, const clang::Expr* object) {
  return object ? pass.unit().text_of(object->getSourceRange()).str() : "";
}

void report_affine(Pass& pass, const Function& function, const Hold& hold, const Suspension& at) {
  pass.report(function, at.expr, affine, {hold.holder->getNameAsString()})
      .label("suspended: other code runs in this thread, and this coroutine may go on in another")
      .note(hold.holder, "made here, ends with its scope")
      .help("end its scope before this point, and make it anew afterwards");
}

void report_lock(Pass& pass, const Function& function, const Hold& hold, const Suspension& at) {
  std::string object = text_of(pass, hold.object);
  const Message& message = hold.kind == Hold::by_hand     ? by_hand
                           : hold.kind == Hold::temporary ? temporary
                           : object.empty()               ? guard_of_unseen
                                                          : guard;
  std::vector<std::string> arguments;
  if (hold.holder) arguments.push_back(name_of_local(*hold.holder));
  if (!object.empty() || !hold.holder) arguments.push_back(std::move(object));
  auto finding = pass.report(function, at.expr, message, std::move(arguments));
  finding.label(
      "suspended with the lock held: who wants it blocks its thread, and another thread may unlock it");
  if (hold.start)
    finding.note(hold.start, "locked here");
  else
    finding.note(hold.holder, "taken over here");
  finding.help(hold.kind == Hold::temporary
                   ? "copy what is needed into a variable first, so that the lock ends before the suspension"
                   : "unlock before this point, or use a mutex that coroutines wait for");
}

void check_holds(Pass& pass, Guards& guards, const Function& function) {
  for (const Hold& hold : holds_in(guards, function)) {
    const Suspension* at = suspension_under(hold, function);
    if (at) (hold.is_affine ? report_affine : report_lock)(pass, function, hold, *at);
  }
}

// Is it the lock of a mutex that is awaited, and no permit? Who says that nobody keeps a permit waits until
// there is one; a mutex is not waited for.
bool awaits_mutex(const Pass& pass, const clang::Expr* expr) {
  const auto* await = llvm::dyn_cast<clang::CoawaitExpr>(expr);
  const auto call = await ? as_call(bare(await->getOperand())) : std::nullopt;
  return call && pass.find(Role::lock, *call) && !pass.find(Role::limit, *call);
}

// A guard that nobody keeps: `co_await mutex.scoped_lock_async();`.
void check_dropped(Pass& pass, const Function& function) {
  for (const auto* expr : function.all<clang::Expr>()) {
    const bool makes = llvm::isa<clang::CoawaitExpr, clang::CXXFunctionalCastExpr,
                                 clang::CXXTemporaryObjectExpr, clang::CallExpr>(expr);
    if (!makes || !expr->isPRValue() || !expr->getType()->isRecordType()) continue;
    const ValueUse use = value_use(function, expr);
    const bool is_lost =
        use == ValueUse::dropped || (use == ValueUse::dropped_on_purpose && awaits_mutex(pass, expr));
    if (!is_lost || !is_guard(pass, expr->getType())) continue;
    pass.report(function, expr, dropped, {})
        .label("locked and unlocked again: what follows is not protected")
        .help("give the guard a name: 'auto lock = ...'");
  }
}

void check(Pass& pass) {
  Guards guards(pass);
  for (const Function* function : pass.coroutines()) {
    if (!function->suspensions().empty()) check_holds(pass, guards, *function);
    check_dropped(pass, *function);
  }
}

}  // namespace

Rule lock_held_across_suspension() {
  return {.check = check,
          .messages = {guard, guard_of_unseen, by_hand, temporary, affine, dropped},
          .level = Level::warning,
          .cwe = 833,
          .options = {also_bound},
          .group = "locking"};
}

}  // namespace corolint
