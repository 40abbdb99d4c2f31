#include "files.h"

#include <algorithm>
#include <map>
#include <optional>
#include <set>

#include "coroutines/value_use.h"
#include "unit/names.h"

namespace corolint::blocking {

namespace {

constexpr llvm::StringRef file_subject = "file";

// Is it a stream that may be of a file, of C++ or of C (`_IO_FILE` is glibc's name), or for sure, if
// `is_file`?
bool is_stream(const clang::ValueDecl* variable, bool is_file) {
  if (!variable) return false;
  const auto names = class_names(variable->getType().getNonReferenceType());
  return std::any_of(names.begin(), names.end(), [&](const std::string& name) {
    return name == "FILE" || name == "_IO_FILE" || name == "std::basic_ifstream" ||
           name == "std::basic_ofstream" || name == "std::basic_fstream" ||
           (!is_file && name == "std::basic_ios");
  });
}

// Returns the file stream that `call` opens or uses, or null: in `text << file.rdbuf()`, `file`.
const clang::ValueDecl* stream_of(const Function& function, const Call& call) {
  std::vector<const clang::ValueDecl*> objects = {initialised_variable(function, call.expr)};
  if (call.receiver) objects.push_back(root_object(call.receiver));
  for (const clang::Expr* argument : call.arguments) objects.push_back(root_object(argument));
  for (const bool is_file : {true, false})
    for (const clang::ValueDecl* object : objects)
      if (is_stream(object, is_file)) return object;
  return nullptr;
}

// Returns the variable that names the file: the path or the descriptor that the call is given first, also as
// `path.c_str()`. Null where that is put together in place.
const clang::VarDecl* named_file(const Call& call) {
  const clang::Expr* first = call.arguments.empty() ? nullptr : bare(call.arguments.front());
  if (const auto* text = llvm::dyn_cast_or_null<clang::CXXMemberCallExpr>(first))
    first = text->getNumArgs() == 0 ? bare(text->getImplicitObjectArgument()) : nullptr;
  const auto* name = llvm::dyn_cast_or_null<clang::DeclRefExpr>(first);
  return name ? llvm::dyn_cast<clang::VarDecl>(name->getDecl()) : nullptr;
}

// Returns what stands for the open file from the call on: a stream, a descriptor.
std::set<const clang::ValueDecl*> opened_by(const Function& function, const Call& call) {
  std::set<const clang::ValueDecl*> opened = {stream_of(function, call),
                                              initialised_variable(function, call.expr)};
  opened.erase(nullptr);
  return opened;
}

// A stream or descriptor; or a path, and whether it is that of a call made once.
using FileName = std::pair<const clang::ValueDecl*, std::optional<bool>>;

std::set<FileName> names_of_file(const Pass& pass, const Function& function, const BlockingCall& one,
                                 bool is_once) {
  std::set<FileName> names;
  if (one.entry->subject != file_subject) return names;
  for (const clang::ValueDecl* opened : opened_by(function, *one.call)) names.emplace(opened, std::nullopt);
  const clang::VarDecl* named = named_file(*one.call);
  // A suppression speaks of what stands there, not of all that is done with that path.
  if (named && !pass.is_suppressed(one.call->expr)) names.emplace(named, is_once);
  return names;
}

// Does the call only ask about a file?
bool is_query(const Call& call) {
  const clang::FunctionDecl* function = call.function();
  const llvm::StringRef name =
      function && function->getIdentifier() ? function->getName() : llvm::StringRef();
  return name.starts_with("is_") || name == "exists" || name == "file_size" || name == "status" ||
         name == "last_write_time" || name == "stat" || name == "lstat" || name == "access";
}

bool opens_stream(const Pass& pass, const Call& call) {
  return call.is_construction() ||
         (call.callee && !pass.models().entries_of(qualified_name(*call.callee)).empty());
}

}  // namespace

std::vector<BlockingCall> one_for_each_file(const Pass& pass, const Function& function,
                                            const std::vector<BlockingCall>& calls, const Statements& once) {
  std::vector<BlockingCall> told;
  std::map<FileName, std::size_t> known;  // the number in `told`
  for (const BlockingCall& one : calls) {
    const bool is_once = once.contains(one.call->expr);
    const auto names = names_of_file(pass, function, one, is_once);
    std::size_t number = told.size();
    for (const FileName& name : names)
      for (const FileName& meant : {name, FileName(name.first, std::nullopt)})
        if (const auto same = known.find(meant); same != known.end()) number = same->second;
    if (number == told.size())
      told.push_back(one);
    else if (is_query(*told[number].call) && !is_query(*one.call) &&
             once.contains(told[number].call->expr) == is_once)
      told[number] = one;
    for (const FileName& name : names) known.try_emplace(name, number);
  }
  return told;
}

bool is_on_harmless_stream(const Pass& pass, const Function& function, const Call& call, const Entry& entry,
                           llvm::function_ref<bool(const Call&)> blocks) {
  const clang::ValueDecl* stream = entry.subject == file_subject ? stream_of(function, call) : nullptr;
  return stream && std::any_of(function.calls().begin(), function.calls().end(), [&](const Call& other) {
           return !other.arguments.empty() && initialised_variable(function, other.expr) == stream &&
                  opens_stream(pass, other) && !blocks(other);
         });
}

}  // namespace corolint::blocking
