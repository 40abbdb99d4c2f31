// `check` is plan, facts, link and gate in one process: the same bytes come out, however the work is spread.

#include <doctest/doctest.h>

#include <algorithm>
#include <random>

#include "fixture.h"
#include "program.h"

using namespace corolint;
namespace fs = std::filesystem;

namespace {

// A copy of a fixture of several files with flags beside it.
struct ChainProject : ScratchFolder {
  ChainProject() {
    const fs::path fixture = fixtures_folder() / "blocking-call-in-coroutine" / "chain_of_12";
    for (const auto& entry : fs::directory_iterator(fixture)) fs::copy(entry.path(), path());
    const std::string lib = (fixtures_folder() / "lib").string();
    write("compile_flags.txt",
          "-std=c++20\n-nostdinc++\n-isystem\n" + lib + "/std\n-isystem\n" + lib + "/task\n");
  }

  Outcome corolint(const std::string& arguments) const { return run_corolint(path(), arguments); }
  std::string file(const std::string& name) const { return read_file(path() / name); }
};

std::string facts_in_shards(const ChainProject& project, unsigned shards, std::mt19937& random) {
  std::vector<unsigned> order(shards);
  for (unsigned i = 0; i < shards; ++i) order[i] = i + 1;
  std::shuffle(order.begin(), order.end(), random);
  std::string folders;
  for (const unsigned shard : order) {
    const std::string folder = "facts-" + std::to_string(shards) + "-" + std::to_string(shard);
    const auto outcome = project.corolint("facts plan.json --shard " + std::to_string(shard) + "/" +
                                          std::to_string(shards) + " -o " + folder);
    CHECK_MESSAGE(outcome.status == 0, outcome.err);
    folders += " " + folder;
  }
  return folders;
}

}  // namespace

TEST_SUITE_BEGIN("acceptance 4: determinism");

TEST_CASE("one process, eight workers and 1 to 20 shards in any order give the same bytes") {
  const ChainProject project;
  const auto outputs = [](const std::string& name) {
    return " -o json:" + name + ".json -o sarif:" + name + ".sarif -o full:" + name + ".txt";
  };
  CHECK(project.corolint("check . -j1" + outputs("one")).status == 1);
  CHECK(project.corolint("check . -j8" + outputs("eight")).status == 1);
  CHECK(project.corolint("plan . -o plan.json").status == 0);
  std::mt19937 random(7);
  std::vector<std::string> names = {"eight"};
  for (const unsigned shards : {1u, 2u, 3u, 7u, 20u}) {
    const std::string name = "shards" + std::to_string(shards);
    const auto linked = project.corolint("link plan.json" + facts_in_shards(project, shards, random) +
                                         " -o " + name + ".result");
    CHECK_MESSAGE(linked.status == 0, linked.err);
    CHECK(project.corolint("gate " + name + ".result" + outputs(name)).status == 1);
    names.push_back(name);
  }
  for (const std::string& name : names)
    for (const std::string kind : {".json", ".sarif", ".txt"})
      CHECK_MESSAGE(project.file("one" + kind) == project.file(name + kind), name << kind);
  CHECK(project.file("one.json").find("twelve_calls") != std::string::npos);
}

TEST_SUITE_END();

TEST_CASE("link stops, by name, at facts that are missing, broken or of another plan") {
  const ChainProject project;
  CHECK(project.corolint("plan . -o plan.json").status == 0);
  CHECK(project.corolint("facts plan.json -o facts").status == 0);
  const fs::path one = project.path() / "facts" / "000003.facts.json";
  const std::string whole = read_file(one);

  project.write("facts/000003.facts.json", whole.substr(0, whole.size() / 2));
  const auto broken = project.corolint("link plan.json facts -o result");
  CHECK(broken.status == 2);
  CHECK(broken.err.find("000003.facts.json is no facts file, or only a part of one") != std::string::npos);

  std::string changed = whole;
  changed[changed.rfind("step_")] = 'S';
  project.write("facts/000003.facts.json", changed);
  const auto other = project.corolint("link plan.json facts -o result");
  CHECK(other.status == 2);
  CHECK(other.err.find("000003.facts.json is not as 'corolint facts' wrote it") != std::string::npos);

  fs::remove(one);
  const auto missing = project.corolint("link plan.json facts -o result");
  CHECK(missing.status == 2);
  CHECK(missing.err.find("step_03.cpp (000003.facts.json) are missing") != std::string::npos);
  CHECK(!fs::exists(project.path() / "result"));
  const auto allowed = project.corolint("link plan.json facts -o result --allow-missing");
  CHECK(allowed.status == 3);
  const auto gated = project.corolint("gate result -o sarif:log.sarif --fail-on never");
  CHECK(gated.status == 3);
  CHECK(gated.err.find("step_03.cpp: its facts are missing") != std::string::npos);
  CHECK(project.file("log.sarif").find("its facts are missing") != std::string::npos);

  project.write("facts/000003.facts.json", whole);
  CHECK(project.corolint("plan step_01.cpp step_02.cpp step_03.cpp step_04.cpp -o other.json").status == 0);
  const auto mixed = project.corolint("link other.json facts -o result");
  CHECK(mixed.status == 2);
  CHECK(mixed.err.find("holds facts of another plan") != std::string::npos);
}

TEST_CASE("graph shows why a function blocks and where its deadline comes from") {
  const ChainProject project;
  const auto blocks = project.corolint("graph . --from two_calls");
  CHECK(blocks.out ==
        "'two_calls' blocks: it comes to 'sleep'\n"
        "  1  two_calls  coroutine.cpp:21:3  calls 'step_11'\n"
        "  2  step_11  step_11.cpp:3:3  calls 'step_12'\n"
        "  3  step_12  step_12.cpp:4:3  calls 'sleep'\n");
  CHECK(project.corolint("graph . --from two_calls --to step_12 -o dot").out ==
        "digraph corolint {\n  node [shape=box];\n  \"step_11\" -> \"step_12\" [label=\"step_11.cpp:3:3\"];\n"
        "  \"two_calls\" -> \"step_11\" [label=\"coroutine.cpp:21:3\"];\n}\n");
  CHECK(project.corolint("graph . --from nobody").status == 2);
  const ScratchFolder timed;
  timed.write("a.cpp", R"(#include <boost/asio.hpp>
#include <boost/asio/experimental/awaitable_operators.hpp>
namespace asio = boost::asio;
using namespace asio::experimental::awaitable_operators;
asio::awaitable<void> ask(asio::ip::tcp::socket& s);
asio::awaitable<void> talk(asio::ip::tcp::socket& s) { co_await ask(s); }
asio::awaitable<void> guard(asio::ip::tcp::socket& s, asio::steady_timer& t) {
  co_await (talk(s) || t.async_wait(asio::use_awaitable));
}
  )");
  const std::string lib = (fixtures_folder() / "lib").string();
  const auto deadline =
      run_corolint(timed.path(), "graph a.cpp --from ask -- -std=c++20 -nostdinc++ -isystem " + lib +
                                     "/std -isystem " + lib + "/asio");
  CHECK_MESSAGE(deadline.out.find("'ask' has a time limit: 'guard' sets one") != std::string::npos,
                (deadline.out + deadline.err));
}
