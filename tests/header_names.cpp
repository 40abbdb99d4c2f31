#include "header_names.h"

#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <fstream>

#include "clang/AST/RecursiveASTVisitor.h"
#include "llvm/Support/FormatVariadic.h"
#include "unit/names.h"
#include "unit/unit.h"

namespace corolint {

namespace {

namespace fs = std::filesystem;

// All that a unit declares, by canonical name.
class Declared : public clang::RecursiveASTVisitor<Declared> {
 public:
  bool shouldVisitTemplateInstantiations() const { return false; }
  bool VisitNamedDecl(clang::NamedDecl* decl) {
    if (!decl->getDeclName()) return true;
    add(qualified_name(*decl), *decl);
    return true;
  }
  bool VisitUsingShadowDecl(clang::UsingShadowDecl* shadow) {
    add(qualified_name(*shadow), *shadow->getTargetDecl());
    return true;
  }
  bool VisitNamespaceAliasDecl(clang::NamespaceAliasDecl* alias) {
    namespaces_.emplace(qualified_name(*alias), qualified_name(*alias->getNamespace()));
    return true;
  }

  bool knows(const std::string& name, Kind kind) const { return find(name, kind, 0); }

 private:
  void add(const std::string& name, const clang::NamedDecl& decl) {
    if (llvm::isa<clang::FunctionDecl, clang::FunctionTemplateDecl>(decl)) callables_.insert(name);
    if (llvm::isa<clang::VarDecl, clang::VarTemplateDecl, clang::FieldDecl>(decl)) {
      callables_.insert(name);  // a function object
      objects_.insert(name);
    }
    if (llvm::isa<clang::EnumConstantDecl>(decl)) objects_.insert(name);
    if (llvm::isa<clang::EnumDecl>(decl)) types_.insert({name, nullptr});
    if (const auto* record = llvm::dyn_cast<clang::CXXRecordDecl>(&decl)) add_type(name, record);
    if (const auto* pattern = llvm::dyn_cast<clang::ClassTemplateDecl>(&decl))
      add_type(name, pattern->getTemplatedDecl());
    if (const auto* alias = llvm::dyn_cast<clang::TypedefNameDecl>(&decl))
      add_type(name, class_of(alias->getUnderlyingType()));
  }

  void add_type(const std::string& name, const clang::CXXRecordDecl* record) {
    auto& known = types_[name];
    if (record && (!known || record->hasDefinition()))
      known = record->hasDefinition() ? record->getDefinition() : record;
  }

  bool find(const std::string& name, Kind kind, int depth) const {
    const bool is_type = kind == Kind::type || kind == Kind::ctor || kind == Kind::dtor;
    if (is_type                ? types_.contains(name)
        : kind == Kind::object ? objects_.contains(name)
                               : callables_.contains(name))
      return true;
    // `object` entries may also mean a function or type that stands for one.
    if (kind == Kind::object && (callables_.contains(name) || types_.contains(name))) return true;
    if (kind == Kind::call && types_.contains(name)) return true;  // a class whose construction is the call
    return depth < 8 && (is_inherited(name, kind, depth) || is_in_alias(name, kind, depth));
  }

  bool is_inherited(const std::string& name, Kind kind, int depth) const {
    const std::size_t colons = name.rfind("::");
    const auto type = colons == std::string::npos ? types_.end() : types_.find(name.substr(0, colons));
    if (type == types_.end() || !type->second) return false;
    const std::string member = name.substr(colons);
    const std::string own = qualified_name(*type->second) + member;
    if (own != name && find(own, kind, depth + 1)) return true;
    return is_in_base(*type->second, member, kind, depth);
  }

  // Follows the bases themselves, not their names: those of an instance need not be those of its template.
  bool is_in_base(const clang::CXXRecordDecl& record, const std::string& member, Kind kind, int depth) const {
    if (!record.hasDefinition() || depth > 8) return false;
    for (const clang::CXXBaseSpecifier& base : record.bases())
      if (const auto* type = class_of(base.getType());
          type && (find(qualified_name(*type) + member, kind, depth + 1) ||
                   is_in_base(*type, member, kind, depth + 1)))
        return true;
    return false;
  }

  bool is_in_alias(const std::string& name, Kind kind, int depth) const {
    for (const auto& [alias, target] : namespaces_)
      if (name.starts_with(alias + "::") && find(target + name.substr(alias.size()), kind, depth + 1))
        return true;
    return false;
  }

  std::set<std::string> callables_, objects_;
  std::map<std::string, const clang::CXXRecordDecl*> types_;
  std::map<std::string, std::string> namespaces_;
};

std::string folder_of_path(const std::string& path, const std::string& own_repository,
                           const std::string& checkouts) {
  if (path.starts_with("/")) return path;
  const std::size_t colon = path.find(':');
  const std::string repository = colon == std::string::npos ? own_repository : path.substr(0, colon);
  return checkouts + "/" + repository + "/" + (colon == std::string::npos ? path : path.substr(colon + 1));
}

// A source that includes what is to be checked, and the stand-ins for headers that nobody has built; gone at
// its end.
class Sources {
 public:
  explicit Sources(const HeaderCheck& check)
      : folder_(fs::temp_directory_path() / ("corolint-headers-" + std::to_string(getpid()))) {
    std::string text = check.before + "\n";
    for (const std::string& include : check.includes) text += "#include <" + include + ">\n";
    write("main.cpp", text);
    for (const auto& [header, stand_in] : check.stand_ins) write(header, stand_in + "\n");
  }
  ~Sources() { fs::remove_all(folder_); }
  Sources(const Sources&) = delete;
  Sources& operator=(const Sources&) = delete;

  const fs::path& folder() const { return folder_; }
  fs::path main_file() const { return folder_ / "main.cpp"; }

 private:
  void write(const std::string& name, const std::string& text) const {
    fs::create_directories((folder_ / name).parent_path());
    std::ofstream(folder_ / name) << text;
  }

  fs::path folder_;
};

std::vector<std::string> command_line(const HeaderCheck& check, const Sources& sources,
                                      const std::string& checkouts) {
  std::vector<std::string> words = {"clang++", "-std=c++20", "-I" + sources.folder().string()};
  for (const std::string& path : check.paths)
    words.push_back("-I" + folder_of_path(path, check.repository, checkouts));
  words.insert(words.end(), check.flags.begin(), check.flags.end());
  words.push_back(sources.main_file().string());
  return words;
}

// Compares "1.86" with "1.9" number by number.
bool is_older(const std::string& a, const std::string& b) {
  const auto numbers = [](const std::string& version) {
    std::vector<int> parts(1);
    for (const char c : version) {
      if (c == '.') parts.push_back(0);
      if (c >= '0' && c <= '9') parts.back() = parts.back() * 10 + (c - '0');
    }
    return parts;
  };
  return numbers(a) < numbers(b);
}

bool is_in_version(const Entry& entry, const std::string& version) {
  if (version.empty()) return true;
  if (!entry.since.empty() && is_older(version, entry.since)) return false;
  return entry.until.empty() || is_older(version, entry.until);
}

NameCheck check_names(const Library& library, const HeaderCheck& check, const std::string& checkouts) {
  NameCheck result;
  result.headers = check.repository;
  for (const std::string& package : check.packages)
    result.headers += (result.headers.empty() ? "" : " ") + package;
  const Sources sources(check);
  auto resource_dir = find_resource_dir();
  if (!resource_dir) return result.failure = llvm::toString(resource_dir.takeError()), result;
  const ParsedUnit parsed =
      parse({"/", sources.main_file().string(), command_line(check, sources, checkouts)},
            {"/nowhere", *resource_dir, library.defines});
  if (parsed.error_count > 0)
    result.failure = parsed.errors.front().place.file + ":" +
                     std::to_string(parsed.errors.front().place.line) + ": " + parsed.errors.front().message;
  if (!parsed.unit) return result;
  Declared declared;
  declared.TraverseDecl(parsed.unit->ast().getTranslationUnitDecl());
  for (const Entry& entry : library.entries) {
    if (!is_in_version(entry, check.version)) continue;
    for (const std::string& name : entry.match.names) {
      if (name == "*") continue;
      if (declared.knows(name, entry.match.kind))
        result.resolved.insert(name);
      else if (entry.unchecked.empty())
        result.unresolved.insert(name);
    }
  }
  return result;
}

// Returns the names that the same thing has under the library's other roots.
std::vector<std::string> twins(const Library& library, const std::string& name) {
  std::vector<std::string> names;
  for (const std::string& root : library.roots)
    if (name.starts_with(root + "::"))
      for (const std::string& other : library.roots) names.push_back(other + name.substr(root.size()));
  return names;
}

void settle(const Library& library, LibraryCheck& result) {
  for (const NameCheck& check : result.checks) {
    result.resolved.insert(check.resolved.begin(), check.resolved.end());
    result.unresolved.insert(check.unresolved.begin(), check.unresolved.end());
  }
  for (const std::string& name : std::set<std::string>(result.unresolved))
    for (const std::string& twin : twins(library, name))
      if (result.resolved.contains(twin)) result.resolved.insert(name);
  for (const Entry& entry : library.entries)
    if (!entry.unchecked.empty())
      for (const std::string& name : entry.match.names)
        if (!result.resolved.contains(name)) result.unchecked.emplace(name, entry.unchecked);
  for (const std::string& name : result.resolved) result.unresolved.erase(name);
  for (const auto& [name, why] : result.unchecked) result.unresolved.erase(name);
}

}  // namespace

LibraryCheck check_library(const Library& library, const std::string& checkouts) {
  LibraryCheck result;
  for (const HeaderCheck& check : library.checks)
    if (check.repository.empty() || fs::exists(fs::path(checkouts) / check.repository))
      result.checks.push_back(check_names(library, check, checkouts));
  settle(library, result);
  return result;
}

std::string table_of(const Library& library, const LibraryCheck& check) {
  std::string text;
  for (const NameCheck& one : check.checks)
    text += llvm::formatv("{0,-16} {1,-44} {2,4} resolved, {3,3} not there{4}\n", library.id, one.headers,
                          one.resolved.size(), one.unresolved.size(),
                          one.failure.empty() ? "" : "; first error: " + one.failure);
  text += llvm::formatv("{0,-16} total {1}, resolved {2}, unchecked {3}, unresolved {4}\n", library.id,
                        check.resolved.size() + check.unresolved.size() + check.unchecked.size(),
                        check.resolved.size(), check.unchecked.size(), check.unresolved.size());
  for (const std::string& name : check.unresolved) text += "  no declaration: " + name + "\n";
  return text;
}

}  // namespace corolint
