#include "model_answers.h"

#include <doctest/doctest.h>

#include <algorithm>

#include "coroutines/functions.h"
#include "coroutines/value_use.h"
#include "fixture.h"

namespace corolint {

namespace {

constexpr Role first_role = Role::task, last_role = Role::stackful;

class Answers {
 public:
  Answers(const Unit& unit, const std::filesystem::path& file) : unit_(unit), file_(file) {}

  void add(clang::SourceRange range, const Entry* entry) {
    const Place place = entry ? unit_.place_of(clang::SourceRange(range.getBegin())) : Place();
    if (!place.is_somewhere() || !file_.string().ends_with(place.file)) return;
    ModelAnswer answer{std::string(role_name(entry->role)), {entry->subject}};
    if (entry->start != Start::unknown)
      answer.words.push_back(entry->start == Start::lazy ? "lazy" : "eager");
    answer.words.push_back(entry->confidence == Confidence::high  ? "high"
                           : entry->confidence == Confidence::low ? "low"
                                                                  : "medium");
    auto& answers = answers_[place.line];
    if (std::none_of(answers.begin(), answers.end(),
                     [&](const auto& one) { return one.role == answer.role; }))
      answers.push_back(std::move(answer));
  }

  std::map<unsigned, std::vector<ModelAnswer>> take() { return std::move(answers_); }

 private:
  const Unit& unit_;
  const std::filesystem::path& file_;
  std::map<unsigned, std::vector<ModelAnswer>> answers_;
};

template <typename Visit>
void each_role(Visit visit) {
  for (int role = static_cast<int>(first_role); role <= static_cast<int>(last_role); ++role)
    visit(static_cast<Role>(role));
}

const Call* maker_of(const Function& function, const clang::VarDecl& variable) {
  for (const Call& call : function.calls())
    if (!call.is_construction() && initialised_variable(function, call.expr) == &variable) return &call;
  return nullptr;
}

void add_variables(const Function& function, Answers& answers) {
  for (const auto* statement : function.all<clang::DeclStmt>())
    for (const clang::Decl* decl : statement->decls())
      if (const auto* variable = llvm::dyn_cast<clang::VarDecl>(decl))
        each_role([&](Role role) {
          if (variable->getType()->isReferenceType() || variable->getType()->isPointerType()) return;
          answers.add(variable->getLocation(), fixture_models().find(role, variable->getType()));
          answers.add(variable->getLocation(),
                      fixture_models().find_end(role, variable->getType(), variable->getASTContext(),
                                                maker_of(function, *variable)));
        });
  for (const auto* handler : function.all<clang::CXXCatchStmt>())
    if (!handler->getCaughtType().isNull())
      each_role([&](Role role) {
        answers.add(handler->getBeginLoc(), fixture_models().find(role, handler->getCaughtType()));
      });
}

}  // namespace

std::map<unsigned, std::vector<ModelAnswer>> model_answers(const std::filesystem::path& fixture) {
  const ParsedUnit parsed = parse_fixture(fixture);
  for (const CompilerError& error : parsed.errors)
    FAIL_CHECK(error.place.file << ":" << error.place.line << ": does not compile: " << error.message);
  if (!parsed.unit) return {};
  Answers answers(*parsed.unit, fixture);
  const clang::ASTContext& context = parsed.unit->ast();
  for (const Function& function : functions_of(*parsed.unit)) {
    for (const Call& call : function.calls())
      each_role([&](Role role) {
        answers.add(call.is_construction() ? call.expr->getSourceRange() : call.callee_name().getEnd(),
                    fixture_models().find(role, call, context));
      });
    for (const auto* reference : function.all<clang::DeclRefExpr>())
      each_role([&](Role role) {
        answers.add(reference->getSourceRange(), fixture_models().find_object(role, *reference->getDecl()));
      });
    add_variables(function, answers);
  }
  return answers.take();
}

}  // namespace corolint
