#include "models/conditions.h"

#include <algorithm>

#include "clang/Basic/SourceManager.h"
#include "clang/Lex/Lexer.h"
#include "unit/names.h"
#include "unit/type_argument.h"

namespace corolint {

namespace {

bool has(const std::vector<std::string>& names, const std::string& name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

bool is_one_of(clang::QualType type, const std::vector<std::string>& names) {
  bool found = false;
  each_type_argument(type, [&](clang::QualType part) {
    for (const std::string& name : class_names(part)) found = found || has(names, name);
  });
  return found;
}

// Does `expr` name one of the objects or enumerators, in whatever way it is written?
bool refers_to(const clang::Stmt* expr, const std::vector<std::string>& names) {
  if (!expr) return false;
  if (const auto* reference = llvm::dyn_cast<clang::DeclRefExpr>(expr))
    if (has(names, qualified_name(*reference->getDecl()))) return true;
  if (const auto* member = llvm::dyn_cast<clang::MemberExpr>(expr))
    if (has(names, qualified_name(*member->getMemberDecl()))) return true;
  return std::any_of(expr->child_begin(), expr->child_end(),
                     [&](const clang::Stmt* child) { return refers_to(child, names); });
}

// Do the tokens of `expr` hold one of the names? Flags such as O_NONBLOCK are macros: the tree has lost them.
bool spells(const clang::Expr& expr, const std::vector<std::string>& names,
            const clang::ASTContext& context) {
  const clang::SourceManager& sources = context.getSourceManager();
  const auto range = clang::CharSourceRange::getTokenRange(clang::SourceRange(
      sources.getExpansionLoc(expr.getBeginLoc()), sources.getExpansionRange(expr.getEndLoc()).getEnd()));
  const llvm::StringRef text = clang::Lexer::getSourceText(range, sources, context.getLangOpts());
  return std::any_of(names.begin(), names.end(), [&](const std::string& name) {
    const std::size_t at = text.find(name);
    if (at == llvm::StringRef::npos) return false;
    const auto is_word = [&](std::size_t i) {
      return i < text.size() && (llvm::isAlnum(text[i]) || text[i] == '_');
    };
    return !is_word(at + name.size()) && (at == 0 || !is_word(at - 1));
  });
}

std::optional<long long> number_in(const clang::APValue& value) {
  if (value.isInt()) return value.getInt().tryExtValue();
  if (value.isFloat() && value.getFloat().isInteger())
    return static_cast<long long>(value.getFloat().convertToDouble());
  if (value.isLValue() && value.isNullPointer()) return 0;
  if (value.isStruct() && value.getStructNumFields() == 1 && value.getStructNumBases() == 0)
    return number_in(value.getStructField(0));
  return std::nullopt;
}

}  // namespace

std::optional<long long> constant_of(const clang::Expr* expr, const clang::ASTContext& context) {
  clang::Expr::EvalResult result;
  if (expr->isValueDependent() || expr->isInstantiationDependent() || expr->getType()->isReferenceType())
    return std::nullopt;
  if (const auto* temporary = llvm::dyn_cast<clang::MaterializeTemporaryExpr>(expr->IgnoreParens()))
    expr = temporary->getSubExpr();
  return expr->isPRValue() && expr->EvaluateAsRValue(result, context) ? number_in(result.Val) : std::nullopt;
}

namespace {

// Does `argument`, or what the local variable that it names was made from, name one of the objects?
bool speaks_of(const clang::Expr& argument, const std::vector<std::string>& names,
               const clang::ASTContext& context) {
  if (refers_to(&argument, names) || spells(argument, names, context)) return true;
  const auto* name = llvm::dyn_cast<clang::DeclRefExpr>(bare(&argument));
  const auto* variable = name ? llvm::dyn_cast<clang::VarDecl>(name->getDecl()) : nullptr;
  const clang::Expr* init = variable && variable->isLocalVarDecl() ? variable->getInit() : nullptr;
  return init && (refers_to(init, names) || spells(*init, names, context));
}

bool holds(const ArgumentMatch& condition, const Call& call, const clang::ASTContext& context) {
  const clang::Expr* argument = argument_at(call, condition.position);
  if (condition.absent || !argument) return condition.absent && !argument;
  if (!condition.types.empty() && !is_one_of(argument->getType(), condition.types) &&
      !is_one_of(bare(argument)->getType(), condition.types))
    return false;
  if (!condition.mentions.empty() && !speaks_of(*argument, condition.mentions, context)) return false;
  return !condition.value || constant_of(argument, context) == condition.value;
}

bool receiver_holds(const Match& match, const Call& call) {
  if (match.receivers.empty()) return true;
  return call.receiver && (is_one_of(call.receiver->getType(), match.receivers) ||
                           is_one_of(bare(call.receiver)->getType(), match.receivers) ||
                           refers_to(call.receiver, match.receivers));
}

// Is the object of the call just what one of the functions has returned?
bool maker_holds(const Match& match, const Call& call) {
  if (match.kind != Kind::call || match.made_by.empty()) return true;
  const clang::Expr* object = bare(call.receiver);
  const auto maker = object && object->isPRValue() ? as_call(object) : std::nullopt;
  return maker && !maker->is_construction() &&
         (has(match.made_by, "*") || has(match.made_by, qualified_name(*maker->callee)));
}

}  // namespace

bool template_arguments_hold(const Match& match, clang::QualType type) {
  return match.template_arguments.empty() || is_one_of(type, match.template_arguments);
}

bool is_declared_where_meant(const Match& match, const clang::NamedDecl& decl) {
  if (match.only_in.empty()) return true;
  const clang::SourceManager& sources = decl.getASTContext().getSourceManager();
  const llvm::StringRef file = sources.getFilename(sources.getExpansionLoc(decl.getLocation()));
  return std::any_of(match.only_in.begin(), match.only_in.end(),
                     [&](const std::string& part) { return file.contains(part); });
}

namespace {

bool result_holds(const Match& match, const clang::QualType type) {
  if (match.returns.empty()) return true;
  // Where only the result tells a function (generated code), it must be just that: a task of it is another.
  if (match.names.front() == "*") {
    const clang::CXXRecordDecl* owner = class_of(type);
    const clang::QualType owned = type_argument(owner);
    const bool is_pointer = !owned.isNull() && qualified_name(*owner) == "std::unique_ptr";
    const auto names = class_names(is_pointer ? owned : type);
    return std::any_of(names.begin(), names.end(),
                       [&](const std::string& name) { return has(match.returns, name); }) ||
           (type->isVoidType() && has(match.returns, "void"));
  }
  return type->isVoidType() ? has(match.returns, "void") : is_one_of(type, match.returns);
}

}  // namespace

bool conditions_hold(const Match& match, const Call& call, const clang::ASTContext& context) {
  const auto meets = [&](const ArgumentMatch& condition) { return holds(condition, call, context); };
  return receiver_holds(match, call) && maker_holds(match, call) &&
         result_holds(match, call.expr->getType()) && is_declared_where_meant(match, *call.callee) &&
         template_arguments_hold(match, call.expr->getType()) &&
         std::all_of(match.arguments.begin(), match.arguments.end(), meets) &&
         std::none_of(match.unless.begin(), match.unless.end(), meets);
}

}  // namespace corolint
