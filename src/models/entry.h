#pragma once

// One fact about a library, as a library's file states it (schema.json says what each key means).

#include <optional>
#include <string>
#include <vector>

namespace corolint {

enum class Role {
  task,
  spawn,
  combine,
  limit,
  block,
  sync_wait,
  offload,
  callback,
  io_wait,
  timeout,
  deadline,
  cancel,
  cancel_aware,
  as_value,
  now,
  lock,
  unblock,
  ready,
};

enum class Kind { call, ctor, type, object };
enum class Start { unknown, lazy, eager };
enum class Drop { unknown, destroy, detach, cancel, block, terminate };
enum class Discard { error, review, ok };
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
  std::vector<std::string> receivers;
  std::vector<std::string> template_arguments;
};

struct Entry {
  Role role = Role::block;
  Match match;
  std::string library;  // the file's id
  Start start = Start::unknown;
  Drop drop = Drop::unknown;
  Discard discard = Discard::error;
  std::optional<int> work;  // position of the callable or awaitable
  bool over_range = false;
  bool any = false;  // a combinator that ends with the first of its operands
  bool bounded = false;
  std::string subject;  // the key "class": sleep, net, connect, …
  Confidence confidence = Confidence::high;
  std::vector<std::string> replace;
  std::optional<int> on;
  bool quiet = false;
  std::optional<int> deadline_argument;
  bool across_await = false;
  bool drops_result = false;
  std::vector<std::string> tasks;  // cancel: only in coroutines of these types; empty: in all of the library
};

// One library: its entries, and what its coroutines should use in place of what blocks, by class of blocking.
struct Library {
  std::string id;
  std::string title;
  std::vector<std::pair<std::string, std::string>> instead;
  std::vector<std::string> defines;  // "NAME=VALUE", for units with coroutines
  std::vector<Entry> entries;
};

}  // namespace corolint
