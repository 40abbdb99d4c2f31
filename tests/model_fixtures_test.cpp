// fixtures/models/<library>.cpp exercise each library's model: `// model: role[ word], …` at the end of a
// line says what the models answer for it; a line without such a comment must have no answer.

#include <doctest/doctest.h>

#include <algorithm>
#include <regex>
#include <set>
#include <sstream>

#include "fixture.h"
#include "model_answers.h"

using namespace corolint;
namespace fs = std::filesystem;

namespace {

struct Stated {
  std::string role, word;
};

std::map<unsigned, std::vector<Stated>> read_statements(const std::string& text) {
  std::map<unsigned, std::vector<Stated>> statements;
  std::istringstream lines(text);
  std::string line;
  for (unsigned number = 1; std::getline(lines, line); ++number) {
    const std::size_t at = line.find("// model: ");
    if (at == std::string::npos) continue;
    std::istringstream items(line.substr(at + 10));
    std::string item;
    while (std::getline(items, item, ',')) {
      std::istringstream words(item);
      Stated stated;
      words >> stated.role >> stated.word;
      statements[number].push_back(stated);
    }
  }
  return statements;
}

std::string spelled(const ModelAnswer& answer) {
  std::string text = answer.role;
  for (const std::string& word : answer.words) text += word.empty() ? "" : " " + word;
  return text;
}

void compare(const std::string& where, const std::vector<Stated>& stated,
             const std::vector<ModelAnswer>& answers) {
  for (const ModelAnswer& answer : answers)
    if (std::none_of(stated.begin(), stated.end(),
                     [&](const Stated& one) { return one.role == answer.role; }))
      FAIL_CHECK(where << ": not stated: " << spelled(answer));
  for (const Stated& one : stated) {
    const auto answer = std::find_if(answers.begin(), answers.end(),
                                     [&](const ModelAnswer& some) { return some.role == one.role; });
    if (answer == answers.end())
      FAIL_CHECK(where << ": no answer: " << one.role);
    else if (!one.word.empty() &&
             std::find(answer->words.begin(), answer->words.end(), one.word) == answer->words.end())
      FAIL_CHECK(where << ": stated " << one.role << " " << one.word << ", but the answer is "
                       << spelled(*answer));
    CHECK(true);
  }
}

std::vector<fs::path> model_fixtures() {
  std::vector<fs::path> files;
  for (const auto& entry : fs::directory_iterator(fixtures_folder() / "models"))
    if (entry.path().extension() == ".cpp" && can_compile(entry.path()))
      files.push_back(fs::canonical(entry.path()));
  std::sort(files.begin(), files.end());
  return files;
}

}  // namespace

TEST_CASE("model fixtures") {
  for (const fs::path& fixture : model_fixtures()) {
    SUBCASE(fixture.filename().c_str()) {
      const auto stated = read_statements(read_file(fixture));
      auto answers = model_answers(fixture);
      for (const auto& [line, statements] : stated) answers[line];
      for (const auto& [line, found] : answers) {
        const auto at = stated.find(line);
        compare(fixture.filename().string() + ":" + std::to_string(line),
                at == stated.end() ? std::vector<Stated>() : at->second, found);
      }
    }
  }
}

TEST_CASE("every role that a library's model has is exercised by its fixture") {
  for (const Library& library : fixture_models().libraries()) {
    std::set<std::string> stated;
    const fs::path fixture = fixtures_folder() / "models" / (library.id + ".cpp");
    for (const auto& [line, statements] : read_statements(read_file(fixture)))
      for (const Stated& one : statements) stated.insert(one.role);
    for (const Entry& entry : library.entries)
      CHECK_MESSAGE(stated.contains(std::string(role_name(entry.role))),
                    library.id << ": no line of its fixture states " << role_name(entry.role));
  }
}
