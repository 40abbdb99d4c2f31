// Where the paths of an output start: people and editors open them from where they are, machines from the
// root.

#include <doctest/doctest.h>

#include <nlohmann/json.hpp>

#include "fixture.h"
#include "output/seen_from.h"
#include "project/paths.h"
#include "program.h"
#include "sources.h"

using namespace corolint;
namespace fs = std::filesystem;
using nlohmann::json;

namespace {

const std::string blocks = lazy_task + R"(extern "C" unsigned sleep(unsigned);
task blocks() { sleep(1); co_return; }
)";

// A project in `project/`, with a finding in `project/src/blocks.cpp` and a unit that does not parse.
ScratchFolder project() {
  return ScratchFolder({{"project/.git/HEAD", ""},
                        {"project/compile_flags.txt", "-std=c++20\n"},
                        {"project/src/blocks.cpp", blocks},
                        {"project/src/broken.cpp", "#include \"missing.h\"\n"},
                        {"project/doc/x.txt", ""},
                        {"elsewhere/x.txt", ""}});
}

}  // namespace

TEST_CASE("full and concise name files from the working directory, else by their whole path") {
  const ScratchFolder folder = project();
  const std::string whole = (folder.path() / "project/src/").string();
  const auto names = [&](const std::string& from, const std::string& start) {
    const std::string check = "check '" + (folder.path() / "project").string() + "' -o ";
    const Outcome concise = run_corolint(folder.path() / from, check + "concise");
    CHECK(concise.out.starts_with(start + "blocks.cpp:16:17: error: "));
    CHECK(concise.err.find(": " + start + "broken.cpp: has errors") != std::string::npos);
    CHECK(concise.err.find("  " + start + "broken.cpp:1:10: ") != std::string::npos);
    const Outcome full = run_corolint(folder.path() / from, check + "full");
    CHECK(full.out.find("--> " + start + "blocks.cpp:16:17\n") != std::string::npos);
    CHECK(full.out.find("sleep(1);") != std::string::npos);
  };
  names("project", "src/");
  names("project/src", "");
  names("project/doc", whole);
  names("elsewhere", whole);
  names(".", "project/src/");
}

TEST_CASE("json and sarif name files from the root, wherever they are made") {
  const ScratchFolder folder = project();
  for (const std::string from : {"project", "project/src", "project/doc"}) {
    const Outcome made = run_corolint(
        folder.path() / from, "check '" + (folder.path() / "project").string() + "' -o json -o sarif:s");
    CHECK(json::parse(made.out)["findings"][0]["place"]["file"] == "src/blocks.cpp");
    const json result = json::parse(read_file(folder.path() / from / "s"))["runs"][0]["results"][0];
    CHECK(result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] == "src/blocks.cpp");
  }
}

TEST_CASE("a symlink to the working directory changes nothing, and every place of a finding is renamed") {
  const ScratchFolder folder = project();
  fs::create_directory_symlink(folder.path() / "project/src", folder.path() / "link");
  const Outcome outcome =
      run_in(folder.path() / "elsewhere", "cd ../link && " + std::string(COROLINT) + " check . -o concise");
  CHECK(outcome.out.starts_with("blocks.cpp:16:17: "));
  Report report;
  report.root = "/project/of/it";
  report.findings.emplace_back().place.file = "src/a.cpp";
  report.findings[0].notes = {{{"/usr/include/x.h", 1, 1, 1, 2}, ""}, {{}, "nowhere"}};
  report.findings[0].path = {{{"src2/b.cpp", 1, 1, 1, 2}, "", ""}};
  const Finding seen = seen_from(report, "/project/of/it/src").findings[0];
  CHECK(seen.place.file == "a.cpp");
  CHECK(seen.notes[0].place.file == "/usr/include/x.h");
  CHECK(seen.notes[1].place.file.empty());
  CHECK(seen.path[0].place.file == "/project/of/it/src2/b.cpp");
}

TEST_CASE("a path is made canonical however odd or long it is") {
  const ScratchFolder folder(std::map<std::string, std::string>{{"a/b.cpp", ""}});
  const std::string root = folder.path().string();
  CHECK(canonical("a/b.cpp", root) == root + "/a/b.cpp");
  CHECK(canonical("a/./none/../c/", root) == root + "/a/c");
  CHECK(canonical("a/none", root) == root + "/a/none");
  CHECK(canonical("//none", root) == "/none");
  CHECK(canonical("///" + root.substr(1) + "//a/b.cpp", "/") == root + "/a/b.cpp");
  CHECK(canonical("//", root) == "/");
  CHECK(canonical("", root) == root);
  CHECK(canonical("x/../../../../../../../../../..", root) == "/");
  std::string deep = root;
  for (unsigned i = 0; i < 20'000; ++i) deep += "/d";
  CHECK(canonical(deep, "/") == deep);
}
