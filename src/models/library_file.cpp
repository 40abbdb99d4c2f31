// The shape of a library's file is the schema's business (schema.json); this only takes the values out.

#include "models/library_file.h"

#include <map>
#include <nlohmann/json.hpp>

#include "project/document.h"

namespace corolint {

namespace {

using nlohmann::json;

template <typename Value>
using Words = std::map<std::string_view, Value>;

const Words<Role> roles = {{"task", Role::task},
                           {"spawn", Role::spawn},
                           {"scope", Role::scope},
                           {"combine", Role::combine},
                           {"limit", Role::limit},
                           {"block", Role::block},
                           {"sync_wait", Role::sync_wait},
                           {"offload", Role::offload},
                           {"callback", Role::callback},
                           {"hop", Role::hop},
                           {"io_wait", Role::io_wait},
                           {"timeout", Role::timeout},
                           {"deadline", Role::deadline},
                           {"cancel", Role::cancel},
                           {"cancel_aware", Role::cancel_aware},
                           {"cancel_source", Role::cancel_source},
                           {"as_value", Role::as_value},
                           {"now", Role::now},
                           {"lock", Role::lock},
                           {"unblock", Role::unblock},
                           {"ready", Role::ready},
                           {"affine", Role::affine},
                           {"detach_ok", Role::detach_ok},
                           {"throws", Role::throws},
                           {"stackful", Role::stackful},
                           {"none", Role::none}};
const Words<Kind> kinds = {{"call", Kind::call},
                           {"ctor", Kind::ctor},
                           {"dtor", Kind::dtor},
                           {"type", Kind::type},
                           {"object", Kind::object}};
const Words<Start> starts = {{"lazy", Start::lazy}, {"eager", Start::eager}, {"queued", Start::eager}};
const Words<Drop> drops = {{"destroy", Drop::destroy},     {"detach", Drop::detach},
                           {"cancel", Drop::cancel},       {"cancel_wait", Drop::cancel_wait},
                           {"block", Drop::block},         {"leak", Drop::leak},
                           {"assert", Drop::assert_fails}, {"terminate", Drop::terminate}};
const Words<Discard> discards = {{"error", Discard::error}, {"review", Discard::review}, {"ok", Discard::ok}};
const Words<Unobserved> unobserved_ends = {{"lost", Unobserved::lost},
                                           {"logged", Unobserved::logged},
                                           {"terminate", Unobserved::terminate},
                                           {"handler", Unobserved::handler}};
const Words<Confidence> confidences = {
    {"low", Confidence::low}, {"medium", Confidence::medium}, {"high", Confidence::high}};

// Sets `value` to what the word under `key` means; leaves it alone without one.
template <typename Value>
void take_word(const json& object, const char* key, const Words<Value>& words, Value& value) {
  if (object.contains(key)) value = words.at(object.at(key).get_ref<const std::string&>());
}

template <typename Value>
void take(const json& object, const char* key, Value& value) {
  if (object.contains(key)) object.at(key).get_to(value);
}

template <typename Value>
void take(const json& object, const char* key, std::optional<Value>& value) {
  if (object.contains(key)) value = object.at(key).get<Value>();
}

// Reads a name or a list of names, with '@' replaced by each of the roots.
std::vector<std::string> names(const json& object, const char* key, const std::vector<std::string>& roots) {
  std::vector<std::string> result;
  if (!object.contains(key)) return result;
  const json& value = object.at(key);
  const auto add = [&](const json& item) {
    const auto& name = item.get_ref<const std::string&>();
    if (!name.starts_with("@")) result.push_back(name);
    for (const std::string& root : roots)
      if (name.starts_with("@")) result.push_back(root + name.substr(1));
  };
  if (!value.is_array()) return add(value), result;
  for (const json& item : value) add(item);
  return result;
}

std::vector<ArgumentMatch> read_arguments(const json& match, const char* key,
                                          const std::vector<std::string>& roots) {
  std::vector<ArgumentMatch> arguments;
  if (!match.contains(key)) return arguments;
  for (const json& value : match.at(key)) {
    ArgumentMatch& argument = arguments.emplace_back();
    take(value, "i", argument.position);
    argument.types = names(value, "type", roots);
    argument.mentions = names(value, "mentions", roots);
    take(value, "value", argument.value);
    take(value, "absent", argument.absent);
  }
  return arguments;
}

Match read_match(const json& value, const std::vector<std::string>& roots) {
  Match match;
  match.names = names(value, "name", roots);
  take_word(value, "kind", kinds, match.kind);
  match.arguments = read_arguments(value, "args", roots);
  match.unless = read_arguments(value, "unless", roots);
  match.returns = names(value, "returns", roots);
  match.receivers = names(value, "receiver", roots);
  match.template_arguments = names(value, "targ", roots);
  match.made_by = names(value, "from", roots);
  return match;
}

// What may be done where the entry's callable runs: all, where blocking work is sent; else what the file
// says.
void read_allowed(const json& value, Entry& entry) {
  entry.allows_blocking = entry.allows_sync_wait = entry.role == Role::offload && !value.contains("allows");
  for (const json& word : value.value("allows", json::array()))
    (word == "block" ? entry.allows_blocking : entry.allows_sync_wait) = true;
}

void read_words(const json& value, Entry& entry) {
  take_word(value, "role", roles, entry.role);
  take_word(value, "start", starts, entry.start);
  take_word(value, "drop", drops, entry.drop);
  take_word(value, "discard", discards, entry.discard);
  take_word(value, "unobserved", unobserved_ends, entry.unobserved);
  take_word(value, "confidence", confidences, entry.confidence);
  if (value.value("result", "") == "task") entry.start = Start::lazy;
  entry.is_owned = value.value("owner", "") == "scope";
  entry.over_range = value.value("over", "") == "range";
  entry.any = value.value("mode", "") == "any";
  entry.is_thread_lock = value.value("domain", "") == "thread";
}

Entry read_entry(const json& value, const std::vector<std::string>& roots) {
  Entry entry;
  read_words(value, entry);
  read_allowed(value, entry);
  entry.match = read_match(value.at("match"), roots);
  take(value, "work", entry.work);
  take(value, "bounded", entry.bounded);
  take(value, "limit_arg", entry.limit_argument);
  take(value, "cancels", entry.cancels);
  take(value, "class", entry.subject);
  entry.replace = names(value, "replace", {roots.empty() ? "" : roots.front()});
  take(value, "on", entry.on);
  take(value, "quiet", entry.quiet);
  take(value, "deadline_arg", entry.deadline_argument);
  take(value, "infinite", entry.infinite);
  take(value, "default_limit", entry.default_limit);
  take(value, "sticky", entry.is_sticky);
  take(value, "drops_result", entry.drops_result);
  take(value, "one_shot", entry.is_one_shot);
  entry.runs_once = entry.is_one_shot;
  take(value, "once", entry.runs_once);
  take(value, "endless", entry.is_endless);
  take(value, "across_await", entry.across_await);
  entry.tasks = names(value, "tasks", roots);
  entry.add = names(value, "add", roots);
  entry.join = names(value, "join", roots);
  entry.inspect = names(value, "inspect", roots);
  take(value, "since", entry.since);
  take(value, "until", entry.until);
  take(value, "unchecked", entry.unchecked);
  take(value, "note", entry.note);
  return entry;
}

HeaderCheck read_check(const json& value) {
  HeaderCheck check;
  take(value, "package", check.packages);
  take(value, "repository", check.repository);
  take(value, "version", check.version);
  take(value, "path", check.paths);
  take(value, "include", check.includes);
  take(value, "flags", check.flags);
  take(value, "before", check.before);
  const json stand_ins = value.value("stand_ins", json::object());
  for (const auto& [header, text] : stand_ins.items())
    check.stand_ins.emplace_back(header, text.get<std::string>());
  return check;
}

Library read_library(const json& document) {
  Library library;
  take(document, "id", library.id);
  take(document, "title", library.title);
  take(document, "source", library.source);
  take(document, "define", library.defines);
  take(document, "roots", library.roots);
  const std::vector<std::string>& roots = library.roots;
  const json instead = document.value("instead", json::object());
  for (const auto& [key, value] : instead.items())
    library.instead.emplace_back(key, value.get<std::string>());
  for (const json& value : document.value("check", json::array()))
    library.checks.push_back(read_check(value));
  for (const json& value : document.at("entries")) {
    Entry& entry = library.entries.emplace_back(read_entry(value, roots));
    entry.library = library.id;
    take(document, "only_in", entry.match.only_in);
  }
  return library;
}

}  // namespace

std::string_view role_name(Role role) {
  for (const auto& [name, value] : roles)
    if (value == role) return name;
  return "";
}

llvm::Expected<Library> read_shipped_library(const EmbeddedFile& file) {
  try {
    return read_library(json::parse(file.text));
  } catch (const std::exception& error) {
    return llvm::createStringError("%s: %s", std::string(file.name).c_str(), error.what());
  }
}

llvm::Expected<Library> read_user_library(std::string_view text, const std::string& name) {
  auto document = read_document(text, name, json::parse(model_schema()));
  if (!document) return document.takeError();
  Library library = read_library(*document);
  library.is_user = true;
  for (Entry& entry : library.entries) entry.match.any_linkage = true;
  return library;
}

}  // namespace corolint
