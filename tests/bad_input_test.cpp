// Files that are cut off, empty, huge, binary, in another encoding or made to break a reader: each gives an
// error that names the file and the place, and never a crash.

#include <doctest/doctest.h>

#include "fixture.h"
#include "program.h"
#include "project_tree.h"
#include "sources.h"

using namespace corolint;

namespace {

const std::string database = R"([{"directory": ".", "file": "a.cpp", "command": "g++ -c a.cpp"}])";

std::string repeated(const std::string& part, std::size_t times) {
  std::string text;
  for (std::size_t i = 0; i < times; ++i) text += part;
  return text;
}

// What no reader of text takes, with the end of its error.
struct BadText {
  std::string text, error;
};

const std::vector<BadText> no_texts = {
    {std::string(4, '\0'), ":1:1: a zero byte: this is no text"},
    {"\n\n  \xFF", ":3:3: this is not UTF-8: save the file as UTF-8"},
    {"\xFF\xFE[\0]\0", ":1:1: this is UTF-16: save the file as UTF-8"},
    {"\n[\"caf\xE9\"]", ":2:6: this is not UTF-8: save the file as UTF-8"},
};

// Runs `command`, whose input is the file `name`, with each of `texts` in it.
void refuses(const std::string& name, const std::string& command, const std::vector<BadText>& texts) {
  for (const BadText& bad : texts) {
    const ScratchFolder folder({{"a.cpp", "int x;\n"}, {name, bad.text}});
    const Outcome outcome = run_corolint(folder.path(), command);
    CAPTURE(command);
    CAPTURE(bad.text.substr(0, 100));
    CAPTURE(outcome.err);
    CHECK(outcome.status == 2);
    CHECK(outcome.out.empty());
    CHECK(outcome.err.find(name + bad.error) != std::string::npos);
  }
}

}  // namespace

TEST_CASE("bad input: compile database") {
  std::vector<BadText> texts = no_texts;
  const std::string deep = ":1:501: this is nested more than 500 levels deep";
  texts.insert(texts.end(),
               {{"", ":1:1 is broken (Unexpected EOF)"},
                {" \n ", ":2:2 is broken (Unexpected EOF)"},
                {database.substr(0, 40), ":1:41 is broken (Unterminated string)"},
                {database + database, ":1:65 is broken (Text after end of document)"},
                {repeated("[", 200'000), deep},
                {repeated("[", 501) + repeated("]", 501), deep},
                {repeated("{\"a\":", 200'000), ":1:2501: this is nested more than 500 levels deep"},
                {"{}", " is broken (Expected array.)"},
                {"[1]", " is broken (Expected object.)"},
                {R"([{"directory": ".", "file": "a.cpp", "command": "g++ -DX=\u0000 a.cpp"}])",
                 " is broken (a zero byte in the entry of 'a.cpp')"}});
  refuses("compile_commands.json", "check -p .", texts);
}

TEST_CASE("bad input: a database with a byte order mark or with CRLF is read") {
  for (const std::string& text : {"\xEF\xBB\xBF" + database, "[\r\n" + database.substr(1) + "\r\n"}) {
    const ScratchFolder folder({{"a.cpp", "int x;\n"}, {"compile_commands.json", text}});
    CHECK(run_corolint(folder.path(), "check -p .").status == 0);
  }
}

TEST_CASE("bad input: a database with 100,000 entries, and one of 50 MB") {
  Tree tree;
  std::string entries, long_command;
  for (unsigned i = 0; i < 100'000; ++i)
    entries += (i ? "," : "") + std::string(R"({"directory":"/nowhere","file":")") + std::to_string(i) +
               R"(.cpp","arguments":["g++","-c",")" + std::to_string(i) + ".cpp\"]}\n";
  tree.write("compile_commands.json", "[" + entries + "]");
  CHECK(tree.open({{}, ".", {}}).commands.size() == 100'000);
  const std::string flags = repeated("-DX=1 ", 8'000'000);
  tree.write("compile_commands.json",
             R"([{"directory":"/nowhere","file":"a.cpp","command":"g++ )" + flags + R"( a.cpp"}])");
  CHECK(tree.open({{}, ".", {}}).commands.size() == 1);
}

TEST_CASE("bad input: configuration") {
  std::vector<BadText> texts = no_texts;
  const std::string deep = ": this is nested more than 500 levels deep";
  texts.insert(texts.end(), {{"models: [", ":1:9: Could not find closing ]!"},
                             {"models: [a/b", ":1:12: Could not find closing ]!"},
                             {"models: 3", ":1:9: this must be a list, not a number"},
                             {"models: " + repeated("[", 100'000), ":1:509" + deep},
                             {repeated("{a: ", 100'000), ":1:2001" + deep},
                             {repeated("? ", 100'000), ":1:501" + deep},
                             {"models:\n" + repeated("- ", 100'000), ":2:501" + deep},
                             {"models: *a\n", ":2:1: anchors and aliases are not understood"},
                             {"\"models", ":1:7: Expected quote at end of scalar"}});
  refuses(".corolint.yaml", "check a.cpp -- -std=c++20", texts);
}

TEST_CASE("bad input: models, plans, facts and results") {
  const std::string deep = ":1:501: this is nested more than 500 levels deep";
  const std::vector<BadText> models = {{"", ":1:1: this file is empty"},
                                       {"# nothing\n", ":1:1: this file is empty"},
                                       {"{\"id\": ", ":1:"},
                                       {repeated("[", 100'000), deep}};
  for (const std::vector<BadText>& more : {no_texts, models})
    refuses("m.json", "check a.cpp --models m.json -- -std=c++20", more);
  const std::vector<BadText> machine_made = {{"", " is no "},
                                             {"{", " is no "},
                                             {"[]", " is no "},
                                             {repeated("[", 1'000'000), " is no "},
                                             {repeated("{\"a\":", 1'000'000), " is no "}};
  for (const std::vector<BadText>& more : {no_texts, machine_made}) {
    refuses("plan", "facts plan -o facts", more);
    refuses("plan", "link plan . -o result", more);
    refuses("result", "gate result", more);
  }
}

TEST_CASE("bad input: response files") {
  ScratchFolder folder({{"a.cpp", "static_assert(X == 1);\n"},
                        {"itself.rsp", "-DX=1 @itself.rsp"},
                        {"no_text.rsp", std::string("-DX=1 \0\xFF\xFE", 9)},
                        {"folder.rsp/x", ""},
                        {"empty.rsp", ""},
                        {"mark.rsp", "\xEF\xBB\xBF-DX=1\r\n"},
                        {"utf16.rsp", std::string("\xFF\xFE-\0D\0X\0=\0001\0", 12)},
                        {"open.rsp", "-DX=1 -DY=\"no end"},
                        {"bomb0.rsp", "-DX=1 @bomb1.rsp"}});
  for (unsigned i = 1; i < 40; ++i) {
    const std::string next = "@bomb" + std::to_string(i + 1) + ".rsp ";
    folder.write("bomb" + std::to_string(i) + ".rsp", next + next);
  }
  const auto run = [&](const std::string& name, const std::string& more) {
    folder.write("compile_commands.json", R"([{"directory": ")" + folder.path().string() +
                                              R"(", "file": "a.cpp", "command": "g++ )" + more + " @" + name +
                                              R"(.rsp -c a.cpp"}])");
    return run_in(folder.path(), "timeout 20 " + std::string(COROLINT) + " check -p .");
  };
  for (const std::string name : {"itself", "no_text", "open", "bomb0", "mark", "utf16"}) {
    const Outcome outcome = run(name, "");
    CHECK_MESSAGE(outcome.status == 0, name << outcome.err);
  }
  for (const std::string name : {"itself", "folder", "missing", "bomb0"}) {
    const Outcome outcome = run(name, "-DX=1");
    CHECK(outcome.status == 0);
    CHECK_MESSAGE(outcome.err.starts_with("note: response files with flags do not exist, or include"),
                  outcome.err);
  }
  CHECK(run("empty", "-DX=1").status == 0);
}

TEST_CASE("bad input: sources") {
  const std::string body = "extern \"C\" unsigned sleep(unsigned);\ntask blocks() { sleep(1); co_return; }\n";
  std::string windows;
  for (const char c : lazy_task + body) windows += c == '\n' ? std::string("\r\n") : std::string(1, c);
  const ScratchFolder folder({
      {"bom.cpp", "\xEF\xBB\xBF" + lazy_task + body},
      {"crlf.cpp", windows},
      {"nul.cpp", lazy_task + std::string("// \0\n", 5) + body},
      {"latin.cpp", lazy_task + "// caf\xE9\nconst char* s = \"\xE9\";\n" + body},
      {"long.cpp", lazy_task + "/*" + std::string(100'000, 'x') + "*/" + body},
      {"longer.cpp", lazy_task + "const char* s = \"" + std::string(100'000, 'x') + "\"; " + body},
      {"empty.cpp", ""},
      {"cut.cpp", lazy_task + "task blocks() { "},
      {"binary.cpp", std::string("\x7F"
                                 "ELF\0\1\2\3\xFF\xFE",
                                 10)},
      {"utf16.cpp", std::string("\xFF\xFEi\0n\0t\0", 8)},
      {"itself.cpp", "#include \"itself.cpp\"\n"},
  });
  const auto run = [&](const std::string& name, const std::string& format) {
    return run_in(folder.path(), "timeout 60 " + std::string(COROLINT) + " check " + name + ".cpp -o " +
                                     format + " -- -std=c++20");
  };
  for (const std::string name : {"bom", "crlf", "nul", "latin", "long", "longer"})
    for (const std::string format : {"full", "concise", "json", "sarif"}) {
      const Outcome outcome = run(name, format);
      CHECK_MESSAGE(outcome.status == 1, name << format << outcome.err);
      CHECK(outcome.out.find("sleep") != std::string::npos);
    }
  CHECK(run("empty", "full").status == 0);
  for (const std::string name : {"cut", "binary", "utf16", "itself"}) {
    const Outcome outcome = run(name, "full");
    CHECK_MESSAGE(outcome.status == 3, name << outcome.err);
    CHECK(outcome.err.find(name + ".cpp:") != std::string::npos);
  }
}

TEST_CASE("bad input: a source of 50 MB is analysed") {
  std::string text = lazy_task;
  for (unsigned i = 0; text.size() < (50u << 20); ++i)
    text += "// " + std::string(1000, 'x') + "\nextern int v" + std::to_string(i) + ";\n";
  const ScratchFolder folder({{"huge.cpp", text + "task f() { co_return; }\n"}});
  CHECK(run_corolint(folder.path(), "check huge.cpp -- -std=c++20").status == 0);
}

TEST_CASE("bad input: a folder, a missing file and one that may not be read are named") {
  const ScratchFolder folder({{"a.cpp", "int x;\n"}, {"folder.json/x", ""}});
  for (const std::string file : {"folder.json", "missing.json"})
    for (const std::string& command : {"check a.cpp --models " + file + " -- -std=c++20", "gate " + file,
                                       "facts " + file + " -o facts", "models --models " + file}) {
      const Outcome outcome = run_corolint(folder.path(), command);
      CHECK(outcome.status == 2);
      CHECK_MESSAGE(outcome.err.find(file + " cannot be read: ") != std::string::npos, outcome.err);
    }
}
