// What of the function's own the returned work goes on to use.

#include <algorithm>

#include "clang/AST/DeclTemplate.h"
#include "coroutines/value_use.h"
#include "returns.h"
#include "rule/body.h"
#include "rule/late_use.h"
#include "rule/viewed_owner.h"
#include "unit/names.h"

namespace corolint::unawaited {

namespace {

const clang::VarDecl* variable_in(const clang::Expr* expr) {
  const auto* name = llvm::dyn_cast_or_null<clang::DeclRefExpr>(expr ? bare(expr) : nullptr);
  return name ? llvm::dyn_cast<clang::VarDecl>(name->getDecl()) : nullptr;
}

// A class whose objects can be moved but not copied: what one of them points to, nobody else owns.
bool owns_alone(clang::QualType type) {
  const clang::CXXRecordDecl* record = type->getAsCXXRecordDecl();
  if (!record || !record->hasDefinition() || record->hasTrivialDestructor()) return false;
  return !record->hasSimpleCopyConstructor() &&
         std::none_of(record->ctor_begin(), record->ctor_end(), [](const clang::CXXConstructorDecl* one) {
           return one->isCopyConstructor() && !one->isDeleted();
         });
}

// A completion token says how the result is delivered, and is copied or moved from. Asio's functions name its
// type so: https://www.boost.org/doc/libs/release/doc/html/boost_asio/overview/model/completion_tokens.html
bool is_token(clang::QualType type) {
  const auto* parameter = type->getAs<clang::TemplateTypeParmType>();
  const clang::IdentifierInfo* name = parameter ? parameter->getIdentifier() : nullptr;
  return name && name->getName().ends_with("Token");
}

// Is the parameter one for an object of the caller that the function may change, and no forwarding reference?
bool is_for_callers_object(const clang::FunctionDecl& callee, unsigned position) {
  const clang::FunctionTemplateDecl* made_from = callee.getPrimaryTemplate();
  const clang::FunctionDecl& written = made_from ? *made_from->getTemplatedDecl() : callee;
  if (position >= written.getNumParams()) return false;
  const clang::QualType type = written.getParamDecl(position)->getType();
  return type->isLValueReferenceType() && !type.getNonReferenceType().isConstQualified() &&
         !is_token(type.getNonReferenceType());
}

// Is the object made here, for this pointer, by `std::make_shared` or its like?
bool makes_shared(const clang::VarDecl& owner) {
  const auto call = owner.getInit() ? as_call(initial_value(owner)) : std::nullopt;
  const clang::IdentifierInfo* name = call ? call->callee->getIdentifier() : nullptr;
  return name && (name->getName() == "make_shared" || name->getName() == "make_lw_shared");
}

// Does the work that the call is given for each element use the element after the call of it has returned?
bool keeps_elements(const Pass& pass, const Call& call) {
  const Entry* callback = pass.find(Role::callback, call);
  const clang::Expr* work = callback && callback->work ? argument_at(call, *callback->work) : nullptr;
  const auto* lambda = work ? llvm::dyn_cast<clang::LambdaExpr>(bare(work)) : nullptr;
  const Function* body = lambda ? body_of(pass, *lambda->getCallOperator()) : nullptr;
  if (!body || body->declaration().getNumParams() != 1) return false;
  const clang::ParmVarDecl* element = body->declaration().getParamDecl(0);
  return element->getType()->isReferenceType() &&
         late_use(pass, body->declaration(), element).kind == LateUse::yes;
}

// Does the function go on over the range that it is given, or over its elements, when it has returned?
bool goes_over(const Pass& pass, const Call& call) {
  const Entry* loop = pass.find(Role::combine, call);
  return loop && loop->over_range && (loop->bounded || keeps_elements(pass, call));
}

bool is_view(clang::QualType type) {
  return type->isRecordType() && is_borrowed(type);
}

// A view is copied where it is passed on: what is lent is the object that it was made from. Returns that one
// if it is a local that ends with the function, or null.
const clang::VarDecl* viewed_object(const Ending& ending, const clang::VarDecl& view) {
  return view.isLocalVarDecl() && view.getInit() ? lent_object(ending, view.getInit(), view.getType())
                                                 : nullptr;
}

// Its iterators hold the numbers themselves, so who goes over it does not need it ([range.iota.view],
// enable_borrowed_range;
// https://www.boost.org/doc/libs/release/libs/range/doc/html/range/reference/ranges/irange.html).
bool is_number_range(clang::QualType type) {
  constexpr std::string_view ranges[] = {"std::ranges::iota_view", "boost::integer_range",
                                         "boost::strided_integer_range"};
  return std::ranges::any_of(class_names(type), [&](const auto& name) {
    return std::ranges::find(ranges, name) != std::end(ranges);
  });
}

}  // namespace

const clang::VarDecl* lent_object(const Ending& ending, const clang::Expr* argument, clang::QualType type) {
  if (!is_borrowed(type)) return nullptr;
  const clang::Expr* object = made_from(argument);
  const auto* address = llvm::dyn_cast<clang::UnaryOperator>(object);
  if (const clang::Expr* owner = viewed_owner(ending.function(), object))
    object = bare(owner);
  else if (address && type->isPointerType() && address->getOpcode() == clang::UO_AddrOf)
    object = bare(address->getSubExpr());
  else if (type->isPointerType())
    return nullptr;
  if (const auto call = as_call(object);
      call && call->callee->isInStdNamespace() && call->arguments.size() == 1)
    object = bare(call->arguments.front());  // std::move
  const clang::VarDecl* variable = variable_in(whole_of_part(object));
  if (variable && is_view(type) && is_view(variable->getType())) return viewed_object(ending, *variable);
  return ending.contains(variable) && !is_number_range(variable->getType()) ? variable : nullptr;
}

const clang::VarDecl* owner_of(const Ending& ending, const clang::Expr* object, const clang::Expr* returned) {
  const auto* access = llvm::dyn_cast<clang::CXXOperatorCallExpr>(bare(object));
  if (!access || (access->getOperator() != clang::OO_Arrow && access->getOperator() != clang::OO_Star))
    return nullptr;
  const clang::VarDecl* owner = variable_in(access->getArg(0));
  if (!ending.contains(owner)) return nullptr;
  const bool is_alone = owns_alone(owner->getType());
  if (!is_alone && !makes_shared(*owner)) return nullptr;
  // Else the work may own it, `.attach(std::move(owner))`; and what is shared may be another's, too.
  const clang::Stmt* place = is_alone ? returned : ending.function().body();
  const auto names = ending.function().all<clang::DeclRefExpr>();
  const auto mentions = std::count_if(names.begin(), names.end(), [&](const clang::DeclRefExpr* name) {
    return name->getDecl() == owner && ending.function().is_inside(name, place);
  });
  return mentions == 1 ? owner : nullptr;
}

bool library_keeps(const Pass& pass, const Call& call, unsigned position) {
  const clang::FunctionDecl* callee = call.function();
  if (!callee || call.is_construction()) return false;
  if (position == 0 && callee->getParamDecl(0)->getType()->isReferenceType() && goes_over(pass, call))
    return true;
  const auto is_known = [&](Role role) { return pass.find(role, call) != nullptr; };
  return is_for_callers_object(*callee, position) &&
         (is_known(Role::limit) || is_known(Role::io_wait) || is_known(Role::callback));
}

}  // namespace corolint::unawaited
