// What is left of the flags of GCC and other compilers.

#include "project_tree.h"

using namespace corolint;

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

TEST_CASE("flags: units that share their flags keep what is each one's own") {
  Tree tree;
  const auto compile = [&](const std::string& name, const std::string& flags) {
    tree.compile(name, "g++ -DX " + flags + " -o " + name + ".o -c " + name);
  };
  compile("a.cpp", "");
  compile("b.cpp", "");
  compile("c.cpp", "-include c.cpp");
  compile("d.cpp", "-include d.cpp");
  compile("e.cpp", "-fgnu-q");
  compile("f.cpp", "-fgnu-q");
  const Project project = tree.open();
  REQUIRE(project.commands.size() == 6);
  const auto cleaned = [&](std::size_t unit) { return project.commands[unit].arguments; };
  CHECK(cleaned(0) == Strings{"g++", "-DX", tree.at("a.cpp")});
  CHECK(cleaned(1) == Strings{"g++", "-DX", tree.at("b.cpp")});
  CHECK(cleaned(2) == Strings{"g++", "-DX", "-include", "c.cpp", tree.at("c.cpp")});
  CHECK(cleaned(3) == Strings{"g++", "-DX", "-include", "d.cpp", tree.at("d.cpp")});
  CHECK(cleaned(5) == Strings{"g++", "-DX", tree.at("f.cpp")});
  REQUIRE(project.notices.size() == 1);
  CHECK(has(project.notices[0], "-fgnu-q (2 units)"));
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
  CHECK(has(other.notices[0],
            "response files with flags do not exist, or include one another without end: none.rsp (1 unit)"));
}
