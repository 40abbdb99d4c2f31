// Prefixes save time and change nothing: every output has the same bytes with and without.

#include <doctest/doctest.h>

#include "fixture.h"
#include "program.h"

using namespace corolint;
namespace fs = std::filesystem;

namespace {

const std::string examples = "/usr/share/doc/libboost1.81-doc/examples/libs/asio/example/cpp20/coroutines";

// A project of its own whose units include the same foreign headers in another order, between headers of the
// project that hold comments, macros and findings.
struct MixedProject : ScratchFolder {
  MixedProject() {
    write("compile_flags.txt", "-std=c++20\n");
    write("clock.h",
          "#pragma once\n#include <chrono>\n#define NAP std::this_thread::sleep_for\n"
          "inline auto second() { return std::chrono::seconds(1); }\n");
    write("work.h",
          "#pragma once\n#include <boost/asio/awaitable.hpp>\nboost::asio::awaitable<void> work();\n"
          "template <typename T> boost::asio::awaitable<void> twice(T task) { co_await task(); work(); }\n");
    write("one.cpp",
          "#include \"clock.h\"\n#include <thread>\n#include \"work.h\"\n#include <boost/asio/ip/tcp.hpp>\n"
          "boost::asio::awaitable<void> one() { NAP(second()); co_await twice(work); }\n");
    write("two.cpp",
          "#include <boost/asio/ip/tcp.hpp>\n#include \"work.h\"\n#include <thread>\n#include \"clock.h\"\n"
          "boost::asio::awaitable<void> two() {\n"
          "  NAP(second());  // NOLINT(blocking-call-in-coroutine): a test\n  work();\n  co_return;\n}\n");
    write("three.cpp",
          "#define BOOST_ASIO_NO_DEPRECATED\n#include <boost/asio/ip/tcp.hpp>\n#include \"work.h\"\n"
          "#include <thread>\n#include \"clock.h\"\n"
          "boost::asio::awaitable<void> three() { std::this_thread::sleep_for(second()); co_return; }\n");
    write("four.cpp",
          "#include <thread>\n#include \"clock.h\"\n#include \"work.h\"\nvoid four() { missing(); }\n"
          "#include <boost/asio/ip/tcp.hpp>\n");
  }
};

std::string outputs(const fs::path& folder, const std::string& name) {
  std::string text = " --fail-on never --on-broken=warn --profile";
  for (const char* format : {"json", "sarif", "full", "concise"})
    text += std::string(" -o ") + format + ":'" + (folder / (name + "." + format)).string() + "'";
  return text;
}

// Checks that both runs wrote the same, and returns what the one with prefixes told of itself.
std::string same_both_ways(const fs::path& folder, const std::string& what, const std::string& flags) {
  const ScratchFolder out;
  const Outcome with =
      run_corolint(folder, "check " + what + " --no-cache" + outputs(out.path(), "with") + flags);
  const Outcome without = run_corolint(
      folder, "check " + what + " --no-cache --no-prefixes" + outputs(out.path(), "without") + flags);
  CHECK(with.status == without.status);
  for (const char* format : {".json", ".sarif", ".full", ".concise"}) {
    const std::string text = read_file(out.path() / (std::string("without") + format));
    CHECK(text.size() > 100);
    CHECK_MESSAGE(read_file(out.path() / (std::string("with") + format)) == text, format);
  }
  CHECK(without.err.find("prefix") == std::string::npos);
  return with.err;
}

}  // namespace

TEST_CASE("prefixes change no byte: units in another order, with macros of their own, and with errors") {
  const MixedProject project;
  const std::string told = same_both_ways(project.path(), ".", "");
  CAPTURE(told);
  CHECK(told.find("units that used a prefix") != std::string::npos);
  CHECK(told.find("BOOST_ASIO_NO_DEPRECATED") != std::string::npos);
  CHECK(told.find("has errors") != std::string::npos);
}

TEST_CASE("prefixes change no byte: one on top of another") {
  const ScratchFolder project;
  project.write("compile_flags.txt", "-std=c++20\n");
  for (const char* more : {"regex", "random"})
    for (int i = 0; i < 5; ++i)
      project.write(more + std::to_string(i) + ".cpp",
                    "#include <" + std::string(more) +
                        ">\n#include <boost/asio/awaitable.hpp>\n#include <thread>\n" +
                        "boost::asio::awaitable<void> " + more + std::to_string(i) +
                        "() { std::this_thread::sleep_for(std::chrono::seconds(1)); co_return; }\n");
  const std::string told = same_both_ways(project.path(), ".", "");
  CAPTURE(told);
  CHECK(told.find("         3  prefixes made") != std::string::npos);
  CHECK(told.find("        10  units that used a prefix") != std::string::npos);
}

TEST_CASE("prefixes change no byte: Boost's examples") {
  REQUIRE_MESSAGE(fs::exists(examples), "install libboost1.81-doc");
  const std::string told = same_both_ways(examples, "echo_server.cpp chat_server.cpp", " -- -std=c++20");
  CAPTURE(told);
  CHECK(told.find("units that used a prefix") != std::string::npos);
}

TEST_CASE("prefixes are kept for the next run, with any number of workers") {
  const MixedProject project;
  const ScratchFolder out;
  const std::string cache = " --cache-dir '" + (out.path() / "cache").string() + "'";
  const auto run = [&](const std::string& name, const std::string& flags) {
    run_corolint(project.path(),
                 "check ." + outputs(out.path(), name + "-plain") + " --no-cache --no-prefixes");
    const Outcome outcome = run_corolint(project.path(), "check ." + outputs(out.path(), name) + flags);
    CHECK(read_file(out.path() / (name + ".json")) == read_file(out.path() / (name + "-plain.json")));
    return outcome.err;
  };
  CHECK(run("cold", cache + " -j4").find("prefixes made") != std::string::npos);
  for (const char* kind : {"units", "runs", "results", "shared"}) fs::remove_all(out.path() / "cache" / kind);
  const std::string kept = run("kept", cache + " -j1");
  CHECK(kept.find("prefixes from an earlier run") != std::string::npos);
  CHECK(kept.find("prefixes made") == std::string::npos);
  project.write("two.cpp", read_file(project.path() / "two.cpp") + "// edited\n");
  const std::string edited = run("edited", cache + " -j2");
  CHECK(edited.find("prefixes from an earlier run") != std::string::npos);
  CHECK(edited.find("         1  units that used a prefix") != std::string::npos);
}

// What takes long for headers that no other unit includes takes long after each edit of it.
TEST_CASE("a unit that takes long and was edited has a prefix of its own from then on") {
  const std::string shared = "#include <regex>\n";
  const ScratchFolder folder({{"a.cpp", shared + "int a;\n"},
                              {"b.cpp", shared + "int b;\n"},
                              {"long.cpp", shared + "#include <boost/asio.hpp>\nint long_one;\n"},
                              {"compile_flags.txt", "-std=c++20\n"}});
  const auto edited = [&](const std::string& name) {
    folder.write(name, read_file(folder.path() / name) + "\n");
    return run_corolint(folder.path(), "check . -j2 --profile --cache-dir cache").err;
  };
  const auto says = [](const std::string& text, const char* what) {
    return text.find(what) != std::string::npos;
  };
  const std::string first = edited("long.cpp"), second = edited("long.cpp"), third = edited("long.cpp");
  CAPTURE(first);
  CAPTURE(second);
  CAPTURE(third);
  CHECK(says(first, "         3  units that used a prefix"));
  CHECK(says(second, "         1  prefixes made"));
  CHECK(says(second, "         1  units that used a prefix"));
  CHECK(says(third, "         1  units that used a prefix"));
  CHECK(!says(third, "prefixes made"));
  CHECK(!says(edited("a.cpp"), "prefixes made"));
}

// A prefix of headers that have changed since says what is no more.
TEST_CASE("a prefix is made anew when one of its headers changes") {
  const ScratchFolder tree;
  std::string filler = "#pragma once\n";
  for (int i = 0; i < 9000; ++i) filler += "struct filler_of_a_long_header_" + std::to_string(i) + " {};\n";
  tree.write("lib/long.h", filler);
  for (const char* name : {"a", "b", "c"})
    tree.write(std::string("own/") + name + ".cpp",
               "#include <long.h>\nint " + std::string(name) + " = 1;\n");
  const std::string lib = (tree.path() / "lib").string();
  const std::string command = "check . --fail-on never --on-broken=warn --profile --cache-dir '" +
                              (tree.path() / "cache").string() + "' -- -std=c++20 -isystem '" + lib + "'";
  const std::string first = run_corolint(tree.path() / "own", command).err;
  CAPTURE(first);
  CHECK(first.find("prefixes made") != std::string::npos);
  tree.write("lib/long.h", filler + "int x = ;\n");
  const Outcome second = run_corolint(tree.path() / "own", command);
  CAPTURE(second.err);
  CHECK(second.err.find("units that used a prefix") == std::string::npos);
  CHECK(second.err.find("not fully analysed") != std::string::npos);
}
