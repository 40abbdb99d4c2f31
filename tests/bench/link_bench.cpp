// link_bench: links generated programs of 10,000 to 1,000,000 calls from the texts of their facts files, and
// prints what it takes. Ends with 1 if memory passes 1 GiB or time grows faster than the number of calls.

#include <sys/resource.h>

#include <chrono>
#include <cstdio>
#include <random>

#include "engine/link.h"
#include "engine/stage_files.h"

using namespace corolint;

namespace {

constexpr std::size_t calls_a_function = 10, functions_a_unit = 100;

// A function of a random program; every tenth is a coroutine, every hundredth one blocks.
FunctionFact function(std::size_t number, std::size_t functions, std::mt19937& random) {
  FunctionFact fact;
  fact.key = "c:@F@function_" + std::to_string(number) + "#I#";
  fact.name = "function_" + std::to_string(number);
  fact.place = {"src/file_" + std::to_string(number / functions_a_unit) + ".cpp", 10, 1, 10, 9};
  fact.is_coroutine = number % 10 == 0;
  for (std::uint32_t i = 0; i < calls_a_function; ++i) {
    const std::string callee = std::to_string(random() % functions);
    CallFact call;
    call.callee = "c:@F@function_" + callee + "#I#";
    call.name = "function_" + callee;
    call.place = {fact.place.file, 11 + i, 3, 11 + i, 20};
    fact.calls.push_back(std::move(call));
  }
  return fact;
}

std::vector<std::string> facts_of_program(std::size_t calls) {
  std::mt19937 random(3);
  const std::size_t functions = calls / calls_a_function;
  std::vector<std::string> units;
  for (std::size_t first = 0; first < functions; first += functions_a_unit) {
    UnitResult unit;
    for (std::size_t i = first; i < std::min(functions, first + functions_a_unit); ++i) {
      unit.facts.functions.push_back(function(i, functions, random));
      if (i % 100 == 1)
        unit.facts.records.push_back(
            {"blocking-call-in-coroutine",
             R"({"function":")" + unit.facts.functions.back().key +
                 R"(","name":"fsync","place":{"column":1,"end_column":2,"end_line":1,"file":"a","line":1},)"
                 R"("on_descriptor":false,"owner":"","record":"sink","replace":[],"subject":"file","waits":false})"});
    }
    units.push_back(facts_text(unit));
  }
  return units;
}

long peak_mib() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  return usage.ru_maxrss / 1024;
}

double link(std::size_t calls, const Models& models, const std::vector<const RuleEntry*>& rules) {
  const std::vector<std::string> units = facts_of_program(calls);
  const auto begin = std::chrono::steady_clock::now();
  Linker linker(models, rules);
  for (const std::string& text : units) linker.add(std::move(*facts_from_text(text, "")));
  const Report report = linker.report("/");
  const double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
  std::printf("%9zu calls, %6zu units: %7.3f s, %6.2f us a call, %4ld MiB, %zu findings\n", calls,
              units.size(), seconds, seconds / static_cast<double>(calls) * 1e6, peak_mib(),
              report.findings.size());
  return seconds / static_cast<double>(calls);
}

}  // namespace

int main() {
  auto models = Models::load();
  if (!models) return 2;
  std::vector<const RuleEntry*> rules;
  for (const RuleEntry& rule : all_rules()) rules.push_back(&rule);
  double least = 1;
  double last = 0;
  for (const std::size_t calls : {10'000u, 30'000u, 100'000u, 300'000u, 1'000'000u})
    least = std::min(least, last = link(calls, *models, rules));
  const bool is_linear = last < 3 * least, is_small = peak_mib() < 1024;
  std::printf("growth from the cheapest call to the last: %.2f (limit 3), peak %ld MiB (limit 1024)\n",
              last / least, peak_mib());
  return is_linear && is_small ? 0 : 1;
}
