// ecosystem DIR [OWNER/NAME…] [-j N] [--kept] [--unjudged FILE]
//
// Runs corolint over the checkouts in DIR for which tests/ecosystem/ holds a file, and lays the findings
// beside the verdicts. Prints the numbers of each project and rule, what nobody has judged yet, and what is
// gone.
// `--kept` takes the results of the last run where there are some; `--unjudged` writes what to judge, at most
// 60 a rule and project, in the shape of verdicts. Ends with 1 if a unit crashed or a right finding is gone,
// else with 0.

#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <optional>
#include <set>

#include "ecosystem_project.h"

using namespace corolint;
namespace fs = std::filesystem;
using nlohmann::json;

namespace {

constexpr std::size_t most_judged = 60;

struct Request {
  fs::path checkouts;
  std::vector<std::string> projects;
  std::string jobs = "2";
  bool is_kept = false;
  std::optional<fs::path> unjudged;
};

struct Units {
  std::size_t all = 0, analysed = 0, lost = 0;  // lost: crashed or ran away
};

json json_in(const fs::path& file) {
  std::ifstream stream(file);
  if (!stream) throw std::runtime_error(file.string() + " cannot be read");
  return json::parse(stream);
}

void write(const fs::path& file, const std::string& text) {
  fs::create_directories(file.parent_path());
  std::ofstream(file) << text;
}

std::string in_quotes(const fs::path& path) {
  return "'" + path.string() + "'";
}

void run_or_throw(const std::string& command) {
  if (std::system(command.c_str()) != 0) throw std::runtime_error("failed: " + command);
}

// Makes what the project's compile database needs, and the database.
void prepare(const EcosystemProject& project, const EcosystemFolders& folders) {
  fs::remove_all(folders.made);
  fs::create_directories(folders.made / "stand-ins");
  for (const auto& [file, lines] : project.stand_ins) {
    std::string text;
    for (const std::string& line : lines) text += line + "\n";
    write(folders.made / "stand-ins" / file, text);
  }
  for (const std::string& command : project.prepare)
    run_or_throw("cd " + in_quotes(folders.made) + " && " + with_folders(command, folders));
  write(folders.made / "compile_commands.json", compile_database_of(project, folders).dump(1));
}

// Runs corolint in the checkout; returns its result.
json result_of(const EcosystemProject& project, const Request& request) {
  std::string name = project.project;
  name[name.find('/')] = '+';
  const EcosystemFolders folders = {request.checkouts / project.project, request.checkouts,
                                    fs::path(BUILD_DIR) / "ecosystem" / name};
  const fs::path result = folders.made / "result.json";
  if (request.is_kept && fs::exists(result)) return json_in(result);
  prepare(project, folders);
  run_or_throw("cd " + in_quotes(folders.root) +
               " && '" COROLINT "' check -q --fail-on never --on-broken warn -j " + request.jobs + " -p " +
               in_quotes(folders.made / "compile_commands.json") + " -o " +
               in_quotes("json:" + result.string()) + " 2>" + in_quotes(folders.made / "stderr"));
  return json_in(result);
}

Units units_of(const json& result) {
  Units units{result.at("counts").at("units"), result.at("counts").at("analysed_units"), 0};
  for (const json& broken : result.at("broken_units"))
    if (broken.at("errors").empty()) ++units.lost;
  return units;
}

std::size_t of(const std::map<Judgement, std::size_t>& judged, Judgement judgement) {
  const auto found = judged.find(judgement);
  return found == judged.end() ? 0 : found->second;
}

void print_row(const std::string& name, const Tally& tally) {
  const auto judged = [&](Judgement judgement) { return of(tally.judged, judgement); };
  const auto gone = [&](Judgement judgement) { return of(tally.gone, judgement); };
  using enum Judgement;
  std::printf("  %-28s %5zu %6zu %6zu %8zu %6zu   %4zu/%zu/%zu   %9s %7s\n", name.c_str(), tally.findings,
              judged(right), judged(wrong), judged(arguable), tally.fresh, gone(right), gone(wrong),
              gone(arguable), precision(tally.judged).c_str(), strict_precision(tally.judged).c_str());
}

void print_head(const std::string& title) {
  std::printf("%s\n  %-28s %5s %6s %6s %8s %6s   %8s   %9s %7s\n", title.c_str(), "rule", "found", "right",
              "wrong", "arguable", "new", "gone", "precision", "strict");
}

std::string word_of(Precision precision) {
  constexpr const char* words[] = {"unknown", "low", "medium", "high", "very high"};
  return words[static_cast<int>(precision)];
}

// Says where a rule claims another precision than was measured: SARIF carries the claim.
void print_claims(const std::map<std::string, Tally>& rules) {
  for (const RuleEntry& entry : all_rules()) {
    const auto tally = rules.find(std::string(entry.name));
    const Precision measured =
        tally == rules.end() ? Precision::unknown : precision_class(tally->second.judged);
    if (measured != entry.rule.precision)
      std::printf("  %s claims the precision '%s', measured is '%s'\n", std::string(entry.name).c_str(),
                  word_of(entry.rule.precision).c_str(), word_of(measured).c_str());
  }
}

json skeleton(const std::string& project, const EcosystemFinding& finding) {
  const FindingKey& key = finding.key;
  return {{"project", project},       {"rule", key.rule},       {"file", key.file},
          {"function", key.function}, {"message", key.message}, {"names", key.names},
          {"shown", finding.shown},   {"verdict", ""},          {"why", ""}};
}

void print_changes(const Comparison& comparison) {
  for (const EcosystemFinding& finding : comparison.fresh)
    std::printf("  new   %s [%s]\n", finding.shown.c_str(), finding.key.rule.c_str());
  constexpr const char* names[] = {"right", "wrong", "arguable"};
  for (const Verdict& gone : comparison.gone)
    std::printf("  gone  %s: %s in %s [%s, %s]\n", names[static_cast<int>(gone.judgement)],
                gone.key.message.c_str(), gone.key.function.c_str(), gone.key.rule.c_str(),
                gone.key.file.c_str());
}

Request request_from(int count, char** words) {
  Request request;
  for (int i = 1; i < count; ++i) {
    const std::string word = words[i];
    if (word == "--kept") {
      request.is_kept = true;
    } else if ((word == "-j" || word == "--unjudged") && i + 1 < count) {
      if (word == "-j")
        request.jobs = words[++i];
      else
        request.unjudged = words[++i];
    } else if (request.checkouts.empty()) {
      request.checkouts = fs::canonical(word);
    } else {
      request.projects.push_back(word);
    }
  }
  if (request.checkouts.empty()) throw std::runtime_error("name the folder of the checkouts");
  return request;
}

bool is_wanted(const EcosystemProject& project, const Request& request) {
  if (!fs::is_directory(request.checkouts / project.project)) {
    std::printf("%s: no checkout\n", project.project.c_str());
    return false;
  }
  return request.projects.empty() || std::ranges::count(request.projects, project.project) != 0;
}

int run(const Request& request) {
  std::map<std::string, Tally> rules;
  Tally errors, all;
  Units units;
  json unjudged = json::array();
  std::set<fs::path> files;
  for (const auto& entry : fs::directory_iterator(fs::path(SOURCE_DIR) / "tests/ecosystem"))
    if (entry.path().extension() == ".json") files.insert(entry.path());
  for (const fs::path& file : files) {
    const EcosystemProject project = project_from(json_in(file));
    if (!is_wanted(project, request)) continue;
    const json result = result_of(project, request);
    const Units read = units_of(result);
    units.all += read.all, units.analysed += read.analysed, units.lost += read.lost;
    const Comparison comparison = compare(findings_from(result), project.verdicts);
    print_head(project.project + " (" + project.library + " " + project.kind +
               "): " + std::to_string(read.analysed) + " of " + std::to_string(read.all) +
               " units analysed, " + std::to_string(read.lost) + " lost");
    for (const auto& [rule, tally] : comparison.rules)
      print_row(rule, tally), rules[rule] += tally, all += tally;
    errors += comparison.errors;
    print_changes(comparison);
    for (const EcosystemFinding& finding : sample(comparison.fresh, most_judged))
      unjudged.push_back(skeleton(project.project, finding));
    std::fflush(stdout);
  }
  print_head("all: " + std::to_string(units.analysed) + " of " + std::to_string(units.all) +
             " units analysed, " + std::to_string(units.lost) + " lost");
  for (const auto& [rule, tally] : rules) print_row(rule, tally);
  print_row("level error", errors);
  print_row("all", all);
  if (request.projects.empty()) print_claims(rules);
  if (request.unjudged) write(*request.unjudged, unjudged.dump(1) + "\n");
  return units.lost == 0 && of(all.gone, Judgement::right) == 0 ? 0 : 1;
}

}  // namespace

int main(int count, char** words) {
  try {
    return run(request_from(count, words));
  } catch (const std::exception& error) {
    std::fprintf(stderr, "ecosystem: %s\n", error.what());
    return 2;
  }
}
