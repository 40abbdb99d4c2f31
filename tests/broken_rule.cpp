// The rules of a corolint that only the tests run: `throws` fails in units with a function `trips_it`,
// `faults` dies in units with a function that is named like a fault, `names` reports every coroutine.

#include <unistd.h>

#include <csignal>
#include <cstdlib>
#include <cstring>
#include <map>
#include <new>
#include <stdexcept>
#include <vector>

#include "rule/pass.h"

namespace corolint {

namespace {

constexpr Message named{"named", "coroutine '{0}'"};

void throws(Pass& pass) {
  for (const Function& function : pass.functions())
    if (function.name() == "trips_it") throw std::runtime_error("nobody foresaw this");
}

// Called through a pointer that the compiler must read each time: it would make a loop of the recursion.
int depth(int n);
int (*volatile deeper)(int) = depth;
int depth(int n) {
  volatile char kept[256] = {static_cast<char>(n)};
  return deeper(n + 1) + kept[0];
}

void eat_memory() {
  constexpr std::size_t piece = std::size_t{16} << 20;
  for (std::vector<char*> pieces;; pieces.push_back(new char[piece])) {
    if (!pieces.empty()) std::memset(pieces.back(), 1, piece);
  }
}

// Counts the units that this process has seen.
int units_seen() {
  static int count = 0;
  return ++count;
}

const std::map<std::string, void (*)()> all_faults = {
    {"fault_segfault", [] { std::raise(SIGSEGV); }},
    {"fault_abort", [] { std::abort(); }},
    {"fault_bad_alloc", [] { throw std::bad_alloc(); }},
    {"fault_overflow", [] { depth(1); }},
    {"fault_loop",
     [] {
       for (volatile bool goes_on = true; goes_on;) {
       }
     }},
    {"fault_sleep",
     [] {
       for (;;) pause();
     }},
    {"fault_deaf",
     [] {
       std::signal(SIGABRT, SIG_IGN);
       for (;;) pause();
     }},
    {"fault_memory", eat_memory},
    {"fault_exit", [] { _exit(0); }},
    {"fault_killed", [] { std::raise(SIGKILL); }},
};

void faults(Pass& pass) {
  const bool is_fresh = units_seen() == 1;
  for (const Function& function : pass.functions()) {
    if (const auto fault = all_faults.find(function.name()); fault != all_faults.end()) fault->second();
    if (function.name() == "fault_unless_fresh" && !is_fresh) std::abort();
  }
}

void names(Pass& pass) {
  for (const Function* coroutine : pass.coroutines())
    pass.report(*coroutine, &coroutine->declaration(), named, {coroutine->name()});
}

}  // namespace

const std::vector<RuleEntry>& all_rules() {
  static const std::vector<RuleEntry> rules = {
      {"faults", {faults, {}, Level::error, 0}, "# faults\n\nFaults.\n"},
      {"names", {names, {named}, Level::error, 0}, "# names\n\nNames coroutines.\n"},
      {"throws", {throws, {}, Level::error, 0}, "# throws\n\nThrows.\n"},
  };
  return rules;
}

}  // namespace corolint
