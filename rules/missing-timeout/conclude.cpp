#include <algorithm>
#include <map>
#include <set>

#include "facts/reached.h"
#include "program_wide.h"
#include "records.h"
#include "rule/test_code.h"

namespace corolint::timeout {

namespace {

// Returns the name that who only sees a declaration gives to a parameter: without the file that defines its
// function.
std::string declared_name(const std::string& what) {
  const std::size_t file = what.find('\n');
  return file == std::string::npos ? what : what.substr(0, file) + what.substr(what.rfind('#'));
}

bool is_from_outside(const std::string& what) {
  return what.starts_with("L");
}

// What is known of objects once every unit has told. Who only declares a function, and hands it a limited
// object, means any definition of it; and one of them that sets a limit is enough for who calls it.
class Limits {
 public:
  explicit Limits(const Program& program) {
    for (Limit& limit : records_of<Limit>(program, "limit"))
      setters_[std::move(limit.object)].insert(std::move(limit.function));
    std::vector<std::string> open;
    for (Known& known : records_of<Known>(program, "known")) open.push_back(std::move(known.what));
    std::multimap<std::string, std::string> follows;
    for (Follows& rule : records_of<Follows>(program, "follows")) {
      if (is_set_elsewhere(rule.object, rule.function)) open.push_back(rule.what);
      if (const std::string declared = declared_name(rule.given);
          is_from_outside(declared) && declared != rule.given)
        follows.emplace(declared, rule.what);
      follows.emplace(std::move(rule.given), std::move(rule.what));
    }
    while (!open.empty()) {
      const std::string what = std::move(open.back());
      open.pop_back();
      if (!known_.insert(what).second) continue;
      if (!is_from_outside(what)) open.push_back(declared_name(what));
      const auto [begin, end] = follows.equal_range(what);
      for (auto rule = begin; rule != end; ++rule) open.push_back(rule->second);
    }
  }

  bool limit(const Wait& wait) const {
    if (is_set_elsewhere(wait.object, wait.function)) return true;
    for (const std::string& what : wait.unless)
      if (is_known(what)) return true;
    return false;
  }

 private:
  bool is_known(const std::string& what) const {
    return known_.contains(what) || (is_from_outside(what) && known_.contains(declared_name(what)));
  }

  // Where the function itself sets the limit, the unit has seen whether it comes in time.
  bool is_set_elsewhere(const std::string& object, const std::string& function) const {
    const auto found = object.empty() ? setters_.end() : setters_.find(object);
    return found != setters_.end() && (found->second.size() > 1 || !found->second.contains(function));
  }

  std::map<std::string, std::set<std::string>> setters_;  // by object
  std::set<std::string> known_;
};

// Returns the functions that run under a limit: those called under one, and what these call and await.
std::set<FunctionId> limited_functions(const Program& program) {
  const CallGraph& graph = program.graph();
  std::vector<FunctionId> open;
  for (const Limited& limited : records_of<Limited>(program, "limited"))
    for (const FunctionId id : graph.definitions_of(limited.function)) open.push_back(id);
  for (const Edge& edge : graph.edges())
    if (edge.is_limited) open.push_back(edge.callee);
  return reached_from(graph, std::move(open), [](const Edge& edge) {
    return edge.way == Way::awaits || edge.way == Way::starts || edge.way == Way::runs ||
           edge.way == Way::may_run || edge.way == Way::offloads;
  });
}

using Object = std::pair<std::string, std::string>;  // its name, and the file that declares it

// The names of the program's objects: what a function calls its parameter is the object that it was given.
class Objects {
 public:
  explicit Objects(const Program& program) {
    for (Alias& alias : records_of<Alias>(program, "alias"))
      sources_[alias.to].emplace(std::move(alias.from), std::move(alias.declared));
  }

  // Returns the objects that the name may stand for, each by its first name. Of programs that lie in one tree
  // each may have that name, so what is given in the same file goes before all else. In a recursion an object
  // comes from itself, too.
  std::set<Object> origins(const Object& object) const {
    std::set<Object> origins, seen = {object};
    std::vector<Object> open = {object};
    while (!open.empty()) {
      const Object one = std::move(open.back());
      open.pop_back();
      const auto sources = sources_.find(one.first);
      if (sources == sources_.end()) {
        origins.insert(one);
        continue;
      }
      const bool has_own = std::ranges::any_of(
          sources->second, [&](const Object& source) { return source.second == one.second; });
      for (const Object& source : sources->second)
        if ((!has_own || source.second == one.second) && seen.insert(source).second) open.push_back(source);
    }
    return origins.empty() ? seen : origins;
  }

 private:
  std::map<std::string, std::set<Object>> sources_;
};

// Returns the waits that nothing in the program limits, one at each place: a template has many
// instantiations.
std::vector<Wait> unlimited_waits(const Program& program) {
  const Limits limits(program);
  const auto limited = limited_functions(program);
  const TestCode tests(program);
  std::map<Place, Wait> waits;
  for (Wait& wait : records_of<Wait>(program, "wait")) {
    if (tests.is_left_out(wait.finding.place.file)) continue;
    const FunctionId* function = program.graph().find(wait.function);
    if (!(function && limited.contains(*function)) && !limits.limit(wait))
      waits.emplace(wait.finding.place, std::move(wait));
  }
  std::vector<Wait> found;
  for (auto& [place, wait] : waits) found.push_back(std::move(wait));
  return found;
}

}  // namespace

// Of a connection one read is reported, or if nothing reads, one write: whoever mends it there will look at
// the others. How it is opened has a limit of its own. What only one connection comes to is told before what
// many are handed to.
void conclude(Program& program) {
  const Objects objects(program);
  std::vector<std::pair<Wait, std::set<Object>>> waits;
  for (Wait& wait : unlimited_waits(program)) {
    auto origins = wait.object.empty() ? std::set<Object>() : objects.origins({wait.object, wait.declared});
    waits.emplace_back(std::move(wait), std::move(origins));
  }
  std::ranges::stable_sort(waits, {}, [](const auto& one) { return one.second.size(); });
  std::ranges::stable_partition(waits, [](const auto& one) { return one.first.kind != "write"; });
  std::set<std::pair<Object, bool>> reported;
  for (auto& [wait, origins] : waits) {
    bool is_new = origins.empty();
    for (const Object& one : origins) is_new |= reported.insert({one, wait.kind == "open"}).second;
    if (is_new) program.report(std::move(wait.finding), "a limit that they set is not known");
  }
}

}  // namespace corolint::timeout
