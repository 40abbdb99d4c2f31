// A strict reader: an unknown key or word is an error with the entry's number, because a fact that is
// silently ignored is a missed alarm or a false one.

#include "models/library_file.h"

#include <map>
#include <nlohmann/json.hpp>
#include <stdexcept>

namespace corolint {

namespace {

using nlohmann::json;

template <typename Value>
using Words = std::map<std::string, Value>;

const Words<Role> roles = {{"task", Role::task},         {"spawn", Role::spawn},
                           {"combine", Role::combine},   {"limit", Role::limit},
                           {"block", Role::block},       {"sync_wait", Role::sync_wait},
                           {"offload", Role::offload},   {"callback", Role::callback},
                           {"io_wait", Role::io_wait},   {"timeout", Role::timeout},
                           {"deadline", Role::deadline}, {"cancel", Role::cancel},
                           {"lock", Role::lock},         {"cancel_aware", Role::cancel_aware},
                           {"now", Role::now},           {"unblock", Role::unblock},
                           {"ready", Role::ready},       {"as_value", Role::as_value}};
const Words<Kind> kinds = {
    {"call", Kind::call}, {"ctor", Kind::ctor}, {"type", Kind::type}, {"object", Kind::object}};
const Words<Start> starts = {{"lazy", Start::lazy}, {"eager", Start::eager}};
const Words<Drop> drops = {{"destroy", Drop::destroy},
                           {"detach", Drop::detach},
                           {"cancel", Drop::cancel},
                           {"block", Drop::block},
                           {"terminate", Drop::terminate}};
const Words<Discard> discards = {{"error", Discard::error}, {"review", Discard::review}, {"ok", Discard::ok}};
const Words<Confidence> confidences = {
    {"low", Confidence::low}, {"medium", Confidence::medium}, {"high", Confidence::high}};

template <typename Value>
Value word(const Words<Value>& words, const json& value) {
  const auto found = words.find(value.get<std::string>());
  if (found == words.end()) throw std::runtime_error("unknown word '" + value.get<std::string>() + "'");
  return found->second;
}

// Reads a name or a list of names, with '@' replaced by each of the roots.
std::vector<std::string> names(const json& value, const std::vector<std::string>& roots) {
  std::vector<std::string> result;
  for (const json& item : value.is_array() ? value : json::array({value})) {
    const std::string name = item.get<std::string>();
    if (!name.starts_with("@")) result.push_back(name);
    for (const std::string& root : roots)
      if (name.starts_with("@")) result.push_back(root + name.substr(1));
  }
  return result;
}

[[noreturn]] void unknown_key(const std::string& key) {
  throw std::runtime_error("unknown key '" + key + "'");
}

ArgumentMatch read_argument(const json& value, const std::vector<std::string>& roots) {
  ArgumentMatch argument;
  for (const auto& [key, item] : value.items()) {
    if (key == "i")
      argument.position = item.get<int>();
    else if (key == "type")
      argument.types = names(item, roots);
    else if (key == "mentions")
      argument.mentions = names(item, roots);
    else if (key == "value")
      argument.value = item.get<long long>();
    else if (key == "absent")
      argument.absent = item.get<bool>();
    else
      unknown_key(key);
  }
  return argument;
}

std::vector<ArgumentMatch> read_arguments(const json& list, const std::vector<std::string>& roots) {
  std::vector<ArgumentMatch> arguments;
  for (const json& value : list) arguments.push_back(read_argument(value, roots));
  return arguments;
}

Match read_match(const json& value, const std::vector<std::string>& roots) {
  Match match;
  for (const auto& [key, item] : value.items()) {
    if (key == "name")
      match.names = names(item, roots);
    else if (key == "kind")
      match.kind = word(kinds, item);
    else if (key == "args")
      match.arguments = read_arguments(item, roots);
    else if (key == "unless")
      match.unless = read_arguments(item, roots);
    else if (key == "receiver")
      match.receivers = names(item, roots);
    else if (key == "targ")
      match.template_arguments = names(item, roots);
    else
      unknown_key(key);
  }
  return match;
}

void read_key(Entry& entry, const std::string& key, const json& item, const std::vector<std::string>& roots) {
  if (key == "role")
    entry.role = word(roles, item);
  else if (key == "match")
    entry.match = read_match(item, roots);
  else if (key == "start")
    entry.start = word(starts, item);
  else if (key == "drop")
    entry.drop = word(drops, item);
  else if (key == "discard")
    entry.discard = word(discards, item);
  else if (key == "work")
    entry.work = item.get<int>();
  else if (key == "over")
    entry.over_range = item.get<std::string>() == "range";
  else if (key == "mode")
    entry.any = item.get<std::string>() == "any";
  else if (key == "bounded")
    entry.bounded = item.get<bool>();
  else if (key == "class")
    entry.subject = item.get<std::string>();
  else if (key == "confidence")
    entry.confidence = word(confidences, item);
  else if (key == "replace")
    entry.replace = names(item, {roots.empty() ? "" : roots.front()});
  else if (key == "on")
    entry.on = item.get<int>();
  else if (key == "quiet")
    entry.quiet = item.get<bool>();
  else if (key == "deadline_arg")
    entry.deadline_argument = item.get<int>();
  else if (key == "across_await")
    entry.across_await = item.get<bool>();
  else if (key == "drops_result")
    entry.drops_result = item.get<bool>();
  else if (key == "tasks")
    entry.tasks = names(item, roots);
  else if (key != "note")
    unknown_key(key);
}

Entry read_entry(const json& value, const Library& library, const std::vector<std::string>& roots) {
  Entry entry;
  entry.library = library.id;
  for (const auto& [key, item] : value.items()) read_key(entry, key, item, roots);
  if (entry.match.names.empty()) throw std::runtime_error("the key 'match' with a 'name' is missing");
  return entry;
}

Library read_whole(const json& document, std::string& where) {
  Library library;
  library.id = document.at("id");
  library.title = document.at("title");
  const std::vector<std::string> roots = document.at("roots");
  library.defines = document.value("define", std::vector<std::string>());
  const json instead = document.value("instead", json::object());
  for (const auto& [key, value] : instead.items())
    library.instead.emplace_back(key, value.get<std::string>());
  std::size_t number = 0;
  for (const json& value : document.at("entries")) {
    where = ", entry " + std::to_string(++number);
    library.entries.push_back(read_entry(value, library, roots));
  }
  return library;
}

}  // namespace

llvm::Expected<Library> read_library(const EmbeddedFile& file) {
  std::string where;
  try {
    return read_whole(json::parse(file.text), where);
  } catch (const std::exception& error) {
    return llvm::createStringError("%s%s: %s", std::string(file.name).c_str(), where.c_str(), error.what());
  }
}

}  // namespace corolint
