#include <doctest/doctest.h>

#include "project/paths.h"
#include "project/project.h"

#include "llvm/ADT/SmallString.h"
#include "llvm/ADT/StringRef.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/JSON.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/raw_ostream.h"

#include <algorithm>
#include <fstream>

using namespace corolint;

namespace {

using Strings = std::vector<std::string>;

// A folder that lives as long as the test. Entries added with `compile` go into `path/compile_commands.json`.
class Tree {
 public:
  Tree() {
    llvm::SmallString<128> made;
    REQUIRE(!llvm::sys::fs::createUniqueDirectory("corolint-project", made));
    path = canonical(made, "/");
    write(".git/HEAD", "");
  }
  ~Tree() { llvm::sys::fs::remove_directories(path); }
  Tree(const Tree&) = delete;

  std::string at(const std::string& name) const { return joined(path, name); }

  std::string write(const std::string& name, const std::string& text) const {
    const std::string file = at(name);
    llvm::sys::fs::create_directories(llvm::sys::path::parent_path(file));
    std::ofstream(file) << text;
    return file;
  }

  // Writes the source `name` and enters `command`, which runs in `path`, for it.
  void compile(const std::string& name, const std::string& command,
               const std::string& in = "compile_commands.json") {
    write(name, "");
    enter(name, command, in);
  }

  void enter(const std::string& file, const std::string& command,
             const std::string& in = "compile_commands.json") {
    entries_.push_back(llvm::json::Object{{"directory", path}, {"file", file}, {"command", command}});
    std::string text;
    llvm::raw_string_ostream(text) << llvm::json::Value(llvm::json::Array(entries_));
    write(in, text);
  }

  Project open(const Selection& selection = {}, const std::string& from = "") const {
    auto project = open_project(selection, from.empty() ? path : from);
    if (!project) FAIL(llvm::toString(project.takeError()));
    return *project;
  }

  std::string error(const Selection& selection = {}) const {
    auto project = open_project(selection, path);
    return project ? "no error" : llvm::toString(project.takeError());
  }

  // Returns the cleaned arguments between compiler and input for `flags`.
  Strings clean(const std::string& flags, const std::string& compiler = "g++") {
    compile("unit.cpp", compiler + " " + flags + " unit.cpp");
    const Project project = open({{"unit.cpp"}, {}, {}});
    Strings arguments = project.commands.at(0).arguments;
    CHECK(arguments.back() == at("unit.cpp"));
    notices = project.notices;
    return {arguments.begin() + 1, arguments.end() - 1};
  }

  std::string path;
  Strings notices;

 private:
  std::vector<llvm::json::Value> entries_;
};

bool has(const std::string& text, const std::string& part) {
  if (text.find(part) != std::string::npos) return true;
  MESSAGE(text);
  return false;
}

Strings names(const Project& project) {
  Strings names;
  for (const auto& command : project.commands) names.push_back(llvm::sys::path::filename(command.file).str());
  return names;
}

}  // namespace

TEST_CASE("project: the nearest database upward is used, also from a build folder") {
  Tree tree;
  tree.compile("src/a.cpp", "g++ -c src/a.cpp", "build-debug/compile_commands.json");
  CHECK(names(tree.open({{"src/a.cpp"}, {}, {}})) == Strings{"a.cpp"});
  CHECK(tree.open({}, tree.at("src")).root == tree.path);
  CHECK(tree.open({{tree.at("src")}, {}, {}}, "/").notices.empty());
  llvm::sys::fs::rename(tree.at("build-debug"), tree.at("rebuild"));
  CHECK(has(tree.error(), "no compile database found for " + tree.path));
}

TEST_CASE("project: of several build folders one is used, and a notice says which") {
  Tree tree;
  tree.compile("a.cpp", "g++ -DA a.cpp", "build/compile_commands.json");
  tree.enter("a.cpp", "g++ -DB a.cpp", "build-x/compile_commands.json");
  const Project project = tree.open();
  CHECK(project.commands.size() == 1);
  REQUIRE(project.notices.size() == 1);
  CHECK(has(project.notices[0],
            "used " + tree.at("build/compile_commands.json") + ", not " + tree.at("build-x")));
  CHECK(tree.open({{}, "build-x", {}}).commands.size() == 2);
}

TEST_CASE("project: -p names a folder or a file; what is not there is an error") {
  Tree tree;
  tree.compile("a.cpp", "g++ a.cpp", "elsewhere/compile_commands.json");
  CHECK(names(tree.open({{}, "elsewhere", {}})) == Strings{"a.cpp"});
  CHECK(names(tree.open({{}, tree.at("elsewhere/compile_commands.json"), {}})) == Strings{"a.cpp"});
  CHECK(has(tree.error({{}, "nowhere", {}}), "nowhere', given with -p, does not exist"));
  CHECK(has(tree.error({{}, ".", {}}), "holds no compile_commands.json"));
}

TEST_CASE("project: a database that is broken, cut off or empty is an error") {
  Tree tree;
  tree.compile("a.cpp", "g++ a.cpp");
  const std::string file = tree.at("compile_commands.json");
  const std::string entry = R"({"directory": "/", "file": "a.cpp")";
  tree.write("compile_commands.json", "[" + entry + R"(, "command": "g++ a.cpp"})");
  CHECK(has(tree.error(), file + " is broken ("));
  tree.write("compile_commands.json", "[" + entry + "}]");
  CHECK(has(tree.error(), "Missing key: \"command\" or \"arguments\""));
  tree.write("compile_commands.json", "[" + entry + R"(, "arguments": []}])");
  CHECK(has(tree.error(), "the entry of 'a.cpp' has no command"));
  tree.write("compile_commands.json", "[]");
  CHECK(has(tree.error(), file + " is empty"));
}

TEST_CASE("project: without any database the error tells how to make one") {
  Tree tree;
  for (const char* part :
       {"-DCMAKE_EXPORT_COMPILE_COMMANDS=ON", "meson setup", "hedron", "bear -- make", "`--`"})
    CHECK(has(tree.error(), part));
}

TEST_CASE("project: compile_flags.txt stands in for a database") {
  Tree tree;
  tree.write("compile_flags.txt", "-DX=1\n-Iinclude dir\n");
  for (const char* name : {"b.cpp", "sub/a.cc", "sub/c.h", "d.c", ".hidden/e.cpp"}) tree.write(name, "");
  const Project project = tree.open();
  CHECK(names(project) == Strings{"b.cpp", "a.cc"});
  CHECK(project.commands[1].arguments == Strings{"clang", "-DX=1", "-Iinclude dir", tree.at("sub/a.cc")});
  CHECK(project.commands[1].directory == tree.path);
  tree.compile("f.cpp", "g++ f.cpp");
  CHECK(names(tree.open()) == Strings{"f.cpp"});
}

TEST_CASE("project: flags after -- win over everything") {
  Tree tree;
  tree.compile("a.cpp", "g++ -DDATABASE a.cpp");
  tree.write("b.cxx", "");
  const Project project = tree.open({{"."}, {}, Strings{"-std=c++20"}});
  CHECK(names(project) == Strings{"a.cpp", "b.cxx"});
  CHECK(project.commands[0].arguments == Strings{"clang", "-std=c++20", tree.at("a.cpp")});
  CHECK(has(tree.error({{tree.write("x.hpp", "")}, {}, Strings{}}), "is a header"));
  CHECK(has(tree.error({{tree.write("notes.txt", "")}, {}, Strings{}}), "1 other source left out"));
}

TEST_CASE("project: distinct commands of a file are kept, equal ones become one") {
  Tree tree;
  tree.compile("a.cpp", "g++ -DA -o 1.o -c a.cpp");
  tree.enter("./sub/../a.cpp", "g++ -DA -o 2.o -c a.cpp");
  tree.enter(tree.at("a.cpp"), "g++ -DB -c a.cpp");
  const Project project = tree.open();
  REQUIRE(project.commands.size() == 2);
  CHECK(project.commands[0].arguments == Strings{"g++", "-DA", tree.at("a.cpp")});
  CHECK(project.commands[1].file == tree.at("a.cpp"));
}

TEST_CASE("project: symlinks are resolved, in the database and in what is asked for") {
  Tree tree;
  tree.write("real/a.cpp", "");
  REQUIRE(!llvm::sys::fs::create_link(tree.at("real"), tree.at("link")));
  tree.enter("link/a.cpp", "g++ link/a.cpp");
  CHECK(tree.open({{"link/a.cpp"}, {}, {}}).commands.at(0).file == tree.at("real/a.cpp"));
  CHECK(tree.open({{"link/../real"}, {}, {}}).commands.at(0).file == tree.at("real/a.cpp"));
}

TEST_CASE("project: a file without an entry is an error that says why") {
  Tree tree;
  tree.compile("a.cpp", "g++ a.cpp");
  tree.write("b.cpp", "");
  tree.write("a.h", "");
  CHECK(has(tree.error({{"b.cpp"}, {}, {}}),
            tree.at("b.cpp") + "' is not in the compile database " + tree.path));
  CHECK(has(tree.error({{"a.h"}, {}, {}}), "headers are analysed through the sources that include them"));
  CHECK(has(tree.error({{"c.cpp"}, {}, {}}), "'c.cpp' does not exist"));
}

TEST_CASE("project: a folder means all entries below it, and no other") {
  Tree tree;
  for (const char* name : {"src/b.cpp", "src/a.cpp", "src2/c.cpp"})
    tree.compile(name, std::string("g++ ") + name);
  tree.write("empty/x.h", "");
  CHECK(names(tree.open({{"src"}, {}, {}})) == Strings{"a.cpp", "b.cpp"});
  const Project both = tree.open({{"empty", "src2"}, {}, {}});
  CHECK(names(both) == Strings{"c.cpp"});
  REQUIRE(both.notices.size() == 1);
  CHECK(has(both.notices[0], "no source below " + tree.at("empty")));
  CHECK(has(tree.error({{"empty"}, {}, {}}), "nothing to analyse: no source below " + tree.at("empty")));
}

TEST_CASE("project: without paths, entries outside of the project are left out; missing files stay") {
  Tree tree, other;
  tree.compile("a.cpp", "g++ a.cpp");
  tree.enter(other.write("b.cpp", ""), "g++ b.cpp");
  tree.enter("generated/none.cpp", "g++ generated/none.cpp");
  CHECK(names(tree.open()) == Strings{"a.cpp", "none.cpp"});
}

TEST_CASE("project: only C++ is taken, and one notice counts the rest") {
  Tree tree;
  for (const char* name : {"a.c", "b.c", "c.c", "d.S"}) tree.compile(name, std::string("gcc ") + name);
  CHECK(has(tree.error(), "3 C sources, 1 assembler source left out: no coroutines there"));
  for (const char* name : {"e.cu", "f.mm", "pre.hxx"}) tree.compile(name, std::string("g++ ") + name);
  tree.compile("pch.cxx", "g++ -x c++-header pch.cxx");
  tree.compile("as_cxx.c", "gcc -x c++ as_cxx.c");
  tree.compile("by_gxx.c", "ccache g++-12 by_gxx.c");
  const Project project = tree.open();
  CHECK(names(project) == Strings{"as_cxx.c", "by_gxx.c"});
  REQUIRE(project.notices.size() == 1);
  CHECK(has(project.notices[0],
            "1 Objective-C source, 1 CUDA source, 1 assembler source left out: only C++ is"));
  CHECK(has(tree.error({{"pre.hxx"}, {}, {}}), "is a header"));
}

TEST_CASE("project: the root is the nearest marked folder around what is selected") {
  Tree tree;
  tree.compile("lib/src/a.cpp", "g++ lib/src/a.cpp");
  tree.compile("app/b.cpp", "g++ app/b.cpp");
  CHECK(tree.open({{"lib"}, {}, {}}).root == tree.path);
  tree.write("lib/.corolint.yaml", "");
  CHECK(tree.open({{"lib"}, {}, {}}).root == tree.at("lib"));
  CHECK(tree.open().root == tree.path);
  llvm::sys::fs::remove_directories(tree.at(".git"));
  CHECK(tree.open().root == tree.path);
  CHECK(tree.open({{tree.at("app")}, {}, {}}).root == tree.path);
  // Without a mark, the folder that the compile database is for: its headers are the project's, wherever one
  // stands.
  CHECK(tree.open({{tree.at("app")}, {}, {}}, tree.at("lib")).root == tree.path);
}

TEST_CASE("flags: outputs go, macros and paths stay") {
  Tree tree;
  CHECK(tree.clean("-O2 -DA='\"x y\"' -I include -o x.o -c -MD -MF x.d -MTx.o -oy.o -Wp,-MD,z.d -Wp,-DB "
                   "other.o -lm") == Strings{"-O2", "-DA=\"x y\"", "-I", "include", "-Wp,-DB"});
  Tree other;
  CHECK(other.clean(
            "-Werror -Werror=unused -Wall -flto=8 --coverage -fprofile-arcs -save-temps=obj -gsplit-dwarf "
            "-fplugin=x.so -fsanitize=address,cfi -fsanitize=bounds-strict -fsanitize-recover=all") ==
        Strings{"-Wall", "-fsanitize=address"});
  CHECK(other.notices.empty());
}

TEST_CASE("flags: precompiled headers go, the headers' text stays") {
  Tree tree;
  tree.write("text.h", "");
  tree.write("text.h.gch", "");
  tree.write("lost.h.gch", "");
  CHECK(tree.clean(
            "-Winvalid-pch -include text.h -include lost.h -include not-here.h -include-pch x.pch "
            "-Xclang -include-pch -Xclang x.pch -Xclang -include -Xclang x.h -Xclang -fno-pch-timestamp") ==
        Strings{"-include", "text.h", "-include", "not-here.h", "-Xclang", "-include", "-Xclang", "x.h"});
  REQUIRE(tree.notices.size() == 1);
  CHECK(has(tree.notices[0], tree.at("lost.h") + " (1 unit)"));
}

TEST_CASE("flags: what Clang does not know goes, with one notice") {
  Tree tree;
  CHECK(tree.clean("-fcoroutines -Wno-such-warning -fmodules-ts") ==
        Strings{"-fcoroutines", "-Wno-such-warning"});
  tree.compile("2.cpp",
               "g++ -fmodules-ts -fmodule-mapper=2.map -fanalyzer -fgnu-q -fgnu-r -fgnu-s -fgnu-s 2.cpp");
  const Project project = tree.open();
  REQUIRE(project.notices.size() == 1);
  CHECK(project.notices[0] ==
        "dropped flags that Clang does not know: -fanalyzer (1 unit), -fgnu-q (1 unit), -fgnu-r (1 unit), "
        "-fgnu-s (1 unit), -fmodule-mapper= (1 unit) and 1 more");
}

TEST_CASE("flags: launchers are stripped, the compiler's name is read") {
  Tree tree;
  for (const char* launcher : {"ccache", "/usr/bin/ccache sloppiness=pch_defines distcc",
                               "env -u X A=B sccache", "cmake -E env A=B", "buildcache"}) {
    Tree launched;
    launched.compile("a.cpp", std::string(launcher) + " g++ -DX a.cpp");
    CHECK(launched.open().commands[0].arguments == Strings{"g++", "-DX", launched.at("a.cpp")});
  }
  CHECK(tree.clean("-DX", "icpx") == Strings{"--driver-mode=g++", "-DX"});
}

TEST_CASE("flags: known compilers need no mode, cross compilers name their target") {
  for (const char* compiler : {"gcc", "clang-22", "/usr/bin/c++", "g++-12"})
    CHECK(Tree().clean("-DX", compiler).size() == 1);
  CHECK(Tree().clean("", "aarch64-linux-gnu-g++-12") == Strings{"--target=aarch64-linux-gnu"});
  CHECK(Tree().clean("", "my-own-g++").empty());
  CHECK(Tree().clean("/c /DX /Foa.obj", "clang-cl") == Strings{"/c", "/DX", "/Foa.obj"});
}

TEST_CASE("flags: response files are read, and missing ones are told") {
  Tree tree;
  tree.write("flags.rsp", "-DA \"-DB=x y\" -x c++");
  CHECK(tree.clean("@flags.rsp -DC") == Strings{"-DA", "-DB=x y", "-x", "c++", "-DC"});
  CHECK(tree.notices.empty());
  Tree other;
  CHECK(other.clean("@CMakeFiles/a.o.modmap @none.rsp -DC") == Strings{"-DC"});
  REQUIRE(other.notices.size() == 1);
  CHECK(has(other.notices[0], "response files with flags do not exist: none.rsp (1 unit)"));
}
