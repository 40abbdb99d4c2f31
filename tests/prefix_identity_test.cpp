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

TEST_CASE("prefixes change no byte: Boost's examples") {
  REQUIRE_MESSAGE(fs::exists(examples), "install libboost1.81-doc");
  const std::string told = same_both_ways(examples, "echo_server.cpp chat_server.cpp", " -- -std=c++20");
  CAPTURE(told);
  CHECK(told.find("units that used a prefix") != std::string::npos);
}
