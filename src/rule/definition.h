#pragma once

// Names of functions in a rule's records that keep programs apart which lie in one tree: each may have its
// own `listener()`. Whoever sees the definition names it with its file; whoever sees a declaration only does
// not.

#include <map>
#include <set>
#include <string>

#include "rule/pass.h"
#include "rule/program.h"

namespace corolint {

// Returns the name of the function in records.
std::string definition_key(const Pass& pass, const clang::FunctionDecl& function);

// The functions that records speak of by their definitions.
class Definitions {
 public:
  explicit Definitions(const Program& program) : program_(program) {}

  void add(const std::string& definition);
  // Returns the definition that is meant: of one that is named without its file the only one; empty if there
  // is none, or if units have seen several.
  std::string find(const std::string& name) const;

 private:
  const Program& program_;
  std::map<std::string, std::set<std::string>> by_key_;
};

}  // namespace corolint
