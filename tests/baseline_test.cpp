// Baselines: the file, what commands do with it, and how findings are matched.

#include <doctest/doctest.h>

#include <nlohmann/json.hpp>

#include "engine/baseline.h"
#include "engine/fingerprint.h"
#include "fixture.h"
#include "program.h"
#include "sources.h"

using namespace corolint;
namespace fs = std::filesystem;

namespace {

const std::string bad = lazy_task +
                        "extern \"C\" unsigned sleep(unsigned);\n"
                        "task blocks() { sleep(1); co_return; }\n"
                        "task again() { sleep(2); co_return; }\n";

Outcome baseline(const ScratchFolder& folder, const std::string& arguments) {
  return run_corolint(folder.path(), "baseline " + arguments);
}

ScratchFolder project() {
  return ScratchFolder({{"a.cpp", bad}, {"compile_flags.txt", "-std=c++20\n"}, {".corolint.yaml", ""}});
}

KnownFinding one(const std::string& id, const std::string& file, const std::string& context = "a:b") {
  return {"rule", id, file, "f()", "code", "", context, ""};
}

bool has(const std::string& text, const std::string& part) {
  if (text.find(part) != std::string::npos) return true;
  MESSAGE(text);
  return false;
}

}  // namespace

TEST_CASE("baseline: create writes a sorted file, one finding a line, and overwrites none") {
  const ScratchFolder folder = project();
  const Outcome made = baseline(folder, "create . --reason 'old code'");
  CHECK(made.status == 0);
  const std::string text = read_file(folder.path() / ".corolint-baseline.json");
  CHECK(std::count(text.begin(), text.end(), '\n') == 4);
  CHECK(has(text, "\"reason\":\"old code\""));
  CHECK(text.find("\"line\"") == std::string::npos);
  CHECK(has(text, "\"in\":\"blocks()\""));
  CHECK(nlohmann::json::parse(text)["fingerprint"] == "corolint/v1");
  const Outcome again = baseline(folder, "create .");
  CHECK(again.status == 2);
  CHECK(has(again.err, "is there already"));
}

TEST_CASE("baseline: a check hides what it knows, says so, and fails on the rest only") {
  const ScratchFolder folder = project();
  REQUIRE(baseline(folder, "create .").status == 0);
  const Outcome clean = run_corolint(folder.path(), "check . -o concise");
  CHECK(clean.status == 0);
  CHECK(clean.out.empty());
  CHECK(has(clean.err, "2 hidden: 2 in the baseline."));
  CHECK(run_corolint(folder.path(), "check . --no-baseline").status == 1);
  folder.write("a.cpp", bad + "task third() { sleep(3); co_return; }\n");
  const Outcome fresh = run_corolint(folder.path(), "check . -o concise");
  CHECK(fresh.status == 1);
  CHECK(std::count(fresh.out.begin(), fresh.out.end(), '\n') == 1);
  CHECK(has(fresh.out, "'third'"));
  CHECK(run_corolint(folder.path(), "check . --baseline nothing.json").status == 2);
  folder.write("broken.json", "{\"version\": 1, <<<<<<<");
  const Outcome broken = run_corolint(folder.path(), "check . --baseline broken.json");
  CHECK(broken.status == 2);
  CHECK(has(broken.err, "broken.json is no baseline"));
}

TEST_CASE("baseline: the configuration may name the file, and gate takes it too") {
  const ScratchFolder folder = project();
  folder.write(".corolint.yaml", "baseline: ci/known.json\n");
  fs::create_directory(folder.path() / "ci");
  REQUIRE(baseline(folder, "create .").status == 0);
  CHECK(fs::exists(folder.path() / "ci/known.json"));
  CHECK(run_corolint(folder.path(), "check . --save r.json").status == 0);
  CHECK(run_corolint(folder.path(), "gate r.json").status == 0);
  CHECK(run_corolint(folder.path(), "gate r.json --no-baseline").status == 1);
}

TEST_CASE("baseline: update takes out what is fixed and adds only if asked; prune tells of it") {
  const ScratchFolder folder = project();
  REQUIRE(baseline(folder, "create . --reason old").status == 0);
  CHECK(baseline(folder, "prune .").status == 0);
  folder.write("a.cpp", lazy_task +
                            "extern \"C\" unsigned sleep(unsigned);\ntask blocks() { sleep(1); co_return; }\n"
                            "task fresh() { sleep(9); co_return; }\n");
  const Outcome pruned = baseline(folder, "prune .");
  CHECK(pruned.status == 1);
  CHECK(has(pruned.out, "again()"));
  CHECK(has(baseline(folder, "update .").err, "0 added, 1 removed."));
  CHECK(baseline(folder, "prune .").status == 0);
  CHECK(run_corolint(folder.path(), "check .").status == 1);
  CHECK(has(baseline(folder, "update . --add --reason later").err, "1 added, 0 removed."));
  const std::string text = read_file(folder.path() / ".corolint-baseline.json");
  CHECK(has(text, "\"reason\":\"old\""));
  CHECK(has(text, "\"reason\":\"later\""));
  CHECK(run_corolint(folder.path(), "check .").status == 0);
}

TEST_CASE("baseline: what a run did not cover is neither fixed nor taken out") {
  const ScratchFolder folder = project();
  folder.write("b.cpp", bad);
  REQUIRE(baseline(folder, "create .").status == 0);
  folder.write("b.cpp", "int fine;\n");
  CHECK(baseline(folder, "prune a.cpp").status == 0);
  CHECK(has(baseline(folder, "update a.cpp").err, "4 findings"));
  CHECK(baseline(folder, "prune b.cpp").status == 1);
  folder.write("b.cpp", "#include \"missing.h\"\n");
  CHECK(baseline(folder, "prune b.cpp").status == 3);
}

TEST_CASE("baseline: explain tells where a known finding is now") {
  const ScratchFolder folder = project();
  REQUIRE(baseline(folder, "create .").status == 0);
  const auto entries =
      nlohmann::json::parse(read_file(folder.path() / ".corolint-baseline.json"))["findings"];
  const std::string id = entries[0]["id"];
  CHECK(has(baseline(folder, "explain " + id.substr(0, 10) + " .").out, "the same code in the same file"));
  CHECK(baseline(folder, "explain zzz .").status == 2);
  CHECK(has(baseline(folder, "migrate .").err, "is of version corolint/v1 already"));
}

TEST_CASE("baseline: identities of another version are refused, and migrate brings them over") {
  const ScratchFolder folder = project();
  REQUIRE(baseline(folder, "create . --reason kept").status == 0);
  const fs::path file = folder.path() / ".corolint-baseline.json";
  auto document = nlohmann::ordered_json::parse(read_file(file));
  document["fingerprint"] = "corolint/v0";
  for (auto& entry : document["findings"]) entry["id"] = "0123";
  folder.write(".corolint-baseline.json", document.dump());
  CHECK(run_corolint(folder.path(), "check .").status == 2);
  CHECK(baseline(folder, "migrate .").status == 0);
  CHECK(run_corolint(folder.path(), "check .").status == 0);
  CHECK(has(read_file(file), "\"reason\":\"kept\""));
}

TEST_CASE("baseline: the text survives a round trip") {
  const Baseline old{"corolint/v1", {one("1", "b"), one("2", "a"), one("2", "a")}};
  auto read = baseline_from_text(baseline_text(old), "f");
  REQUIRE(static_cast<bool>(read));
  CHECK(read->findings == std::vector{one("2", "a"), one("2", "a"), one("1", "b")});
  CHECK(baseline_text(*read) == baseline_text(old));
}

TEST_CASE("matching: twins are matched by number, those with other surroundings are new") {
  const auto pairs = match({one("1", "a", "x:y")}, {one("1", "a", "p:q"), one("1", "a", "x:q")}, {});
  REQUIRE(pairs.size() == 1);
  CHECK(pairs[0].now == 1);
  CHECK(match({one("1", "a"), one("1", "a")}, {one("1", "a")}, {}).size() == 1);
}

TEST_CASE("matching: files are told by git, else only where there is no doubt") {
  CHECK(match({one("1", "a")}, {one("1", "b")}, {})[0].phase == Phase::moved);
  CHECK(match({one("1", "a")}, {one("1", "b"), one("1", "c")}, {}).empty());
  const auto left = match({one("1", "a", "x:y"), one("1", "b", "x:y")}, {one("1", "c", "x:y")}, {});
  CHECK(left.size() == 1);  // one was fixed, the other one moved
  CHECK(match({one("1", "a", "x:y"), one("1", "b", "x:y")}, {one("1", "c", "x:q")}, {}).empty());
  const auto told = match({one("1", "a")}, {one("1", "b"), one("1", "c")}, {{"a", "c"}});
  REQUIRE(told.size() == 1);
  CHECK(told[0].now == 1);
  CHECK(told[0].phase == Phase::renamed);
}

TEST_CASE("matching: tokens are what the compiler sees") {
  CHECK(tokens_of("f( a, // why\n  \"a // b\", /* c */ 1'000, '\"' )") == "f(a,\"a // b\",1'000,'\"')");
  CHECK(tokens_of("return  x ;") == "return x;");
  CHECK(tokens_of("R\"(a  // b)\" ") == "R\"(a  // b)\"");
  CHECK(tokens_of("a /* open") == "a");
  CHECK(tokens_of("").empty());
  CHECK(shape_of("co_await socket.send(view(data, size), token::of(data), true);") ==
        "co_await $0.send(view($1,$2),token::of($1),true);");
  CHECK(shape_of("session one = made<session>(1, two);") == shape_of("session uno = made<session>(1, dos);"));
  CHECK(shape_of("session one = made<session>(1, two);") != shape_of("session one = made<session>(2, two);"));
}
