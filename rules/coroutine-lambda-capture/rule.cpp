#include "by_reference.h"
#include "closure_end.h"
#include "rule/edits.h"

namespace corolint {

using namespace capturing;

namespace {

constexpr Message temporary{
    "temporary", "the closure ends with this expression, and its coroutine goes on to read '{0}' from it"};
constexpr Message local{
    "local", "the closure ends with this function, and its coroutine goes on to read '{0}' from it"};
constexpr Message one_shot{
    "one-shot",
    "'{1}' destroys the closure once it was called, and its coroutine goes on to read '{0}' from it"};
constexpr Message by_reference{
    "by-reference",
    "'{0}' is captured by reference and ends with its scope, and the coroutine goes on to use it"};
constexpr Message handed{"handed",
                         "nobody can wait for this coroutine, and it goes on to read '{0}' from the closure, "
                         "which '{1}' may destroy"};

std::string what_goes_on(const End& end) {
  if (llvm::isa<clang::ReturnStmt>(end.at)) return "the coroutine is returned, and runs after that";
  if (end.kind == End::one_shot) return "destroys what it calls as soon as the call has returned";
  if (end.kind == End::handed)
    return "may end the closure, and what it holds, while the coroutine is suspended";
  return "from here on the coroutine runs by itself";
}

const Message& message_for(const End& end) {
  switch (end.kind) {
    case End::temporary:
      return temporary;
    case End::one_shot:
      return one_shot;
    case End::handed:
      return handed;
    default:
      return local;
  }
}

// `[x](this auto)`: the coroutine keeps the closure.
Fix keep_closure(const Pass& pass, const clang::LambdaExpr& lambda) {
  const bool is_offered = pass.ast().getLangOpts().CPlusPlus23 && lambda.hasExplicitParameters() &&
                          !lambda.isMutable() && !lambda.getCallOperator()->isExplicitObjectMemberFunction();
  const auto* written = is_offered ? lambda.getCallOperator()->getTypeSourceInfo() : nullptr;
  const auto type =
      written ? written->getTypeLoc().getAs<clang::FunctionProtoTypeLoc>() : clang::FunctionProtoTypeLoc();
  if (type.isNull()) return {};
  const char* text = type.getNumParams() > 0 ? "this auto, " : "this auto";
  return {"let the coroutine keep the closure", Applicability::unsafe,
          all_or_none({insertion_after(pass.unit(), type.getLParenLoc(), text)})};
}

std::string remedy(const Pass& pass, const End& end) {
  if (end.kind == End::one_shot)
    return "pass what it needs as parameters, or wrap the lambda in what keeps it "
           "(seastar::coroutine::lambda, "
           "kj::coCapture)";
  if (pass.ast().getLangOpts().CPlusPlus23)
    return "take the closure by value ('this auto' as the first parameter), or pass what it needs as "
           "parameters";
  return "pass what it needs as parameters: they live in the coroutine's frame";
}

void report_end(Pass& pass, const Function& function, const Coroutine& coroutine, const End& end) {
  std::vector<std::string> arguments = {coroutine.captured};
  if (!end.callee.empty()) arguments.push_back(end.callee);
  auto finding =
      pass.report(function, coroutine.lambda->getIntroducerRange(), message_for(end), std::move(arguments));
  finding.label("captures live in the closure object, not in the coroutine's frame")
      .note(coroutine.use, "read here, when the closure may be gone")
      .note(end.at, what_goes_on(end))
      .help(remedy(pass, end))
      .fix(keep_closure(pass, *coroutine.lambda));
  if (end.kind != End::temporary) finding.level(end.kind == End::handed ? Level::note : Level::warning);
}

void report_borrowed(Pass& pass, const Function& function, const clang::LambdaExpr& lambda,
                     const Borrowed& borrowed) {
  pass.report(function, lambda.getIntroducerRange(), by_reference, {borrowed.local->getNameAsString()})
      .label("whoever keeps the lambda keeps no more of it than a reference")
      .note(borrowed.local, "ends with its scope")
      .note(borrowed.at, "from here on the coroutine runs, or waits to be run, by itself")
      .note(borrowed.use, "used here, later")
      .help("capture it by value (move it into the lambda), or await the coroutine in its scope")
      .level(Level::warning);
}

void check_lambda(Pass& pass, const Function& function, const clang::LambdaExpr& lambda) {
  const bool is_coroutine =
      llvm::isa_and_nonnull<clang::CoroutineBodyStmt>(lambda.getCallOperator()->getBody());
  const auto coroutine = is_coroutine ? as_capturing(pass, lambda) : std::nullopt;
  const End end = coroutine ? end_of(pass, function, *coroutine) : End{};
  if (end.kind != End::none)
    report_end(pass, function, *coroutine, end);
  else if (const auto borrowed = borrowed_by(pass, function, lambda))
    report_borrowed(pass, function, lambda, *borrowed);
}

void check(Pass& pass) {
  for (const Function& function : pass.functions()) {
    if (function.is_pattern()) continue;
    for (const auto* lambda : function.all<clang::LambdaExpr>()) check_lambda(pass, function, *lambda);
  }
}

}  // namespace

Rule coroutine_lambda_capture() {
  return {.check = check,
          .messages = {temporary, local, one_shot, by_reference, handed},
          .level = Level::error,
          .cwe = 416,
          .group = "lifetime"};
}

}  // namespace corolint
