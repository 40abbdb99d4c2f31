#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <vector>

namespace corolint {

// What the models answer for one line: "block net", "task lazy"; the second word is the entry's class, start
// or confidence.
struct ModelAnswer {
  std::string role;
  std::vector<std::string> words;
};

// Returns what the models answer, by line of the file, for the calls on the line, the type of a variable that
// is declared or an exception that is caught there, and the objects it refers to.
std::map<unsigned, std::vector<ModelAnswer>> model_answers(const std::filesystem::path& fixture);

}  // namespace corolint
