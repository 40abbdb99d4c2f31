// Findings of changed code only: what a patch touches, what git says has changed, and what is left alone.

#include <doctest/doctest.h>

#include "fixture.h"
#include "program.h"
#include "project/patch.h"
#include "sources.h"

using namespace corolint;
namespace fs = std::filesystem;

namespace {

const std::string header = "#pragma once\n" + lazy_task +
                           "extern \"C\" unsigned sleep(unsigned);\ntask work();\nvoid deep();\n"
                           "inline void helper() {\n  deep();\n}\n";
const std::string source =
    "#include \"a.h\"\ntask old_one() {\n  sleep(1);\n  co_return;\n}\n"
    "task by_helper() {\n  helper();\n  co_return;\n}\n";
const std::string deep = "#include \"a.h\"\nvoid deep() {\n  sleep(3);\n}\n";

// A repository whose branch `topic` is ahead of `main`, which has gone on too.
struct Repository {
  Repository()
      : folder({{"src/a.h", header},
                {"src/a.cpp", source},
                {"src/deep.cpp", deep},
                {"compile_flags.txt", "-std=c++20\n"}}) {
    git("init -q -b main && git config user.email a@b && git config user.name a && git add . && git commit "
        "-qm 1");
    git("checkout -q -b topic");
  }
  void git(const std::string& words) const {
    const Outcome outcome = run_in(folder.path(), "git " + words);
    CAPTURE(words);
    CAPTURE(outcome.err);
    REQUIRE(outcome.status == 0);
  }
  std::string check(const std::string& arguments) const {
    const Outcome outcome = run_corolint(folder.path(), "check -o concise --exit-zero src " + arguments);
    CAPTURE(outcome.err);
    REQUIRE(outcome.status == 0);
    return outcome.out;
  }
  ScratchFolder folder;
};

bool has(const std::string& text, const std::string& part) {
  if (text.find(part) != std::string::npos) return true;
  MESSAGE(text);
  return false;
}

}  // namespace

TEST_CASE("changed lines: a patch is read, with new, renamed, removed and quoted files") {
  const ChangedLines changes = *changes_in_patch(
      "diff --git a/x.cpp b/x.cpp\n--- a/x.cpp\n+++ b/x.cpp\t2020-01-01\n@@ -3,2 +3,3 @@ f\n a\n+b\n c\n@@ "
      "-10 +12 @@\n-old\n+new\n"
      "--- /dev/null\n+++ b/new.cpp\n@@ -0,0 +1,2 @@\n+a\n+--- b\n"
      "--- a/gone.cpp\n+++ /dev/null\n@@ -1 +0,0 @@\n-a\n"
      "--- a/cut.cpp\n+++ b/cut.cpp\n@@ -5,2 +4,0 @@\n-a\n-b\n"
      "--- \"a/\\303\\274 b.cpp\"\n+++ \"b/\\303\\274 b.cpp\"\n@@ -1 +1 @@\n-a\n+b\n\\ No newline at end of "
      "file\n");
  CHECK(changes.size() == 4);
  CHECK(touches(changes, "x.cpp", 4, 4));
  CHECK(!touches(changes, "x.cpp", 3, 3));
  CHECK(touches(changes, "x.cpp", 12, 12));
  CHECK(!touches(changes, "x.cpp", 14, 20));
  CHECK(touches(changes, "new.cpp", 99, 99));
  CHECK(touches(changes, "cut.cpp", 4, 4));
  CHECK(touches(changes, "cut.cpp", 5, 5));
  CHECK(!touches(changes, "cut.cpp", 7, 7));
  CHECK(touches(changes, "\xC3\xBC b.cpp", 1, 1));
  CHECK(!touches(changes, "other.cpp", 1, 1));
  CHECK(changes_in_patch("no patch at all\n")->empty());
  CHECK(changes_in_patch("")->empty());
}

TEST_CASE("changed lines: a patch that breaks off is none, wherever that is") {
  const std::string head = "diff --git a/x b/x\n--- a/x\n+++ b/x\n", hunk = "@@ -3,4 +3,4 @@ f\n a\n-b\n+c\n\n d\n";
  CHECK(changes_in_patch(head + hunk));
  CHECK(changes_in_patch("diff --git a/x b/y\nsimilarity index 100%\nrename from x\nrename to y\n"));
  for (std::size_t size = head.size() - 1; size < (head + hunk).size() - 3; ++size) {
    const std::string cut = (head + hunk).substr(0, size);
    CAPTURE(cut);
    CHECK(!changes_in_patch(cut));
    CHECK(!changes_in_patch(cut + "\n" + head + hunk));
  }
}

TEST_CASE("changed lines: only what a changed line touches, and the rest is counted") {
  const Repository repository;
  CHECK(repository.check("--changed-lines HEAD").empty());
  repository.folder.write("src/a.cpp", source + "task fresh() {\n  sleep(2);\n  co_return;\n}\n");
  const std::string out = repository.check("--changed-lines HEAD");
  CHECK(has(out, "'fresh'"));
  CHECK(std::count(out.begin(), out.end(), '\n') == 1);
  const Outcome outcome = run_corolint(repository.folder.path(), "check src --changed-lines HEAD");
  CHECK(outcome.status == 1);
  CHECK(has(outcome.err, "2 findings touch no changed line"));
}

TEST_CASE("changed lines: any step of the way counts") {
  const Repository repository;
  repository.folder.write("src/deep.cpp", "#include \"a.h\"\nvoid deep() {\n  sleep(4);\n}\n");
  CHECK(has(repository.check("--changed-lines HEAD"), "'by_helper'"));
  repository.folder.write("src/deep.cpp", deep);
  repository.folder.write("src/a.h", header + "// more\n");
  CHECK(repository.check("--changed-lines HEAD").empty());
  std::string touched = header;
  touched.insert(touched.find("  deep();"), "  ");
  repository.folder.write("src/a.h", touched);
  CHECK(has(repository.check("--changed-lines HEAD"), "'by_helper'"));
}

TEST_CASE("changed lines: --since counts from where the branch left, not from the other branch's end") {
  const Repository repository;
  repository.folder.write("src/a.cpp", source + "task mine() {\n  sleep(2);\n  co_return;\n}\n");
  repository.git("commit -qam 2 && git checkout -q main");
  std::string theirs = source;
  theirs.replace(theirs.find("sleep(1)"), 8, "sleep(8)");
  repository.folder.write("src/a.cpp", theirs);
  repository.git("commit -qam 3 && git checkout -q topic");
  const std::string since = repository.check("--since main");
  CHECK(has(since, "'mine'"));
  CHECK(since.find("'old_one'") == std::string::npos);
  CHECK(has(repository.check("--changed-lines main"), "'old_one'"));
}

TEST_CASE("changed lines: files that git does not know yet are new, renamed ones are not") {
  const Repository repository;
  repository.folder.write("src/new.cpp",
                          "#include \"a.h\"\nstatic task brand_new() {\n  sleep(2);\n  co_return;\n}\n");
  CHECK(has(repository.check("--since main"), "'brand_new'"));
  fs::remove(repository.folder.path() / "src/new.cpp");
  repository.git("mv src/a.cpp src/b.cpp");
  CHECK(repository.check("--since main").empty());
}

TEST_CASE("changed lines: a patch from a file or from stdin, and gate takes them too") {
  const Repository repository;
  repository.folder.write(
      "src/a.cpp",
      "#include \"a.h\"\n" + source.substr(source.find("task by_helper")) +
          source.substr(source.find('\n') + 1, source.find("task by_helper") - source.find('\n') - 1));
  repository.git("diff > p");
  CHECK(has(repository.check("--patch p --save r.json"), "'old_one'"));
  const Outcome piped = run_in(repository.folder.path(),
                               "git diff | " + std::string(COROLINT) + " check -q -o concise src --patch -");
  CHECK(piped.status == 1);
  const Outcome gated = run_corolint(repository.folder.path(), "gate r.json -q -o concise --patch p");
  CHECK(gated.out == piped.out);
  repository.folder.write("p", read_file(repository.folder.path() / "p").substr(0, 200));
  const Outcome cut = run_corolint(repository.folder.path(), "check src --patch p");
  CHECK(cut.status == 2);
  CHECK(has(cut.err, "the patch p breaks off within a change"));
  repository.folder.write("p", "no patch\n");
  CHECK(run_corolint(repository.folder.path(), "check src --patch p").status == 2);
  CHECK(run_corolint(repository.folder.path(), "check src --patch p --since main").status == 2);
}

TEST_CASE("changed lines: neither the work tree nor the index is touched") {
  const Repository repository;
  repository.folder.write("src/a.cpp", source + "// edited\n");
  repository.folder.write("untracked.txt", "x\n");
  repository.git("add src/a.cpp");
  repository.folder.write("src/a.cpp", source + "// edited twice\n");
  const auto state = [&] {
    return run_in(repository.folder.path(),
                  "sha256sum .git/index .git/HEAD src/* untracked.txt; ls -A . src; "
                  "stat -c '%Y %i' .git/index src/a.cpp; git stash list")
        .out;
  };
  const std::string before = state();
  repository.check("--since main");
  repository.check("--changed-lines HEAD");
  CHECK(state() == before);
}

TEST_CASE("changed lines: what git cannot tell is the user's error, with the remedy") {
  const Repository repository;
  const Outcome unknown = run_corolint(repository.folder.path(), "check src --since no-such-branch");
  CHECK(unknown.status == 2);
  CHECK(has(unknown.err, "git knows no commit 'no-such-branch' here; in CI, fetch it first"));
  repository.git("checkout -q --orphan other && git commit -qm x");
  const Outcome unrelated = run_corolint(repository.folder.path(), "check src --since main");
  CHECK(unrelated.status == 2);
  CHECK(has(unrelated.err, "no commit in common"));
  CHECK(run_corolint(repository.folder.path(), "check src --since --exec=x").status == 2);
}
