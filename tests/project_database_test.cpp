// Which compile database a run uses, and what it makes of a broken one or none.

#include "project_tree.h"

using namespace corolint;

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
  CHECK(has(tree.error(), file + ":1:61 is broken ("));
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
