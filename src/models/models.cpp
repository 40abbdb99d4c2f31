#include "models/models.h"

#include <algorithm>

#include "clang/AST/DeclTemplate.h"
#include "models/conditions.h"
#include "unit/names.h"

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

// Returns the class that `container.emplace_back(…)` constructs an object of, or null if `call` is nothing
// like it.
clang::QualType emplaced_type(const Call& call) {
  const clang::IdentifierInfo* name = call.callee->getIdentifier();
  const auto* container =
      name && name->getName().starts_with("emplace") && call.receiver
          ? llvm::dyn_cast_or_null<clang::ClassTemplateSpecializationDecl>(class_of(call.receiver->getType()))
          : nullptr;
  if (!container || container->getTemplateArgs().size() == 0) return {};
  const clang::TemplateArgument& element = container->getTemplateArgs()[0];
  return element.getKind() == clang::TemplateArgument::Type ? element.getAsType() : clang::QualType();
}

}  // namespace

llvm::Expected<Models> Models::load(const std::vector<EmbeddedFile>& files) {
  Models models;
  for (const EmbeddedFile& file : files) {
    auto library = read_library(file);
    if (!library) return library.takeError();
    models.libraries_.push_back(std::move(*library));
  }
  for (const Library& library : models.libraries_)
    for (const Entry& entry : library.entries)
      for (const std::string& name : entry.match.names) models.by_name_[name].push_back(&entry);
  return models;
}

std::vector<const Entry*> Models::named(Role role, Kind kind, const std::string& name) const {
  std::vector<const Entry*> entries;
  if (const auto found = by_name_.find(name); found != by_name_.end())
    std::copy_if(found->second.begin(), found->second.end(), std::back_inserter(entries),
                 [&](const Entry* entry) { return entry->role == role && entry->match.kind == kind; });
  return entries;
}

const Entry* Models::find(Role role, const Call& call, const clang::ASTContext& context) const {
  const clang::QualType constructed = call.is_construction() ? call.expr->getType() : emplaced_type(call);
  if (!constructed.isNull())
    for (const std::string& name : class_names(constructed))
      for (const Entry* entry : named(role, Kind::ctor, name))
        if (conditions_hold(entry->match, call, context)) return entry;
  if (call.is_construction()) return nullptr;
  for (const std::string& name : names_of(call))
    for (const Entry* entry : named(role, Kind::call, name))
      if (conditions_hold(entry->match, call, context)) return entry;
  return nullptr;
}

const Entry* Models::find(Role role, clang::QualType type) const {
  for (const std::string& name : class_names(type))
    for (const Entry* entry : named(role, Kind::type, name))
      if (template_arguments_hold(entry->match, type)) return entry;
  return nullptr;
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
