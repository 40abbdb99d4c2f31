#pragma once

// Answers what the functions and types of libraries do. Rules ask by role and never compare names themselves.

#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "clang/AST/ASTContext.h"
#include "models/entry.h"
#include "models/library_file.h"
#include "unit/call.h"

namespace corolint {

class Models {
 public:
  Models(Models&&) = default;  // no copies: the index points into the entries
  Models& operator=(Models&&) = default;

  // Returns the knowledge of the libraries. What a user's library says of a name in a role replaces what the
  // shipped ones say of it there; with the role `none`, all that they say of it.
  static Models of(std::vector<Library> libraries);

  // Returns the knowledge of the shipped libraries and of `user_libraries`; an error names the broken file.
  static llvm::Expected<Models> load(std::vector<Library> user_libraries = {});

  // Returns what the libraries say of `call` in the role, or null. The call's arguments and receiver must
  // meet the entry's conditions.
  const Entry* find(Role role, const Call& call, const clang::ASTContext& context) const;

  // Returns what the attributes or the libraries say of the class of `type`, its aliases or bases in the
  // role, or null.
  const Entry* find(Role role, clang::QualType type) const;

  // Does `type`, or a template argument of it at any depth, have the role?
  bool mentions(Role role, clang::QualType type) const;

  // Returns what the libraries say of the variable or enumerator in the role, or null.
  const Entry* find_object(Role role, const clang::NamedDecl& object) const;

  // Returns what the libraries say in the role of the end of an object of the type, which the call `maker`
  // made (null if that is unknown), or null.
  const Entry* find_end(Role role, clang::QualType type, const clang::ASTContext& context,
                        const Call* maker) const;

  // Do the libraries say what this function does? Then its body is theirs to answer for: calls of it are
  // judged by what they say.
  bool describes(const clang::FunctionDecl& function) const;

  // Returns all libraries, the user's first, then sorted by file name.
  const std::vector<Library>& libraries() const { return libraries_; }

  // Returns all that the libraries say of the canonical name, whatever the conditions.
  std::vector<const Entry*> entries_of(const std::string& name) const;

  // Returns all entries of the role.
  std::vector<const Entry*> all(Role role) const;

  // Returns what a coroutine of the library should use in place of blocking calls of the class `subject`;
  // empty if the library's file does not say.
  std::string instead(std::string_view library, const std::string& subject) const;

  // Returns the macros ("NAME=VALUE") that the libraries need to see coroutines under Clang.
  std::vector<std::string> defines() const;

  // Returns the title of the library with that id: "Boost.Asio".
  std::string title(std::string_view library) const;

 private:
  Models() = default;
  using Index = std::unordered_map<std::string, std::vector<const Entry*>>;

  std::vector<const Entry*> named(Role role, Kind kind, const std::string& name) const;
  const Entry* first_that_fits(Role role, Kind kind, const std::string& name, const Call& call,
                               const clang::ASTContext& context) const;

  std::vector<Library> libraries_;
  Index by_name_;  // key: canonical name, or '*'
};

}  // namespace corolint
