#include "engine/wanted_code.h"

#include <algorithm>

#include "llvm/ADT/StringExtras.h"

namespace corolint {

namespace {

// Returns the parts of a qualified name without template arguments: "a::Box<int>::f" is a, Box, f.
std::vector<std::string> parts_of(llvm::StringRef name) {
  std::vector<std::string> parts(1);
  int depth = 0;
  for (std::size_t i = 0; i < name.size(); ++i) {
    if (depth == 0 && parts.back().empty() && name.substr(i).starts_with("operator") &&
        (i + 8 == name.size() || (!llvm::isAlnum(name[i + 8]) && name[i + 8] != '_'))) {
      parts.back() = "operator";
      return parts;
    }
    if (name[i] == '<') ++depth;
    if (name[i] == '>') --depth;
    if (depth > 0 || name[i] == '>') continue;
    if (name.substr(i).starts_with("::")) {
      parts.emplace_back();
      ++i;
    } else {
      parts.back() += name[i];
    }
  }
  return parts;
}

// Is the function with that USR a method of a class?
bool is_method(llvm::StringRef key) {
  const auto [around, rest] = key.split("@F");
  const std::size_t name = around.rfind('@');
  return name != llvm::StringRef::npos && !around.take_front(name + 1).ends_with("@N@");
}

// Returns the name of the function in the key of one of its parameters; empty if it cannot be told.
std::string function_in(llvm::StringRef key) {
  const llvm::StringRef rest = key.split("@F@").second;
  return rest.split('#').first.str();
}

}  // namespace

void WantedCode::add(const UnitResult& unit) {
  std::set<std::string> silenced;
  for (const Suppression& one : unit.suppressions) silenced.insert(one.file);
  for (const std::string& key : unit.facts.plain) functions_[key].has_body = true;
  for (const FunctionFact& fact : unit.facts.functions) {
    Function& function = functions_[fact.key];
    function.name = fact.name;
    function.has_body = true;
    const bool is_asynchronous = fact.is_coroutine || fact.is_handler;
    // Whether a comment is used may hang on what its line comes to.
    function.is_root |= is_asynchronous || silenced.contains(fact.place.file);
    for (const std::string& overridden : fact.overrides) overriders_[overridden].push_back(fact.key);
    for (const CallFact& call : fact.calls) {
      function.calls.push_back({call.callee, call.name, call.way == Way::may_run});
      functions_[call.callee].has_body |= call.sees_body;
      if (!is_asynchronous &&
          (call.way == Way::spawns || call.way == Way::starts || call.way == Way::offloads))
        starters_.insert(fact.name);
    }
  }
}

void WantedCode::solve() {
  bodies_.clear();
  users_.clear();
  for (const std::string& name : starters_) users_.insert(parts_of(name).back());
  std::set<std::string> reached;
  std::vector<std::string> open;
  const auto reach = [&](const std::string& key) {
    if (reached.insert(key).second) open.push_back(key);
  };
  for (const auto& [key, function] : functions_)
    if (function.is_root) reach(key);
  while (!open.empty()) {
    const std::string key = std::move(open.back());
    open.pop_back();
    if (const auto known = overriders_.find(key); known != overriders_.end())
      for (const std::string& overrider : known->second) reach(overrider);
    const Function& function = functions_[key];
    want_constructors(key, function.name);
    for (const Call& call : function.calls) {
      if (llvm::StringRef(call.callee).starts_with(holder_key_prefix))
        want_users(call.callee, call.name);
      else if (call.is_virtual || !functions_[call.callee].has_body)
        want_body(call);
      reach(call.callee);
    }
  }
}

void WantedCode::want_body(const Call& call) {
  const std::vector<std::string> parts = parts_of(call.name);
  const std::string around = parts.size() > 1 ? parts[parts.size() - 2] + "::" : "";
  bodies_.insert({parts.back(), around + parts.back(), is_method(call.callee), call.is_virtual});
}

// What an object is made of may decide what its methods do.
void WantedCode::want_constructors(const std::string& key, const std::string& name) {
  const std::vector<std::string> parts = parts_of(name);
  if (parts.size() < 2 || !is_method(key)) return;
  const std::string& type = parts[parts.size() - 2];
  bodies_.insert({type, type + "::" + type, true, false});
}

void WantedCode::want_users(const std::string& key, const std::string& name) {
  if (key.find("@F") == std::string::npos || key.find("@FI@") != std::string::npos) {
    users_.insert(name);
    return;
  }
  const std::string function = function_in(key);
  wants_all_ |= function.empty();
  users_.insert(function);
}

bool WantedCode::may_be_defined_in(const SourceWords& file) const {
  return wants_all_ || std::ranges::any_of(bodies_, [&](const Body& body) {
           if (body.plain == "operator" && file.mentions.contains("operator")) return true;
           if (file.defines.contains("(" + body.plain + ")")) return true;
           if (body.is_virtual && file.defines.contains("*::" + body.plain)) return true;
           return file.defines.contains(body.qualified) ||
                  (!body.is_method && file.defines.contains(body.plain));
         });
}

bool WantedCode::may_be_used_in(const SourceWords& file) const {
  return wants_all_ ||
         std::ranges::any_of(users_, [&](const std::string& name) { return file.mentions.contains(name); });
}

}  // namespace corolint
