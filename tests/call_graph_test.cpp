// The call graph and its solver: nothing depends on the order of units, and recursion ends.

#include <doctest/doctest.h>

#include <algorithm>
#include <random>

#include "engine/record_names.h"
#include "facts/spread.h"

using namespace corolint;

namespace {

FunctionFact function(const std::string& name, const std::vector<std::string>& callees, Way way = Way::runs) {
  FunctionFact fact;
  fact.key = fact.name = name;
  fact.place = {name + ".cpp", 1, 1, 1, 2};
  std::uint32_t line = 2;
  for (const std::string& callee : callees) {
    CallFact call;
    call.callee = call.name = callee;
    call.place = {name + ".cpp", line, 1, line, 2};
    call.way = way;
    fact.calls.push_back(call);
    ++line;
  }
  return fact;
}

CallGraph graph_of(const std::vector<UnitFacts>& units) {
  CallGraph graph;
  for (const UnitFacts& unit : units) graph.add(unit);
  graph.finish();
  return graph;
}

const SpreadRules everywhere = {[](const Edge&) { return true; }, [](FunctionId) { return true; }, true};

// Returns all that can be asked of the graph and of a fact that spreads from `seed`, as text.
std::string told(const CallGraph& graph, const std::string& seed) {
  const Spread spread(graph, {*graph.find(seed)}, everywhere);
  std::string text;
  for (FunctionId id = 0; id < graph.functions().size(); ++id) {
    text += std::string(graph.key(id)) + " " + std::to_string(spread.distance(id)) + "\n";
    for (const EdgeId call : graph.calls_of(id)) {
      text += "  " + std::string(graph.name(graph.edges()[call].callee));
      if (spread.has(graph.edges()[call]))
        for (const EdgeId step : spread.way_from(call))
          text += " > " + std::string(graph.name(graph.edges()[step].caller));
      text += "\n";
    }
  }
  return text;
}

}  // namespace

TEST_CASE("shuffled and re-split facts give the same graph, the same distances and the same ways") {
  std::mt19937 random(11);
  std::vector<FunctionFact> facts;
  for (int i = 0; i < 60; ++i) {
    std::vector<std::string> callees;
    for (int call = 0; call < 4; ++call) callees.push_back("f" + std::to_string(random() % 60));
    facts.push_back(function("f" + std::to_string(i), callees));
  }
  facts.push_back(facts.front());  // an inline function comes from two units
  std::string expected;
  for (int round = 0; round < 40; ++round) {
    std::shuffle(facts.begin(), facts.end(), random);
    std::vector<UnitFacts> units(1 + random() % 20);
    for (const FunctionFact& fact : facts) units[random() % units.size()].functions.push_back(fact);
    const std::string text = told(graph_of(units), "f7");
    if (round == 0) expected = text;
    CHECK(text == expected);
  }
}

TEST_CASE("recursion and mutual recursion end, and the shortest way is told") {
  UnitFacts unit;
  unit.functions = {function("a", {"a", "b"}), function("b", {"c", "a"}), function("c", {"b", "sink"}),
                    function("sink", {})};
  const CallGraph graph = graph_of({unit});
  const Spread spread(graph, {*graph.find("sink")}, everywhere);
  CHECK(spread.distance(*graph.find("a")) == 3);
  CHECK(spread.distance(*graph.find("c")) == 1);
}

TEST_CASE("a virtual call has the fact if all overriders have it, or, on request, if any has") {
  UnitFacts unit;
  FunctionFact base = function("base", {}), first = function("first", {"sink"}),
               second = function("second", {});
  first.overrides = second.overrides = {"base"};
  unit.functions = {first, second, function("sink", {}), function("caller", {"base"}, Way::may_run)};
  const CallGraph some = graph_of({unit});
  const auto has = [](const CallGraph& graph, bool all) {
    const SpreadRules rules = {everywhere.follows, everywhere.passes_on, all};
    return Spread(graph, {*graph.find("sink")}, rules).has(*graph.find("caller"));
  };
  CHECK(!has(some, true));
  CHECK(has(some, false));
  unit.functions[1] = function("second", {"first"});
  unit.functions[1].overrides = {"base"};
  CHECK(has(graph_of({unit}), true));
}

TEST_CASE("units that see different bodies of a function are united, and it is said") {
  UnitFacts one, other;
  one.functions = {function("f", {"a"})};
  other.functions = {function("f", {"b"})};
  other.functions.front().is_coroutine = true;
  const CallGraph graph = graph_of({one, other});
  const FunctionId id = *graph.find("f");
  CHECK(graph.function(id).differs);
  CHECK(graph.function(id).is_coroutine);
  REQUIRE(graph.calls_of(id).size() == 2);
  for (const EdgeId call : graph.calls_of(id))
    CHECK(graph.edges()[call].in_async == (graph.name(graph.edges()[call].callee) == "b"));
}

namespace {

FunctionFact function_in(const std::string& file, const std::string& name,
                         const std::vector<std::string>& callees) {
  FunctionFact fact = function(name, callees);
  fact.place.file = file;
  for (CallFact& call : fact.calls) call.place.file = file;
  return fact;
}

std::vector<std::string> callees_of(const CallGraph& graph, const std::string& caller) {
  std::vector<std::string> callees;
  for (const EdgeId call : graph.calls_of(*graph.find(caller)))
    callees.emplace_back(graph.key(graph.edges()[call].callee));
  return callees;
}

}  // namespace

TEST_CASE("programs of one tree have functions of one name: each calls its own") {
  UnitFacts one, other, declares;
  one.functions = {function_in("one.cpp", "helper", {"sink"}), function_in("one.cpp", "main", {"helper"}),
                   function_in("one.cpp", "first", {"helper"})};
  other.functions = {function_in("other.cpp", "main", {"helper"}),
                     function_in("other.cpp", "second", {"helper"})};
  other.plain = {definition_of("helper", "other.cpp")};
  declares.functions = {function_in("third.cpp", "third", {"helper", "first"})};
  for (const auto& units : {std::vector{one, other, declares}, std::vector{declares, other, one}}) {
    const CallGraph graph = graph_of(units);
    CHECK(callees_of(graph, "first") == std::vector{definition_of("helper", "one.cpp")});
    CHECK(callees_of(graph, "second") == std::vector{definition_of("helper", "other.cpp")});
    CHECK(callees_of(graph, definition_of("main", "other.cpp")) ==
          std::vector{definition_of("helper", "other.cpp")});
    // To who only declares it, it may be any; what one file defines is what others declare.
    CHECK(callees_of(graph, "third") == std::vector{definition_of("helper", "one.cpp"),
                                                    definition_of("helper", "other.cpp"),
                                                    std::string("first")});
    CHECK(graph.find("helper") == nullptr);
    CHECK(graph.find("main") == nullptr);
    CHECK(graph.definitions_of("helper").size() == 2);
    CHECK(graph.find(definition_of("first", "one.cpp")) != nullptr);
    CHECK(*graph.find(definition_of("first", "one.cpp")) == *graph.find("first"));
    const Spread spread(graph, {*graph.find("sink")}, everywhere);
    CHECK(spread.has(*graph.find("first")));
    CHECK(spread.has(*graph.find("third")));
    CHECK(!spread.has(*graph.find("second")));
  }
}

TEST_CASE("the records of a unit name what it defines itself") {
  UnitFacts one, other;
  one.functions = {function_in("one.cpp", "work", {"a"}), function_in("one.cpp", "alone", {"a"})};
  other.functions = {function_in("other.cpp", "work", {"b"})};
  const CallGraph graph = graph_of({one, other, {}});
  const auto named = with_own_names(graph, {{0, R"({"of":["work","Lwork#0","alone","works","work#"]})"},
                                            {1, R"({"of":"work#12"})"},
                                            {2, R"({"of":"work"})"}});
  CHECK(named ==
        std::vector<std::string>{R"({"of":["work\none.cpp","Lwork\none.cpp#0","alone","works","work#"]})",
                                 R"({"of":"work\nother.cpp#12"})", R"({"of":"work"})"});
}
