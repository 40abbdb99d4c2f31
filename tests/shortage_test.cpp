// Short of files, space, memory or rights: outputs are whole or absent, and the exit status never says that
// all is well.

#include <doctest/doctest.h>
#include <unistd.h>

#include "units_project.h"

using namespace corolint;
namespace fs = std::filesystem;

namespace {

Outcome limited(const UnitsProject& project, const std::string& limit, const std::string& outputs) {
  return run_in(project.path(), limit + "; " + COROLINT + " check src -j 40 " + outputs);
}

// Root may write everywhere: it gives that up.
std::string without_privileges(const std::string& command) {
  const std::string give_up = "setpriv --bounding-set=-dac_override,-dac_read_search ";
  return (geteuid() == 0 ? give_up : "") + command;
}

}  // namespace

TEST_CASE("shortage: a file that cannot grow, a full disk and a closed stream are errors, not results") {
  const UnitsProject project;
  std::string big;
  for (unsigned i = 0; i < 3000; ++i) big += "task g" + std::to_string(i) + "() { sleep(1); co_return; }\n";
  project.write("src/big.cpp", lazy_task + "extern \"C\" unsigned sleep(unsigned);\n" + big);
  for (const std::string format : {"full", "concise", "json", "sarif"}) {
    const Outcome cut = limited(project, "ulimit -f 8", "-o " + format + ":out/cut");
    CAPTURE(cut.err);
    CHECK(cut.status == 2);
    CHECK(cut.err.find("cannot write out/cut: File too large") != std::string::npos);
    CHECK(project.outputs().empty());
    const Outcome full = limited(project, "true", "-o " + format + ":/dev/full");
    CHECK(full.status == 2);
    CHECK(full.err.find("cannot write /dev/full: No space left on device") != std::string::npos);
  }
  const Outcome full = limited(project, "true", ">/dev/full");
  CHECK(full.status == 2);
  CHECK(full.err.find("cannot write to stdout: No space left on device") != std::string::npos);
  CHECK(limited(project, "true", ">&-").status == 2);
  for (const std::string streams : {"2>&-", "2>/dev/full", "<&- 2>&-"}) {
    const Outcome outcome = limited(project, "true", "-o concise " + streams);
    CHECK(outcome.status == 1);
    CHECK(outcome.out.find("'f0'") != std::string::npos);
    CHECK(limited(project, "true", "--fail-on never " + streams).status == 0);
  }
}

TEST_CASE("shortage: a reader that goes away ends the run by the pipe's signal") {
  const UnitsProject project;
  const Outcome outcome = run_in(
      project.path(), "{ " + std::string(COROLINT) + " check src -o concise; echo $? >status; } | true");
  const std::string status = read_file(project.path() / "status");
  CHECK_MESSAGE((status == "141\n" || status == "2\n" || status == "1\n"), status);
}

TEST_CASE("shortage: few files, no temporary folder and a read-only tree change nothing") {
  const UnitsProject project;
  const std::string whole = limited(project, "true", "-q -o json").out;
  for (const std::string limit : {"ulimit -n 64", "ulimit -n 16", "export TMPDIR=/nowhere/at/all",
                                  "unset HOME PATH TMPDIR", "chmod -R a-w src"}) {
    const Outcome outcome = limited(project, limit, "-q -o json");
    CAPTURE(limit);
    CAPTURE(outcome.err);
    CHECK(outcome.status == 1);
    CHECK(outcome.out == whole);
  }
  fs::permissions(project.path() / "src", fs::perms::owner_all);
}

TEST_CASE("shortage: a cache and a tree that may only be read change nothing but for a note") {
  const UnitsProject project;
  const std::string check = without_privileges(COROLINT) + " check src -q -j 3 --cache-dir cache -o ";
  REQUIRE(run_in(project.path(), std::string(COROLINT) + " check src/u0.cpp -q --cache-dir cache").status ==
          1);
  run_in(project.path(), "chmod -R a-w .");
  REQUIRE(run_in(project.path(), without_privileges("touch new")).status != 0);
  const Outcome whole = run_in(project.path(), check + "json");
  const Outcome file = run_in(project.path(), check + "json:out/j");
  const Outcome fixed = run_in(project.path(), check + "concise --fix --unsafe-fixes");
  run_in(project.path(), "chmod -R u+w .");
  CAPTURE(whole.err);
  CHECK(whole.status == 1);
  CHECK(whole.out == run_in(project.path(), std::string(COROLINT) + " check src -q --no-cache -o json").out);
  CHECK(whole.err.find("cannot be written: Permission denied") != std::string::npos);
  CHECK(file.status == 2);
  CHECK(file.err.find("cannot write out/j: Permission denied") != std::string::npos);
  CHECK(project.outputs().empty());
  CHECK_MESSAGE((fixed.status == 1 || fixed.status == 2), fixed.err);
}

TEST_CASE("shortage: without memory for the work the units are named, or the run says why it ended") {
  if (is_instrumented) {
    MESSAGE("a program built with a sanitizer does not start with little memory");
    return;
  }
  const UnitsProject project;
  for (const unsigned megabytes : {400, 600, 1000, 3000}) {
    const Outcome outcome =
        limited(project, "ulimit -v " + std::to_string(megabytes * 1024), "-o json:out/j --fail-on never");
    CAPTURE(megabytes);
    CAPTURE(outcome.status);
    CAPTURE(outcome.err);
    CHECK((outcome.status == 0 || outcome.status == 3 || outcome.status == 70 || outcome.status == 127 ||
           outcome.status >= 128));
    if (outcome.status == 3) CHECK(outcome.err.find("not fully analysed: u0.cpp") != std::string::npos);
    if (outcome.status == 0) CHECK(outcome.err.find("6 of 6 units") != std::string::npos);
  }
}

TEST_CASE("shortage: an output that cannot be made is told, and a link's target is replaced") {
  const UnitsProject project;
  const Outcome nowhere = limited(project, "true", "-o sarif:no/such/folder/x");
  CHECK(nowhere.status == 2);
  CHECK(nowhere.err.find("cannot write no/such/folder/x: there is no folder no/such/folder") !=
        std::string::npos);
  CHECK(limited(project, "true", "-o sarif:out").status == 2);
  project.write("real/target", "old");
  fs::create_symlink("../real/target", project.path() / "out/link");
  CHECK(limited(project, "true", "-o json:out/link").status == 1);
  CHECK(fs::is_symlink(project.path() / "out/link"));
  CHECK(read_file(project.path() / "real/target").starts_with("{"));
}
