#include "made_open.h"

#include <algorithm>

#include "coroutines/value_use.h"
#include "rule/record.h"

namespace corolint::blocking {

// The constructor opens what it wraps so that it waits for nothing.
struct Opener {
  std::string constructor;
};
RULE_RECORD(Opener, constructor)

// The constructor made the member.
struct Made {
  std::string object, constructor;
};
RULE_RECORD(Made, object, constructor)

// A call on a member, or on a local that was made by a constructor, from members.
struct CallOn {
  Place place;
  std::vector<std::string> objects, constructors;
};
RULE_RECORD(CallOn, place, objects, constructors)

namespace {

const clang::CXXConstructExpr* construction(const clang::Expr* init) {
  if (const auto* by_default = llvm::dyn_cast_or_null<clang::CXXDefaultInitExpr>(init))
    init = by_default->getExpr();
  return init ? llvm::dyn_cast<clang::CXXConstructExpr>(bare(init)) : nullptr;
}

bool is_of_project(const Pass& pass, const clang::CXXConstructExpr* made) {
  return made && pass.unit().is_project(made->getConstructor()->getLocation());
}

void export_constructor(Pass& pass, const Function& function, const clang::CXXConstructorDecl& constructor) {
  if (std::any_of(function.calls().begin(), function.calls().end(),
                  [&](const Call& call) { return pass.find(Role::unblock, call) != nullptr; }))
    export_record(pass, "opener", Opener{pass.key(constructor)});
  for (const clang::CXXCtorInitializer* init : constructor.inits())
    if (const auto* made = init->isMemberInitializer() ? construction(init->getInit()) : nullptr;
        is_of_project(pass, made))
      export_record(pass, "made", Made{pass.key(*init->getMember()), pass.key(*made->getConstructor())});
}

void add_object(const Pass& pass, const clang::ValueDecl* object, CallOn& call) {
  if (llvm::isa_and_nonnull<clang::FieldDecl>(object)) call.objects.push_back(pass.key(*object));
}

}  // namespace

void export_constructions(Pass& pass, const Function& function) {
  if (const auto* constructor = llvm::dyn_cast<clang::CXXConstructorDecl>(&function.declaration()))
    export_constructor(pass, function, *constructor);
}

void export_calls_on_objects(Pass& pass, const Function& function) {
  for (const Call& call : function.calls()) {
    const clang::ValueDecl* object = call.receiver ? root_object(call.receiver) : nullptr;
    if (!object || !call.function() || !pass.unit().is_project(call.function()->getLocation())) continue;
    CallOn on{pass.unit().place_of(call.expr->getSourceRange()), {}, {}};
    add_object(pass, object, on);
    const auto* variable = llvm::dyn_cast<clang::VarDecl>(object);
    const auto* made = variable && variable->getInit() ? construction(variable->getInit()) : nullptr;
    if (is_of_project(pass, made)) {
      on.constructors.push_back(pass.key(*made->getConstructor()));
      for (const clang::Expr* argument : made->arguments()) add_object(pass, root_object(argument), on);
    }
    if (!on.objects.empty() || !on.constructors.empty()) export_record(pass, "call-on", on);
  }
}

Openings::Openings(const Program& program) {
  std::set<std::string> openers;
  for (Opener& opener : records_of<Opener>(program, "opener")) openers.insert(std::move(opener.constructor));
  if (openers.empty()) return;
  std::map<std::string, bool> open;  // by member: was it always made so?
  for (const Made& made : records_of<Made>(program, "made")) {
    const auto [member, is_first] = open.emplace(made.object, true);
    member->second = member->second && openers.contains(made.constructor);
  }
  for (const CallOn& call : records_of<CallOn>(program, "call-on")) {
    const bool by_constructor = std::any_of(call.constructors.begin(), call.constructors.end(),
                                            [&](const std::string& key) { return openers.contains(key); });
    const bool by_object = std::any_of(call.objects.begin(), call.objects.end(), [&](const std::string& key) {
      const auto member = open.find(key);
      return member != open.end() && member->second;
    });
    if (by_constructor || by_object) calls_.insert(call.place);
  }
}

}  // namespace corolint::blocking
