#pragma once

// What crosses translation units: small values keyed by function, made once a unit, merged at the link. Facts
// only ever say "may", so that merging and solving cannot depend on the order of units.

#include <string>
#include <string_view>
#include <vector>

#include "unit/place.h"

namespace corolint {

// How a function comes to another one.
enum class Way {
  runs,        // a call: it runs here, before the caller goes on
  may_run,     // a virtual call: it, or one of its overriders, runs here
  awaits,      // its awaitable is awaited here
  starts,      // a call whose awaitable goes elsewhere: it may be awaited there
  spawns,      // it, or its awaitable, is started here and nobody waits for it
  offloads,    // it runs where blocking is allowed
  posts,       // it runs later, on an executor, maybe often
  mentions,    // it is handed on; nobody knows where it runs
  posts_once,  // it runs later, on an executor, at most once
};

// What the key of a function outside the program begins with that a model knows to block.
inline constexpr std::string_view blocking_key_prefix = "blocks:";

// What the key of a field or global variable begins with that holds callables; whatever is stored in it
// overrides it.
inline constexpr std::string_view holder_key_prefix = "holds:";

// Does the callee's body run in the caller's thread, before the caller goes on? A coroutine's does not.
constexpr bool runs_here(Way way, bool callee_is_coroutine) {
  if (way == Way::awaits || way == Way::starts) return !callee_is_coroutine;
  return way == Way::runs || way == Way::may_run;
}

// Returns the name of the function of that key as the file defines it: programs that lie in one tree may each
// have a function of one key.
inline std::string definition_of(const std::string& key, const std::string& file) {
  return key + '\n' + file;
}
// Returns the key in such a name; a key alone stays as it is.
inline std::string key_of_definition(const std::string& definition) {
  return definition.substr(0, definition.find('\n'));
}

// A call of one function of the program by another.
struct CallFact {
  std::string callee;  // key of the function
  std::string name;    // as a reader knows it
  Place place;         // the whole call
  Way way = Way::runs;
  bool is_limited = false;           // a time limit is in force around it
  bool holds_permit = false;         // a limiter has been waited for before it
  bool forwards_token = false;       // a cancellation token or a deadline is handed on
  bool is_elsewhere = false;         // the coroutine has moved to where blocking is allowed
  bool in_unbounded_loop = false;    // it stands in a loop that nothing bounds
  bool sees_body = false;            // the unit holds the callee's body, and it was analysed
  std::vector<std::string> cut_for;  // rules that a comment at the call suppresses

  friend auto operator<=>(const CallFact&, const CallFact&) = default;
};

// A function of the program with a body.
struct FunctionFact {
  std::string key;   // its USR, made unique where two files may have one of that name; see function_key
  std::string name;  // as a reader knows it
  Place place;       // its name
  bool is_coroutine = false;
  bool is_lazy = false;                // a coroutine that starts when it is awaited
  bool is_handler = false;             // it runs on an executor as a completion handler or continuation
  bool is_nonblocking = false;         // by an attribute, a model, or where it is run
  bool takes_token = false;            // it has a parameter that is a cancellation token or a deadline
  bool takes_permit = false;           // it waits for a limiter
  std::string library;                 // of its task type; empty for a home-made one and for a plain function
  std::vector<std::string> overrides;  // keys of the methods that it overrides
  std::vector<CallFact> calls;         // sorted
  std::string entity;                  // see entity_name

  friend auto operator<=>(const FunctionFact&, const FunctionFact&) = default;
};

// What one rule wants to know of another unit: `value` is JSON that only the rule reads.
struct Record {
  std::string rule;
  std::string value;

  friend auto operator<=>(const Record&, const Record&) = default;
};

struct UnitFacts {
  std::vector<FunctionFact> functions;  // sorted by key
  std::vector<std::string>
      plain;                    // definitions of analysed functions of which there is nothing to tell, sorted
  std::vector<Record> records;  // sorted
};

}  // namespace corolint
