// How findings meet their verdicts, how a project's file becomes a compile database, and that the files that
// are there can be read.

#include <doctest/doctest.h>

#include <fstream>
#include <nlohmann/json.hpp>

#include "ecosystem_project.h"
#include "engine/own_rules.h"
#include "program.h"

using namespace corolint;
namespace fs = std::filesystem;
using nlohmann::json;

namespace {

EcosystemFinding finding(const std::string& function, const std::vector<std::string>& names,
                         const std::string& level = "warning") {
  return {{"missing-timeout", "src/a.cpp", function, "unbounded", names}, level, "src/a.cpp:1"};
}

Verdict verdict(const std::string& function, const std::vector<std::string>& names, Judgement judgement,
                std::size_t count = 1) {
  return {finding(function, names).key, count, judgement, "because"};
}

// A project in a folder of checkouts, as its file describes it.
json project_file() {
  return {{"project", "acme/server"},
          {"commit", "1"},
          {"library", "Asio"},
          {"kind", "application"},
          {"uses", {"acme/lib"}},
          {"flags", {"-I{root}/include", "-I{dir}/acme/lib", "-I{made}"}},
          {"verdicts", json::array()},
          {"units", {{{"sources", {"src", "main.cc"}}, {"skip", {"src/windows", "*_test.cpp"}}}}}};
}

EcosystemFolders folders_in(const ScratchFolder& folder) {
  return {folder.path() / "acme/server", folder.path(), "/made"};
}

std::string problem_of(json file, const ScratchFolder& folder) {
  try {
    compile_database_of(project_from(file), folders_in(folder));
  } catch (const std::exception& error) {
    return error.what();
  }
  return "none";
}

}  // namespace

TEST_CASE("ecosystem: a finding has the verdict with its key, whatever its line") {
  const Comparison result =
      compare({finding("f", {"read"}), finding("g", {"read"}, "error")},
              {verdict("f", {"read"}, Judgement::right), verdict("g", {"read"}, Judgement::wrong)});
  const Tally& tally = result.rules.at("missing-timeout");
  CHECK(tally.findings == 2);
  CHECK(tally.judged.at(Judgement::right) == 1);
  CHECK(tally.judged.at(Judgement::wrong) == 1);
  CHECK(precision(tally.judged) == "50 %");
  CHECK(result.errors.findings == 1);
  CHECK(precision(result.errors.judged) == "0 %");
  CHECK(result.fresh.empty());
  CHECK(result.gone.empty());
}

TEST_CASE("ecosystem: what no verdict names is new, what no finding names is gone") {
  const Comparison result = compare({finding("f", {"write"})}, {verdict("f", {"read"}, Judgement::wrong, 2)});
  CHECK(result.fresh.size() == 1);
  REQUIRE(result.gone.size() == 1);
  CHECK(result.gone[0].count == 2);
  CHECK(result.rules.at("missing-timeout").gone.at(Judgement::wrong) == 2);
  CHECK(precision(result.rules.at("missing-timeout").judged) == "-");
}

TEST_CASE("ecosystem: twins in a function need a verdict each, or one that counts them") {
  const std::vector<EcosystemFinding> twins(3, finding("f", {"read"}));
  CHECK(compare(twins, {verdict("f", {"read"}, Judgement::right)}).fresh.size() == 2);
  CHECK(compare(twins, {verdict("f", {"read"}, Judgement::right, 3)}).fresh.empty());
  const Comparison mixed = compare(
      twins, {verdict("f", {"read"}, Judgement::right, 2), verdict("f", {"read"}, Judgement::wrong, 2)});
  CHECK(mixed.rules.at("missing-timeout").judged.at(Judgement::right) == 2);
  CHECK(mixed.rules.at("missing-timeout").judged.at(Judgement::wrong) == 1);
  REQUIRE(mixed.gone.size() == 1);
  CHECK(mixed.gone[0].count == 1);
}

TEST_CASE("ecosystem: a verdict without names fits what no exact one takes") {
  const Comparison result =
      compare({finding("f", {"write"}), finding("f", {"read"})},
              {verdict("f", {}, Judgement::right), verdict("f", {"write"}, Judgement::wrong)});
  CHECK(result.fresh.empty());
  CHECK(result.gone.empty());
  CHECK(compare({finding("g", {"read"})}, {verdict("f", {}, Judgement::right)}).fresh.size() == 1);
}

TEST_CASE("ecosystem: precision leaves the arguable out, strict precision counts them") {
  const std::map<Judgement, std::size_t> judged = {
      {Judgement::right, 9}, {Judgement::wrong, 1}, {Judgement::arguable, 5}};
  CHECK(precision(judged) == "90 %");
  CHECK(strict_precision(judged) == "60 %");
  CHECK(precision({{Judgement::right, 199}, {Judgement::wrong, 1}}) == "99 %");
  CHECK(precision({}) == "-");
}

TEST_CASE("ecosystem: the word for the precision is what the numbers leave likely at least") {
  const auto of = [](std::size_t right, std::size_t wrong) {
    return precision_class({{Judgement::right, right}, {Judgement::wrong, wrong}, {Judgement::arguable, 99}});
  };
  CHECK(of(9, 0) == Precision::unknown);
  CHECK(of(10, 0) == Precision::medium);
  CHECK(of(30, 0) == Precision::high);
  CHECK(of(100, 0) == Precision::very_high);
  CHECK(of(84, 1) == Precision::high);
  CHECK(of(14, 0) == Precision::medium);
  CHECK(of(50, 50) == Precision::low);
}

TEST_CASE("ecosystem: a sample is the same in every run and no larger than asked for") {
  std::vector<EcosystemFinding> findings;
  for (int i = 0; i < 100; ++i) findings.push_back(finding("f" + std::to_string(i), {}));
  const auto first = sample(findings, 10);
  std::reverse(findings.begin(), findings.end());
  const auto second = sample(findings, 10);
  CHECK(first.size() == 10);
  CHECK(first == second);
  CHECK(sample(findings, 1000).size() == 100);
  const auto is_first_ten = std::all_of(first.begin(), first.end(), [](const EcosystemFinding& finding) {
    return finding.key.function.size() == 2;
  });
  CHECK_FALSE(is_first_ten);
}

TEST_CASE("ecosystem: corolint's json gives findings without their lines") {
  const json report = {{"findings",
                        {{{"rule", "missing-timeout"},
                          {"level", "note"},
                          {"place", {{"file", "src/a.cpp"}, {"line", 7}}},
                          {"message", "waits"},
                          {"message_id", "unbounded"},
                          {"arguments", {"read"}},
                          {"function", "f"}}}}};
  const auto findings = findings_from(report);
  REQUIRE(findings.size() == 1);
  CHECK(findings[0].key == finding("f", {"read"}).key);
  CHECK(findings[0].shown == "src/a.cpp:7: note: waits");
}

TEST_CASE("ecosystem: a project's file becomes a compile database") {
  const ScratchFolder folder({{"acme/server/src/a.cpp", ""},
                              {"acme/server/src/deep/b.cxx", ""},
                              {"acme/server/src/a.h", ""},
                              {"acme/server/src/a_test.cpp", ""},
                              {"acme/server/src/windows_too.cpp", ""},
                              {"acme/server/src/windows/c.cpp", ""},
                              {"acme/server/main.cc", ""},
                              {"acme/lib/lib.h", ""}});
  const auto database = compile_database_of(project_from(project_file()), folders_in(folder));
  const std::string root = (folder.path() / "acme/server").string();
  std::vector<std::string> files;
  for (const auto& entry : database) files.push_back(entry.at("file"));
  CHECK(files == std::vector<std::string>{root + "/main.cc", root + "/src/a.cpp", root + "/src/deep/b.cxx",
                                          root + "/src/windows_too.cpp"});
  CHECK(database[0].at("directory") == root);
  CHECK(database[0].at("arguments") ==
        json({"clang++-22", "-I" + root + "/include", "-I" + (folder.path() / "acme/lib").string(), "-I/made",
              "-isystem", "/made/stand-ins", "-c", root + "/main.cc"}));
}

TEST_CASE("ecosystem: what is not there is named") {
  const ScratchFolder folder(std::map<std::string, std::string>{{"acme/server/main.cc", ""}});
  CHECK(problem_of(project_file(), folder).find("uses acme/lib") != std::string::npos);
  json file = project_file();
  file["uses"] = json::array();
  CHECK(problem_of(file, folder).find("acme/server/src is not there") != std::string::npos);
  file["verdicts"] = {{{"rule", "r"},
                       {"file", "f"},
                       {"function", "f"},
                       {"message", "m"},
                       {"verdict", "so-so"},
                       {"why", "x"}}};
  CHECK(problem_of(file, folder).find("'so-so'") != std::string::npos);
  file["verdicts"][0]["verdict"] = "right";
  file["verdicts"][0]["why"] = "";
  CHECK(problem_of(file, folder).find("says why") != std::string::npos);
}

TEST_CASE("ecosystem: every file can be read, and speaks of rules that there are") {
  std::size_t files = 0;
  for (const auto& entry : fs::directory_iterator(fs::path(SOURCE_DIR) / "tests/ecosystem")) {
    CAPTURE(entry.path().string());
    std::ifstream stream(entry.path());
    const EcosystemProject project = project_from(json::parse(stream));
    CHECK(project.commit.size() == 40);
    for (const Verdict& verdict : project.verdicts)
      CHECK_MESSAGE(std::ranges::any_of(
                        every_rule(), [&](const RuleEntry* rule) { return rule->name == verdict.key.rule; }),
                    verdict.key.rule);
    ++files;
  }
  CHECK(files >= 1);
}
