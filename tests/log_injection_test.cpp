// Whatever a tree calls its files, flags and settings, or writes into its sources: what corolint tells of
// them is no command for a terminal, nor for a workflow runner that reads the log.

#include <doctest/doctest.h>

#include <sstream>

#include "fixture.h"
#include "llvm/ADT/StringRef.h"
#include "program.h"
#include "project_tree.h"
#include "sources.h"

using namespace corolint;

namespace {

// Fit for a file's name.
const std::string evil = "\x1b]0;x\x07\x1b[31m\r::error::y\n::error::z ##[error]\x9b\xe2\x80\xae";

bool is_harmless(const std::string& text) {
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);)
    if (llvm::StringRef(line).trim().starts_with("::")) return false;
  for (const char c : text)
    if (static_cast<unsigned char>(c) < ' ' && c != '\n') return false;
  for (const char* sign : {"##[", "\x7f", "\xc2\x9b", "\xe2\x80\xae"})
    if (text.find(sign) != std::string::npos) return false;
  return true;
}

std::string quoted(const std::string& word) {
  return "'" + word + "'";
}

// A tree of which all that can be named has an evil name.
struct EvilTree : ScratchFolder {
  EvilTree() {
    write(".git/HEAD", "");
    write(source, lazy_task +
                      "extern \"C\" unsigned sleep(unsigned);\ntask blocks() { sleep(1); co_return; } // " +
                      evil + "\n");
    write("broken.cpp", "#include \"no" + evil.substr(0, 8) + ".h\"\n#error " + evil + "\n");
    write("lonely" + evil + ".h", "inline task lonely() { co_return; }\n");
    enter(source, {"g" + evil + "++", "-std=c++20", "-fno-such" + evil, "@" + evil + ".rsp"});
    enter("broken.cpp", {"g++", "-std=c++20"});
    enter("gone" + evil + ".cpp", {"g++", "-std=c++20"});
    enter("objective" + evil + ".mm", {"g++"});
    enter("old.cpp", {"g++", "-std=" + evil});
    write("old.cpp", "");
    std::string text;
    llvm::raw_string_ostream(text) << llvm::json::Value(std::move(entries));
    write("compile_commands.json", text);
  }

  void enter(const std::string& file, Strings words) {
    words.insert(words.end(), {"-c", file});
    llvm::json::Array arguments;
    for (const std::string& word : words) arguments.push_back(llvm::json::fixUTF8(word));
    entries.push_back(llvm::json::Object{{"directory", path().string()},
                                         {"file", llvm::json::fixUTF8(file)},
                                         {"arguments", std::move(arguments)}});
  }

  // Runs corolint and checks what it tells, and all of it if the output is for people.
  void check(const std::string& arguments, bool for_people = true) const {
    const Outcome outcome = run_corolint(path(), arguments);
    CAPTURE(arguments);
    CAPTURE(outcome.err);
    CHECK(outcome.status <= 3);
    CHECK(is_harmless(outcome.err));
    if (for_people) CHECK_MESSAGE(is_harmless(outcome.out), outcome.out);
  }

  const std::string source = "a" + llvm::json::fixUTF8(evil) + ".cpp";
  llvm::json::Array entries;
};

}  // namespace

TEST_CASE("log injection: what a check tells of an evil tree") {
  const EvilTree tree;
  for (const std::string format : {"full", "concise", "statistics", "markdown", "json", "sarif", "junit"})
    tree.check("check -p . -o " + format);
  tree.check("check -p . -o github", false);
  tree.check("check -p . -q --profile");
  tree.check("check -p . --query-driver '/*'");
  tree.check("check -p . --cache-dir " + quoted("/dev/null/" + evil));
  tree.check("check -p . --fix --diff", false);
}

TEST_CASE("log injection: what the other commands tell of it") {
  const EvilTree tree;
  for (const std::string command :
       {"doctor", "plan -p . -o plan", "facts plan -o facts", "link plan facts -o result", "gate result",
        "graph blocks", "baseline create", "baseline explain ''", "baseline prune"})
    tree.check(command);
}

TEST_CASE("log injection: errors in evil files and arguments") {
  const EvilTree tree;
  const std::string key = "\\e[31m\\n::error::x ##[error]";
  for (const std::string& config :
       Strings{"\"" + key + "\": 1\n", "rules:\n  \"" + key + "\": off\n", "models: [\"" + key + ".json\"]\n",
               "extends: [\"" + key + "\"]\n", "exclude: 3\n# \x1b[31m\n", "a\x1b[31m\r::error::x: 1\n"}) {
    tree.write(".corolint.yaml", config);
    tree.check("check -p .");
    tree.check("config show");
  }
  std::filesystem::remove(tree.path() / ".corolint.yaml");
  const std::string json = "\\u001b[31m\\n::error::x ##[error]";
  for (const std::string& text :
       Strings{"{\"" + json + "\": 1}", "{\"version\": \"" + json + "\"}", "{\"id\": \"" + json + "\"}"}) {
    tree.write("evil.json", text);
    for (const char* command : {"models --models evil.json", "gate evil.json", "facts evil.json -o facts",
                                "check -p . --baseline evil.json"})
      tree.check(command);
  }
  for (const char* command : {"check ", "explain ", "check -A ", "check -o ", "models ", "gate ",
                              "check --since ", "check --patch ", "check --", ""})
    tree.check(command + quoted(evil));
}
