#include "narrower_handler.h"

#include <algorithm>

#include "rule/edits.h"
#include "unit/class_search.h"
#include "unit/names.h"

namespace corolint::cancellation {

namespace {

// Is the class the library's own? What it borrows (std::system_error) also stands for other errors.
bool is_only_cancellation(const Pass& pass, const clang::CXXRecordDecl& record) {
  const std::string name = qualified_name(record);
  for (const Entry* entry : pass.models().all(Role::cancel)) {
    const auto& names = entry->match.names;
    if (std::find(names.begin(), names.end(), name) == names.end()) continue;
    for (const Library& library : pass.models().libraries())
      if (library.id == entry->library)
        return std::any_of(library.roots.begin(), library.roots.end(),
                           [&](const std::string& root) { return name.starts_with(root + "::"); });
  }
  return pass.unit().is_project(record.getLocation());
}

// Returns those of the classes that the handler catches and that no other of them is a base of.
Classes to_rethrow(const clang::CXXCatchStmt& handler, const Classes& cancellations) {
  Classes classes;
  for (const clang::CXXRecordDecl* one : cancellations) {
    const bool is_covered =
        std::any_of(cancellations.begin(), cancellations.end(), [&](const clang::CXXRecordDecl* other) {
          return other->getCanonicalDecl() != one->getCanonicalDecl() && is_same_or_base(*other, *one);
        });
    const auto is_same = [&](const clang::CXXRecordDecl* other) {
      return other->getCanonicalDecl() == one->getCanonicalDecl();
    };
    if (!is_covered && catches(handler, {one}) && std::none_of(classes.begin(), classes.end(), is_same))
      classes.push_back(one);
  }
  return classes;
}

// Returns the blanks that the line of `at` begins with.
std::string indent_at(const Unit& unit, clang::SourceLocation at) {
  const clang::SourceManager& sources = unit.sources();
  const auto [file, offset] = sources.getDecomposedLoc(at);
  const llvm::StringRef line = sources.getBufferData(file).take_front(offset).rsplit('\n').second;
  return line.take_while([](char c) { return c == ' ' || c == '\t'; }).str();
}

}  // namespace

Fix narrower_handler(const Pass& pass, const clang::CXXCatchStmt& handler, const Classes& cancellations) {
  Fix fix{"let cancellation out first", Applicability::unsafe, {}};
  const Classes classes = to_rethrow(handler, cancellations);
  const clang::SourceLocation at = handler.getBeginLoc();
  if (classes.empty() || at.isMacroID() || !std::all_of(classes.begin(), classes.end(), [&](const auto* one) {
        return is_only_cancellation(pass, *one) && one->getIdentifier();
      }))
    return fix;
  const std::string indent = indent_at(pass.unit(), at);
  std::string text;
  for (const clang::CXXRecordDecl* one : classes)
    text += "catch (const " + qualified_name(*one) + "&) {\n" + indent + "  throw;\n" + indent + "} ";
  fix.edits = all_or_none({insertion_before(pass.unit(), at, std::move(text))});
  return fix;
}

}  // namespace corolint::cancellation
