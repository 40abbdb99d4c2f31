// Databases and sources as they are in the wild: other compilers, modules, unity builds, odd paths.

#include <doctest/doctest.h>

#include "fixture.h"
#include "program.h"
#include "project_tree.h"
#include "sources.h"

using namespace corolint;
namespace fs = std::filesystem;

namespace {

const std::string blocks = "extern \"C\" unsigned sleep(unsigned);\ntask blocks() { sleep(1); co_return; }\n";
const std::string source = lazy_task + blocks;

struct RealTree : ScratchFolder {
  explicit RealTree(std::map<std::string, std::string> files = {{"a.cpp", source}}) : ScratchFolder(files) {
    write(".git/HEAD", "");
  }

  void enter(const std::string& file, const Strings& words, const std::string& directory = "") {
    llvm::json::Array arguments;
    for (const std::string& word : words) arguments.push_back(word);
    entries_.push_back(llvm::json::Object{{"directory", directory.empty() ? path().string() : directory},
                                          {"file", file},
                                          {"arguments", std::move(arguments)}});
    std::string text;
    llvm::raw_string_ostream(text) << llvm::json::Value(llvm::json::Array(entries_));
    write("compile_commands.json", text);
  }

  Outcome check(const std::string& options = "") const {
    return run_corolint(path(), "check -p . -o concise " + options);
  }

  std::vector<llvm::json::Value> entries_;
};

// Does one command find what blocks in a.cpp, and nothing else?
void finds(const Strings& words, const std::map<std::string, std::string>& files = {{"a.cpp", source}}) {
  RealTree tree(files);
  tree.enter("a.cpp", words);
  const Outcome outcome = tree.check();
  std::string line;
  for (const std::string& word : words) line += word + " ";
  CAPTURE(line);
  CAPTURE(outcome.err);
  CHECK(outcome.status == 1);
  CHECK(outcome.out.find("'sleep' blocks the thread that runs coroutine 'blocks'") != std::string::npos);
}

}  // namespace

TEST_CASE("real world: flags of GCC 10 to 14 and of Clang") {
  const std::vector<Strings> commands = {
      {"g++-10", "-std=c++20", "-fcoroutines", "-fconcepts", "-c", "a.cpp"},
      {"g++-11", "-std=gnu++20", "-fcoroutines", "-fanalyzer", "-Wno-psabi", "-fmodules-ts", "-c", "a.cpp"},
      {"g++-12", "-std=c++23", "-ftrivial-auto-var-init=zero", "-fharden-compares", "-c", "a.cpp"},
      {"g++-13", "-std=c++2b", "-fdiagnostics-format=sarif-file", "-Wdangling-reference", "-c", "a.cpp"},
      {"g++-14", "-std=c++26", "-fhardened", "-fcondition-coverage", "-mfpmath=both", "-mtune=intel",
       "-fdiagnostics-format=json-file", "-fcf-protection=full", "-c", "a.cpp"},
      {"clang++-18", "-std=c++2c", "-fexperimental-library", "-Wno-unknown-thing", "-c", "a.cpp"},
      {"ccache", "distcc", "g++", "-std=c++20", "-c", "a.cpp"},
      {"/usr/bin/sccache", "/usr/bin/clang++", "-std=c++20", "-c", "a.cpp"},
      {"env", "CCACHE_DIR=/x", "ccache", "compiler_check=none", "g++", "-std=c++20", "-c", "a.cpp"},
      {"em++", "-std=c++20", "-c", "a.cpp"},
      {"icpx", "-std=c++20", "-c", "a.cpp"},
  };
  for (const Strings& command : commands) finds(command);
}

TEST_CASE("real world: Visual C++'s flags, with headers for them") {
  const std::string headers = (fixtures_folder() / "lib/std").string();
  for (const std::string compiler : {"cl.exe", "clang-cl", "C:\\VS\\cl.exe", "/opt/msvc/bin/x64/cl"})
    finds({compiler, "/nologo", "/TP", "/std:c++20", "/EHsc", "/MD", "/Zi", "/permissive-", "/await:strict",
           "/Zc:__cplusplus", "/W4", "/DNAME=1", "/imsvc", headers, "/FoCMakeFiles\\a.obj", "/Fdx\\", "/FS",
           "-c", "a.cpp"});
}

TEST_CASE("real world: a compiler is asked for its headers only if the user allows it") {
  RealTree tree({{"a.cpp", "#include <only_here.h>\n" + source}, {"sys root/only_here.h", ""}});
  const std::string compiler = (tree.path() / "bin/armv7-board-g++").string();
  tree.write(
      "bin/armv7-board-g++",
      "#!/bin/sh\necho \"$@\" >> '" + tree.path().string() +
          "/asked'\n"
          "case \"$*\" in *'--sysroot=/board'*) ;; *) exit 1;; esac\n"
          "cat >&2 <<END\nTarget: x86_64-board-linux-gnu\n#include <...> search starts here:\n " +
          tree.path().string() + "/sys root\n /usr/include/c++/12\n /usr/include/x86_64-linux-gnu/c++/12\n" +
          " /usr/lib/gcc/x86_64-linux-gnu/12/include\n /usr/include/x86_64-linux-gnu\n /usr/include\n" +
          "End of search list.\nEND\n");
  fs::permissions(compiler, fs::perms::owner_all);
  tree.enter("a.cpp", {"bin/armv7-board-g++", "--sysroot=/board", "-std=c++20", "-DX", "-c", "a.cpp"});
  CHECK(tree.check().status == 3);
  CHECK(tree.check("--query-driver '/elsewhere/*'").status == 3);
  CHECK(!fs::exists(tree.path() / "asked"));
  const Outcome outcome = tree.check("--query-driver '" + tree.path().string() + "/bin/*-g++'");
  CHECK_MESSAGE(outcome.status == 1, outcome.err);
  CHECK(outcome.out.find("'sleep' blocks") != std::string::npos);
  CHECK(read_file(tree.path() / "asked") == "--sysroot=/board -std=c++20 -E -v -x c++ /dev/null\n");
  RealTree silent;
  silent.enter("a.cpp", {"/bin/false", "-std=c++20", "-c", "a.cpp"});
  CHECK(silent.check("--query-driver '/bin/*'")
            .err.find("asked in vain for include folders (--query-driver): "
                      "/bin/false") != std::string::npos);
  RealTree real;
  real.enter("a.cpp", {"g++", "-std=c++20", "-c", "a.cpp"});
  const Outcome host = real.check("--query-driver '/usr/bin/*'");
  CHECK_MESSAGE(host.status == 1, host.err);
  CHECK(host.err.find("in vain") == std::string::npos);
}

TEST_CASE("real world: modules are analysed where Clang can, else the missing one is named") {
  RealTree tree({{"m.cppm", "module;\n" + lazy_task +
                                "extern \"C\" unsigned sleep(unsigned);\nexport module m;\n"
                                "export task blocks() { sleep(1); co_return; }\n"},
                 {"user.cpp", "import m;\nint main() {}\n"}});
  tree.enter("m.cppm", {"clang++", "-std=c++20", "--precompile", "-o", "m.pcm", "-c", "m.cppm"});
  tree.enter("user.cpp", {"clang++", "-std=c++20", "-fmodule-file=m=m.pcm", "-c", "user.cpp"});
  const Outcome outcome = tree.check("--fail-on never");
  CAPTURE(outcome.err);
  CHECK(outcome.status == 3);
  CHECK(outcome.out.find("m.cppm:") != std::string::npos);
  CHECK(outcome.err.find("not fully analysed: user.cpp") != std::string::npos);
  CHECK(outcome.err.find("m.pcm") != std::string::npos);
}

TEST_CASE("real world: unity builds, forced includes, generated headers, #line and macros") {
  RealTree tree(
      {{"src/a.cpp", source},
       {"src/b.cpp",
        "#pragma once\n#define CO_TASK(name) task name()\nCO_TASK(by_macro) { sleep(1); co_return; }\n"},
       {"unity.cpp", "#include \"src/a.cpp\"\n#include \"src/b.cpp\"\n"},
       {"forced.h", lazy_task},
       {"forced.cpp", blocks},
       {"lines.cpp", lazy_task + "#line 7 \"grammar.y\"\n" + blocks},
       {"generated.cpp", "#include \"made_by_build.pb.h\"\n" + source}});
  tree.enter("unity.cpp", {"g++", "-std=c++20", "-c", "unity.cpp"});
  tree.enter("forced.cpp", {"g++", "-std=c++20", "-include", "forced.h", "-c", "forced.cpp"});
  tree.enter("lines.cpp", {"g++", "-std=c++20", "-c", "lines.cpp"});
  tree.enter("generated.cpp", {"g++", "-std=c++20", "-c", "generated.cpp"});
  const Outcome outcome = tree.check("--fail-on never");
  CAPTURE(outcome.out);
  CAPTURE(outcome.err);
  CHECK(outcome.status == 3);
  for (const char* part : {"src/a.cpp:", "src/b.cpp:3:", "forced.cpp:2:", "lines.cpp:"})
    CHECK_MESSAGE(outcome.out.find(part) != std::string::npos, part);
  CHECK(outcome.err.find(
            "generated.cpp: does not parse\n  generated.cpp:1:10: 'made_by_build.pb.h' file not found") !=
        std::string::npos);
  CHECK(outcome.err.find("3 of 4 units") != std::string::npos);
}

TEST_CASE("real world: a library of headers only is analysed through what includes it") {
  RealTree tree({{"include/lib.h", "#pragma once\n" + source},
                 {"include/unused.h", "#pragma once\n#include \"lib.h\"\ninline task other() { co_return; }\n"},
                 {"examples/use.cpp", "#include <lib.h>\nint main() {}\n"}});
  for (const std::string words : {"include", "include/lib.h"}) {
    const Outcome alone = run_corolint(tree.path(), "check " + words + " -- -std=c++20");
    CHECK(alone.status == 2);
    CHECK_MESSAGE(alone.err.find("name ") != std::string::npos, alone.err);  // the remedy
  }
  tree.enter("examples/use.cpp", {"g++", "-std=c++20", "-Iinclude", "-c", "examples/use.cpp"});
  const Outcome outcome = tree.check();
  CHECK(outcome.status == 1);
  CHECK(outcome.out.starts_with("include/lib.h:"));
  CHECK(outcome.err.find("read by no unit, and so not analysed:\n  include/unused.h\n") != std::string::npos);
}

TEST_CASE("real world: paths with blanks, quotes, other scripts and links") {
  const std::string name = "d\u00e9j\u00e0 vu/\u6d4b\u8bd5 'x' & (1).cpp";
  RealTree tree({{name, "#include \"kopf zeile.h\"\n" + source}, {"d\u00e9j\u00e0 vu/kopf zeile.h", ""}});
  fs::create_directory_symlink(tree.path() / "d\u00e9j\u00e0 vu", tree.path() / "link");
  tree.enter("link/\u6d4b\u8bd5 'x' & (1).cpp",
             {"g++", "-std=c++20", "-c", "link/\u6d4b\u8bd5 'x' & (1).cpp"});
  const Outcome outcome = tree.check();
  CAPTURE(outcome.err);
  CHECK(outcome.status == 1);
  CHECK(outcome.out.starts_with(name + ":"));
}

TEST_CASE("real world: Objective-C, CUDA and C entries are left out with a note") {
  RealTree tree({{"a.cpp", source}, {"b.mm", ""}, {"c.cu", ""}, {"d.c", ""}, {"e.S", ""}});
  for (const std::string file : {"a.cpp", "b.mm", "c.cu", "d.c", "e.S"})
    tree.enter(file, {"clang++", "-std=c++20", "-c", file});
  const Outcome outcome = tree.check();
  CHECK(outcome.status == 1);
  for (const char* part : {"1 Objective-C source", "1 CUDA source", "1 assembler source", "left out"})
    CHECK_MESSAGE(outcome.err.find(part) != std::string::npos, (part + outcome.err));
}

TEST_CASE("real world: templates that are defined elsewhere do not hold the analysis up") {
  finds({"clang++", "-std=c++20", "-c", "a.cpp"},
        {{"a.cpp", source + "template <class T> constexpr int elsewhere(T);\n"
                            "template <class T> struct S { static constexpr T f(int); };\n"
                            "int use() { return elsewhere(1) + S<int>::f(1); }\n"}});
}

// The headers of the command's own compiler are taken, else those of Clang 22 where they are installed.
TEST_CASE("real world: libc++ is analysed like libstdc++") {
  RealTree tree;
  fs::create_directories(tree.path() / "llvm/include/c++");
  fs::copy(fixtures_folder() / "lib/std", tree.path() / "llvm/include/c++/v1", fs::copy_options::recursive);
  const std::string compiler = (tree.path() / "llvm/bin/clang++").string();
  tree.write("llvm/bin/clang++", "");
  tree.enter("a.cpp", {compiler, "-std=c++20", "-stdlib=libc++", "-c", "a.cpp"});
  const Outcome outcome = tree.check();
  CHECK_MESSAGE(outcome.status == 1, outcome.out << outcome.err);
  if (fs::exists("/usr/lib/llvm-22/include/c++/v1/coroutine"))
    for (const char* other : {"clang++", "/usr/bin/clang++", "/opt/none/bin/clang++"})
      finds({other, "-std=c++20", "-stdlib=libc++", "-c", "a.cpp"});
}
