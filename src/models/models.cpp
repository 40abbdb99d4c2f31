#include "models/models.h"

#include <algorithm>
#include <set>

#include "clang/AST/DeclTemplate.h"
#include "clang/Basic/SourceManager.h"
#include "models/annotations.h"
#include "models/conditions.h"
#include "models/packed_libraries.h"
#include "unit/names.h"
#include "unit/type_argument.h"

namespace corolint {

namespace {

// Returns the names under which a library may document the callee: where it is declared, and as a member of
// the object's class and of the bases in between (libstdc++ declares `future::wait` in a hidden base).
std::vector<std::string> names_of(const Call& call) {
  std::vector<std::string> names = {qualified_name(*call.callee)};
  if (!call.receiver || !llvm::isa<clang::CXXMethodDecl>(call.callee)) return names;
  const std::string member = "::" + call.callee->getNameAsString();
  for (const clang::Expr* object : {call.receiver, bare(call.receiver)})
    for (const std::string& name : class_names(object->getType())) names.push_back(name + member);
  return names;
}

// Returns the class of the object that `container.emplace_back(…)` or `make_unique<T>(…)` constructs from its
// arguments, or null if `call` is nothing like these.
clang::QualType made_type(const Call& call) {
  const clang::IdentifierInfo* name = call.callee->getIdentifier();
  if (!name) return {};
  if (name->getName().starts_with("emplace") && call.receiver)
    return type_argument(class_of(call.receiver->getType()));
  const clang::FunctionDecl* function = name->getName().starts_with("make_") ? call.function() : nullptr;
  const auto* arguments = function ? function->getTemplateSpecializationArgs() : nullptr;
  if (!arguments || arguments->size() == 0 || arguments->get(0).getKind() != clang::TemplateArgument::Type)
    return {};
  const clang::QualType element = type_argument(class_of(function->getReturnType()));
  const bool is_asked_for = !element.isNull() && function->getASTContext().hasSameUnqualifiedType(
                                                     element, arguments->get(0).getAsType());
  return is_asked_for ? element : clang::QualType();
}

// Is `callee` a C function, or one that a system header declares? A program's own `read` is not POSIX's.
bool is_foreign(const clang::NamedDecl& callee) {
  const auto* function = llvm::dyn_cast<clang::FunctionDecl>(&callee);
  return (function && function->isExternC()) ||
         callee.getASTContext().getSourceManager().isInSystemHeader(callee.getLocation());
}

}  // namespace

Models Models::of(std::vector<Library> libraries) {
  Models models;
  models.libraries_ = std::move(libraries);
  std::stable_partition(models.libraries_.begin(), models.libraries_.end(),
                        [](const Library& library) { return library.is_user; });
  std::set<std::pair<std::string_view, Role>> replaced;
  for (const Library& library : models.libraries_)
    for (const Entry& entry : library.entries)
      for (const std::string& name : entry.match.names) {
        if (library.is_user) replaced.emplace(name, entry.role);
        const bool is_hidden = !library.is_user && (replaced.contains({name, entry.role}) ||
                                                    replaced.contains({name, Role::none}));
        if (!is_hidden && entry.role != Role::none) models.by_name_[name].push_back(&entry);
      }
  return models;
}

llvm::Expected<Models> Models::load(std::vector<Library> user_libraries) {
  auto shipped = libraries_from_packed(packed_shipped_libraries());
  if (!shipped) return llvm::createStringError("the models that are built into this program are damaged");
  std::move(shipped->begin(), shipped->end(), std::back_inserter(user_libraries));
  return of(std::move(user_libraries));
}

std::vector<const Entry*> Models::named(Role role, Kind kind, const std::string& name) const {
  std::vector<const Entry*> entries;
  if (const auto found = by_name_.find(name); found != by_name_.end())
    std::copy_if(found->second.begin(), found->second.end(), std::back_inserter(entries),
                 [&](const Entry* entry) { return entry->role == role && entry->match.kind == kind; });
  return entries;
}

const Entry* Models::first_that_fits(Role role, Kind kind, const std::string& name, const Call& call,
                                     const clang::ASTContext& context) const {
  const bool is_qualified = name.find(':') != std::string::npos || name == "*";
  for (const Entry* entry : named(role, kind, name))
    if ((is_qualified || entry->match.any_linkage || is_foreign(*call.callee)) &&
        conditions_hold(entry->match, call, context))
      return entry;
  return nullptr;
}

const Entry* Models::find(Role role, const Call& call, const clang::ASTContext& context) const {
  if (const Entry* said = annotated(role, *call.callee)) return said;
  if ((role == Role::block || role == Role::sync_wait) && is_marked_nonblocking(*call.callee)) return nullptr;
  const clang::QualType constructed = call.is_construction() ? call.expr->getType() : made_type(call);
  if (!constructed.isNull())
    for (const std::string& name : class_names(constructed))
      if (const Entry* entry = first_that_fits(role, Kind::ctor, name, call, context)) return entry;
  if (call.is_construction()) return nullptr;
  for (const std::string& name : names_of(call))
    if (const Entry* entry = first_that_fits(role, Kind::call, name, call, context)) return entry;
  return first_that_fits(role, Kind::call, "*", call, context);
}

const Entry* Models::find(Role role, clang::QualType type) const {
  const clang::CXXRecordDecl* record = class_of(type);
  if (!record) return nullptr;
  if (const Entry* said = annotated(role, *record)) return said;
  for (const std::string& name : class_names(type))
    for (const Entry* entry : named(role, Kind::type, name))
      if (template_arguments_hold(entry->match, type) && is_declared_where_meant(entry->match, *record))
        return entry;
  return nullptr;
}

const Entry* Models::find_end(Role role, clang::QualType type, const clang::ASTContext& context,
                              const Call* maker) const {
  if (type->isReferenceType() || type->isPointerType()) return nullptr;
  const auto is_made_so = [&](const Match& match) {
    const auto& makers = match.made_by;
    if (makers.empty()) return true;
    return maker && std::find(makers.begin(), makers.end(), qualified_name(*maker->callee)) != makers.end() &&
           conditions_hold(match, *maker, context);
  };
  for (const std::string& name : class_names(type))
    for (const Entry* entry : named(role, Kind::dtor, name))
      if (is_made_so(entry->match) && template_arguments_hold(entry->match, type)) return entry;
  return nullptr;
}

bool Models::describes(const clang::FunctionDecl& function) const {
  const std::string name = qualified_name(function);
  const auto entries = by_name_.find(name);
  return name.find("::") != std::string::npos && entries != by_name_.end() &&
         std::any_of(entries->second.begin(), entries->second.end(), [&](const Entry* entry) {
           return entry->match.kind == Kind::call && is_declared_where_meant(entry->match, function);
         });
}

std::vector<const Entry*> Models::entries_of(const std::string& name) const {
  const auto found = by_name_.find(name);
  return found == by_name_.end() ? std::vector<const Entry*>() : found->second;
}

bool Models::mentions(Role role, clang::QualType type) const {
  bool found = false;
  each_type_argument(type, [&](clang::QualType part) { found = found || find(role, part); });
  return found;
}

const Entry* Models::find_object(Role role, const clang::NamedDecl& object) const {
  const auto entries = named(role, Kind::object, qualified_name(object));
  return entries.empty() ? nullptr : entries.front();
}

std::vector<const Entry*> Models::all(Role role) const {
  std::vector<const Entry*> entries;
  for (const Library& library : libraries_)
    for (const Entry& entry : library.entries)
      if (entry.role == role) entries.push_back(&entry);
  return entries;
}

std::string Models::instead(std::string_view library, const std::string& subject) const {
  for (const Library& candidate : libraries_)
    if (candidate.id == library)
      for (const auto& [key, text] : candidate.instead)
        if (key == subject) return text;
  return {};
}

std::vector<std::string> Models::defines() const {
  std::vector<std::string> defines;
  for (const Library& library : libraries_)
    defines.insert(defines.end(), library.defines.begin(), library.defines.end());
  return defines;
}

std::string Models::title(std::string_view library) const {
  for (const Library& candidate : libraries_)
    if (candidate.id == library) return candidate.title;
  return {};
}

}  // namespace corolint
