#pragma once

// What a program does once, before anything can wait for it: a coroutine that only `main` starts reads its
// settings before it first suspends.

#include <set>

#include "rule/record.h"

namespace corolint::blocking {

// Is the class of blocking call one that belongs to the start: a file, a database that is opened?
bool belongs_to_start(const std::string& subject);

using Statements = std::set<const clang::Stmt*>;

// Returns the calls of the coroutine that are made before it first suspends, on every way; none of one that
// never does.
Statements early_calls(const Function& coroutine);

// Tells `conclude` of them.
void export_early_calls(Pass& pass, const Function& coroutine, const Statements& early);

// Makes the finding a note that says so.
void say_it_is_the_start(Finding& finding);

class StartUp {
 public:
  explicit StartUp(const Program& program);
  // Is the call of the coroutine made once, while the program starts?
  bool has(FunctionId coroutine, const Place& call) const;

 private:
  bool is_early(FunctionId coroutine, const Place& call) const;
  bool only_starts(const Edge& edge) const;
  void find_plain(const CallGraph& graph);
  void find_coroutines(const CallGraph& graph);

  std::set<std::pair<FunctionId, std::pair<std::uint32_t, std::uint32_t>>> early_;  // line, column
  std::set<FunctionId> plain_;       // functions that only `main` comes to
  std::set<FunctionId> coroutines_;  // those that only these start
};

}  // namespace corolint::blocking
