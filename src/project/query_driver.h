#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "project/project.h"

namespace corolint {

// Asks compilers where their headers lie and what they compile for: those of other machines, and those that
// Clang's driver does not know. A compiler named by a database is a program of a stranger; so only those run
// that the user has allowed.
class DriverQueries {
 public:
  // `allowed` are globs for the paths of compilers.
  explicit DriverQueries(const std::vector<std::string>& allowed) : allowed_(allowed) {}

  // Adds to `command`, which has no launchers, the flags that its compiler's answer comes to. Without leave
  // to ask, nothing.
  void add_answer(CompileCommand& command);

  // Returns a notice for each compiler that was asked in vain.
  std::vector<std::string> notices() const;

 private:
  bool is_allowed(const std::string& compiler) const;

  const std::vector<std::string>& allowed_;
  std::map<std::vector<std::string>, std::vector<std::string>> answers_;  // flags for each question
  std::set<std::string> silent_;
};

}  // namespace corolint
