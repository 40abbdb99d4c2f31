// Which sources are analysed, and what is the root of their project.

#include "project_tree.h"

using namespace corolint;

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
