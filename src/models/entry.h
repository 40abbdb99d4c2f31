#pragma once

// One fact about a library, as a library's file states it (schema.json says what each key means).

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace corolint {

enum class Role {
  task,
  spawn,
  scope,
  combine,
  limit,
  block,
  sync_wait,
  offload,
  callback,
  hop,
  io_wait,
  timeout,
  deadline,
  cancel,
  cancel_aware,
  cancel_source,
  as_value,
  now,
  lock,
  unblock,
  ready,
  affine,
  detach_ok,
  throws,
  stackful,
  none,
};

enum class Kind { call, ctor, dtor, type, object };
enum class Start { unknown, lazy, eager };
enum class Drop { unknown, destroy, detach, cancel, cancel_wait, block, leak, assert_fails, terminate };
enum class Discard { error, review, ok };
enum class Unobserved { unknown, lost, logged, terminate, handler };
enum class Confidence { low, medium, high };

// A condition on one argument of a call; what is empty or absent holds for every argument.
struct ArgumentMatch {
  int position = 0;  // from 0; negative: from the end
  std::vector<std::string> types;
  std::vector<std::string> mentions;
  std::optional<long long> value;
  bool absent = false;
};

struct Match {
  std::vector<std::string> names;  // canonical, roots filled in
  Kind kind = Kind::call;
  std::vector<ArgumentMatch> arguments;
  std::vector<ArgumentMatch> unless;
  std::vector<std::string> returns;
  std::vector<std::string> receivers;
  std::vector<std::string> template_arguments;
  std::vector<std::string> made_by;  // dtor, call: the functions whose results are meant; "*": any
  bool any_linkage = false;  // a name without a namespace may be a C++ function too; else only C's are meant
  std::vector<std::string> only_in;  // parts of the paths of headers that may declare it; empty: any
};

struct Entry {
  Role role = Role::block;
  Match match;
  std::string library;  // the file's id
  Start start = Start::unknown;
  Drop drop = Drop::unknown;
  Discard discard = Discard::error;
  Unobserved unobserved = Unobserved::unknown;
  std::optional<int> work;  // position of the callable or awaitable; absent: any argument
  bool is_owned = false;    // spawn: by a scope
  bool over_range = false;
  bool any = false;  // a combinator that ends with the first of its operands
  bool bounded = false;
  std::optional<int> limit_argument;
  bool cancels = true;  // timeout, combinator: what is not waited for any longer
  std::string subject;  // the key "class": sleep, net, connect, …
  Confidence confidence = Confidence::high;
  std::vector<std::string> replace;
  std::optional<int> on;
  bool quiet = false;
  std::optional<int> deadline_argument;
  std::optional<long long> infinite;  // the value of that argument that means no limit
  bool default_limit = false;         // without it the library limits the wait itself
  bool is_thread_lock = false;
  bool across_await = false;
  bool is_sticky = false;  // cancel: a cancelled coroutine is told again at every later await
  bool drops_result = false;
  bool is_one_shot = false;        // callback, spawn: the callable ends when it returns
  bool runs_once = false;          // callback: each call runs it at most once
  bool is_endless = false;         // callback: it is run again until its work fails
  bool allows_blocking = false;    // where the callable, or the coroutine after a hop, runs
  bool allows_sync_wait = false;   // likewise, waiting for asynchronous work
  std::vector<std::string> tasks;  // cancel: only in coroutines of these types; empty: in all of the library
  std::vector<std::string> add;    // scope: methods that add work
  std::vector<std::string> join;   // scope: methods to await before it ends
  std::vector<std::string> inspect;  // as_value: what looks at the value
  std::string since, until;          // versions of the library
  std::string unchecked;             // why the names cannot be found in the headers that are checked
  std::string note;
};

// Headers against which the names of a library are checked.
struct HeaderCheck {
  std::vector<std::string> packages;  // Debian's; empty: `repository` names public sources
  std::string repository;             // owner/name
  std::string version;
  std::vector<std::string> paths;
  std::vector<std::string> includes;
  std::vector<std::string> flags;
  std::string before;  // text in front of the includes
  // Headers that only the library's build makes, and the texts that stand for them.
  std::vector<std::pair<std::string, std::string>> stand_ins;
};

// One library: its entries, and what its coroutines should use in place of what blocks, by class of blocking.
struct Library {
  std::string id;
  std::string title;
  std::string source;
  std::vector<std::string> roots;  // namespaces that each hold the whole library
  bool is_user = false;            // the user's own: its entries go before the shipped ones
  std::vector<std::pair<std::string, std::string>> instead;
  std::vector<std::string> defines;  // "NAME=VALUE", for units with coroutines
  std::vector<HeaderCheck> checks;
  std::vector<Entry> entries;
};

// Returns the role as model files spell it: "sync_wait".
std::string_view role_name(Role role);

}  // namespace corolint
