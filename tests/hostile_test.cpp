// A tree that a stranger sent may not make corolint run its code, write where it likes, or read what it
// should not.

#include <doctest/doctest.h>

#include <set>

#include <chrono>
#include <cstdlib>
#include <sstream>

#include "fixture.h"
#include "program.h"
#include "project_tree.h"
#include "sources.h"

using namespace corolint;
namespace fs = std::filesystem;

namespace {

// A tree whose compilers, wrappers and plugins leave a mark when they run.
struct HostileTree {
  HostileTree() {
    write("a.cpp", lazy_task + "task f() { co_return; }\n");
    write("plugin.cpp", "#include <fstream>\nstruct Load { Load() { std::ofstream(\"" + at("ran/plugin") +
                            "\"); } } load;\n");
    REQUIRE(run_in(tree.path(), "mkdir ran && g++ -shared -fPIC plugin.cpp -o plugin.so").status == 0);
    for (const char* name :
         {"g++", "cc1plus", "as", "ld", "ccache", "evil", "env", "gcc", "clang", "cl.exe"}) {
      write(std::string("bin/") + name, "#!/bin/sh\ntouch '" + at("ran") + "/'$(basename \"$0\")\n");
      fs::permissions(tree.path() / "bin" / name, fs::perms::owner_all);
    }
  }

  std::string at(const std::string& name) const { return (tree.path() / name).string(); }
  void write(const std::string& name, const std::string& text) const { tree.write(name, text); }

  // Returns the files in the tree that were not there before a check with this command.
  Strings made_by(const Strings& command, const std::string& options = "") const {
    std::set<std::string> before = files();
    llvm::json::Array words;
    for (const std::string& word : command) words.push_back(word);
    words.push_back("a.cpp");
    std::string text;
    llvm::raw_string_ostream(text) << llvm::json::Value(llvm::json::Array{llvm::json::Object{
        {"directory", tree.path().string()}, {"file", "a.cpp"}, {"arguments", std::move(words)}}});
    write("compile_commands.json", text);
    before.insert(at("compile_commands.json"));
    const Outcome outcome = run_in(tree.path(), "HOME='" + at("home") + "' PATH='" + at("bin") +
                                                    ":/usr/bin:/bin' " + COROLINT + " check -p . " + options);
    CAPTURE(outcome.err);
    CHECK((outcome.status == 0 || outcome.status == 3));
    Strings made;
    for (const std::string& file : files())
      if (!before.contains(file)) made.push_back(file);
    return made;
  }

  std::set<std::string> files() const {
    std::set<std::string> found;
    for (const auto& entry : fs::recursive_directory_iterator(tree.path()))
      found.insert(entry.path().string());
    return found;
  }

  ScratchFolder tree;
};

Strings front(const Strings& words) {
  Strings all;
  for (const std::string& word : words) all.insert(all.end(), {"-Xclang", word});
  return all;
}

Strings operator+(Strings a, const Strings& b) {
  a.insert(a.end(), b.begin(), b.end());
  return a;
}

}  // namespace

TEST_CASE("hostile: no compiler, wrapper or plugin of the database runs, nothing is written") {
  const HostileTree tree;
  const std::string so = tree.at("plugin.so"), bin = tree.at("bin"), out = tree.at("ran/out");
  const Strings gxx = {"g++", "-std=c++20"}, clang = {"clang++", "-std=c++20"};
  const std::vector<Strings> commands = {
      {tree.at("bin/g++"), "-std=c++20"},
      {"./bin/evil", "-std=c++20"},
      {"ccache", tree.at("bin/evil"), "-std=c++20"},
      {tree.at("bin/ccache"), "g++", "-std=c++20"},
      {"env", "LD_PRELOAD=" + so, "g++", "-std=c++20"},
      gxx + Strings{"-B" + bin, "-wrapper", tree.at("bin/evil")},
      gxx + Strings{"-fplugin=" + so, "-fplugin-arg-plugin-x=1", "-no-integrated-as", "-pipe"},
      clang + Strings{"-fplugin=" + so, "-fpass-plugin=" + so, "-fuse-ld=" + tree.at("bin/ld")},
      clang + front({"-load", so, "-plugin", "x", "-add-plugin", "y"}),
      clang + Strings{"-Xclang=-load", "-Xclang=" + so, "-mllvm", "-load=" + so},
      clang + Strings{"-fmodules", "-fmodules-cache-path=" + out, "-fimplicit-module-maps"},
      clang + Strings{"-MD", "-MF", out, "-save-temps", "-o", out, "-ftime-trace=" + out, "-H"},
      clang + front({"-dependency-file", out, "-MT", "x"}),
      clang + front({"-header-include-file", out, "-H"}),
      clang + front({"-stats-file=" + out, "-print-stats"}),
      clang + front({"-diagnostic-log-file", out, "-serialize-diagnostic-file", out}),
      clang + front({"-emit-obj", "-o", out}),
      clang + front({"-emit-pch", "-o", out}),
      clang + front({"-module-dependency-dir", out, "-dependency-dot", out}),
      clang + Strings{"-gen-reproducer=always", "-fcrash-diagnostics=all", "-fcrash-diagnostics-dir=" + out},
      clang + Strings{"-foptimization-record-file=" + out, "-fsave-optimization-record",
                      "-fproc-stat-report=" + out, "--coverage", "-fprofile-generate=" + out},
      {"clang-cl", "/std:c++20", "/clang:-fplugin=" + so, "/Fo" + out, "/Fd" + out, "/FR" + out,
       "/sourceDependencies", out},
      {"clang-cl", "/std:c++20", "-Xclang", "-load", "-Xclang", so, "-Xclang", "-dependency-file", "-Xclang",
       out, "-Xclang", "-MT", "-Xclang", "x"},
      {"cl.exe", "/std:c++20", "/clang:-MD", "/clang:-MF" + out, "/Yc", "/Fp" + out},
  };
  for (const Strings& command : commands) {
    std::string line;
    for (const std::string& word : command) line += word + " ";
    CAPTURE(line);
    const Strings made = tree.made_by(command);
    for (const std::string& file : made) MESSAGE(file);
    CHECK(made.empty());
  }
}

TEST_CASE("hostile: a check starts nothing, connects to nothing, and writes to its cache and outputs only") {
  if (std::system("strace -o /dev/null true 2>/dev/null") != 0) {
    MESSAGE("strace is missing here, or not allowed");
    return;
  }
  const HostileTree tree;
  tree.write(
      "compile_commands.json",
      R"([{"directory": ")" + tree.tree.path().string() +
          R"(", "file": "a.cpp", "command": "bin/evil -std=c++20 -fplugin=plugin.so -MD -o a.o a.cpp"}])");
  const ScratchFolder own;
  const std::string out = own.path().string();
  const Outcome outcome = run_in(
      tree.tree.path(),
      "strace -f -qq -o '" + out + "/trace' -e trace=execve,openat,creat,mkdir,mkdirat,rename,renameat," +
          "renameat2,unlink,unlinkat,rmdir,link,linkat,symlink,symlinkat,truncate,chmod,fchmodat," +
          "socket,connect " + COROLINT + " check -p . -j 2 --cache-dir '" + out + "/cache' -o json:'" + out +
          "/report' -o concise");
  CHECK_MESSAGE(outcome.status == 0, outcome.err);
  CHECK(fs::exists(own.path() / "report"));
  unsigned calls = 0, programs = 0;
  std::istringstream trace(read_file(own.path() / "trace"));
  for (std::string line; std::getline(trace, line); ++calls) {
    CAPTURE(line);
    const llvm::StringRef text(line);
    if (text.contains(" = -1 ")) continue;
    programs += text.contains("execve(");
    CHECK(!text.contains("socket("));
    CHECK(!text.contains("connect("));
    if (text.contains("execve(") || (text.contains("openat(") && !text.contains("O_WRONLY") &&
                                     !text.contains("O_RDWR") && !text.contains("O_CREAT")))
      continue;
    CHECK((text.contains("\"" + out) || text.contains("\"/proc/self/") || text.contains("\"/dev/null\"") ||
           !text.contains("\"")));
  }
  CHECK(calls > 100);
  CHECK(programs == 1);
}

TEST_CASE("hostile: modules that a command would have built are included as text") {
  const HostileTree tree;
  tree.write("module.modulemap", "module m { header \"m.h\" export * }\n");
  tree.write("m.h", "#pragma once\nint from_m();\n");
  tree.write("a.cpp", "#include \"m.h\"\nint x = from_m();\n");
  const Strings command = {"clang++",
                           "-std=c++20",
                           "-fmodules",
                           "-fcxx-modules",
                           "-fmodule-map-file=module.modulemap",
                           "-fmodules-cache-path=" + tree.at("cache")};
  CHECK(tree.made_by(command, "--on-broken=fail").empty());
  CHECK(run_corolint(tree.tree.path(), "check -p .").status == 0);
}

TEST_CASE("hostile: a file that never ends costs a unit, not the run") {
  const ScratchFolder folder(
      {{"a.cpp", lazy_task + "task f() { co_return; }\n"}, {"fifo.cpp", "#include \"fifo\"\n"}});
  REQUIRE(run_in(folder.path(), "mkfifo fifo").status == 0);
  const Outcome outcome =
      run_in(folder.path(), "timeout 60 " + std::string(COROLINT) +
                                " check . --unit-timeout 5 --max-memory 300M -- -std=c++20");
  CAPTURE(outcome.err);
  CHECK(outcome.status == 3);
  CHECK(outcome.err.find("not fully analysed: fifo.cpp: ") != std::string::npos);
  CHECK(outcome.err.find("1 of 2 units") != std::string::npos);
}

TEST_CASE("hostile: a configuration names no files outside the project, but for those that it extends") {
  const ScratchFolder folder(std::map<std::string, std::string>{
      {"tree/.git/HEAD", ""},
      {"tree/a.cpp", "int main() {}\n"},
      {"base/base.yaml", "models: [m.json]\n"},
      {"base/m.json", "{\"id\": \"m\", \"title\": \"m\", \"roots\": [], \"entries\": []}\n"},
      {"secret.json", "[]"}});
  fs::create_symlink("../secret.json", folder.path() / "tree/link.json");
  const auto check = [&](const std::string& config, const std::string& options = "") {
    folder.write("tree/.corolint.yaml", config);
    return run_corolint(folder.path() / "tree", "check a.cpp " + options + " -- -std=c++20");
  };
  const std::string refused = "secret.json lies outside the project: only the command line may name it";
  for (const char* config :
       {"models: [../secret.json]\n", "models: [link.json]\n", "baseline: ../secret.json\n"}) {
    const Outcome outcome = check(config);
    CHECK(outcome.status == 2);
    CHECK_MESSAGE(outcome.err.find(refused) != std::string::npos, outcome.err);
    CHECK(outcome.err.find(".corolint.yaml:1:") != std::string::npos);
  }
  CHECK(check("extends: [../base/base.yaml]\n").status == 0);
  CHECK(check("", "--models ../base/m.json").status == 0);
}
