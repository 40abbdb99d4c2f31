// A unit may use a prefix only if it gives the same with it. Each case here is a way in which it would not.

#include <doctest/doctest.h>

#include <fstream>

#include "fixture.h"
#include "program.h"
#include "unit/parse.h"
#include "unit/prefix.h"

using namespace corolint;

namespace {

const char* const first = "#pragma once\nstruct First {};\n#define FIRST_IS_THERE 1\n";
const char* const second = R"(#ifndef SECOND_H
#define SECOND_H
#include <first.h>
#ifdef WITH_EXTRA
struct Extra {};
#endif
inline int second(int value) { return value + 1; }
#endif
)";
const char* const third = "#pragma once\n#include <first.h>\nstruct Third { First first; };\n";

// A project with foreign headers beside it.
struct ForeignTree : ScratchFolder {
  ForeignTree() {
    write("lib/first.h", first);
    write("lib/second.h", second);
    write("lib/third.h", third);
    write("own/unit.cpp", "");
    write("made/empty", "");
    settings.root = std::filesystem::canonical(path() / "own").string();
    auto resource_dir = find_resource_dir();
    REQUIRE(static_cast<bool>(resource_dir));
    settings.resource_dir = *resource_dir;
  }

  CompileCommand command() const {
    const std::string file = settings.root + "/unit.cpp";
    return {settings.root, file, {"clang++", "-std=c++20", "-isystem", (path() / "lib").string(), file}};
  }

  std::shared_ptr<const Prefix> prefix(const std::vector<std::string>& headers,
                                       const Prefix* base = nullptr) const {
    const std::string file = (path() / "made" / (std::to_string(++made) + ".pch")).string();
    if (llvm::Error error = build_prefix(command(), settings, headers, base, file))
      FAIL(llvm::toString(std::move(error)));
    auto loaded = load_prefix(file);
    REQUIRE(loaded);
    return loaded;
  }

  // The same headers in one prefix, and as one on top of another.
  std::vector<std::shared_ptr<const Prefix>> one_and_two(const std::string& lower,
                                                         const std::string& upper) const {
    return {prefix({lower, upper}), prefix({upper}, prefix({lower}).get())};
  }

  // Returns why the unit with this text cannot use the prefix; empty if it did.
  std::string failure(const std::string& text, const Prefix& prefix) const {
    write("own/unit.cpp", text);
    UnitLog log, log_without;
    const ParsedUnit with = parse(command(), settings, &prefix, log);
    const ParsedUnit without = parse(command(), settings, nullptr, log_without);
    CHECK(with.errors == without.errors);
    CHECK(static_cast<bool>(with.unit) == static_cast<bool>(without.unit));
    // What a unit depends on is known in full, though it has not read its headers itself.
    for (const auto& [file, entry] : log_without.files.entries())
      CHECK_MESSAGE((log.files.entries().contains(file) || prefix.log.entries().contains(file)), file);
    REQUIRE(log.counts.size() == 1);
    llvm::StringRef told = log.counts.begin()->first;
    return told.consume_front("units that could not use a prefix: ") ? told.str() : "";
  }

  ParseSettings settings;
  mutable int made = 0;  // prefixes
};

bool holds(const std::string& text, const std::string& part) {
  INFO(text);
  return text.find(part) != std::string::npos;
}

}  // namespace

TEST_CASE("a unit that includes all headers of a prefix uses it, in any order") {
  const ForeignTree project;
  for (const auto& prefix : project.one_and_two("<second.h>", "<third.h>")) {
    CAPTURE(prefix->file);
    CHECK(project.failure("#include <third.h>\n#include <second.h>\nint x = second(1);\n", *prefix).empty());
    CHECK(project.failure("#include <second.h>\n#include <first.h>\n#include <third.h>\nThird t;\n", *prefix)
              .empty());
    CHECK(project
              .failure("#define MINE 1\n#include <second.h>\n#if MINE\n#include <third.h>\n#endif\n", *prefix)
              .empty());
  }
}

TEST_CASE("a unit may use what the compiler itself defines before it includes all headers of a prefix") {
  const ForeignTree project;
  for (const auto& prefix : project.one_and_two("<second.h>", "<third.h>"))
    for (const char* use : {"int line = __LINE__;\n", "const char* file = __FILE__;\n",
                            "#if __cplusplus > 202000\n#endif\n", "#if __has_include(<nothing.h>)\n#endif\n"})
      CHECK(project.failure(std::string("#include <second.h>\n") + use + "#include <third.h>\n", *prefix)
                .empty());
}

TEST_CASE("a unit in which a prefix would change something does not use it") {
  const ForeignTree project;
  for (const auto& prefix : project.one_and_two("<second.h>", "<third.h>")) {
    CAPTURE(prefix->file);
    CHECK(holds(project.failure("#include <second.h>\n", *prefix), "does not include"));
    CHECK(holds(project.failure("#include <third.h>\n", *prefix), "does not include"));
    CHECK(holds(project.failure("", *prefix), "does not include"));
    const std::string includes = "#include <second.h>\n#include <third.h>\n";
    for (const char* macro : {"WITH_EXTRA", "value", "First", "Third", "SECOND_H"})
      CHECK(holds(project.failure("#define " + std::string(macro) + " Other\n" + includes, *prefix), macro));
    for (const char* use : {"#ifndef FIRST_IS_THERE\nint a;\n#endif\n",
                            "#if FIRST_IS_THERE\nint a;\n#endif\n", "int a = FIRST_IS_THERE;\n"})
      CHECK(holds(project.failure(use + includes, *prefix), "FIRST_IS_THERE"));
    CHECK(holds(project.failure("#pragma pack(1)\n" + includes, *prefix), "pragma"));
    CHECK(
        holds(project.failure("#include <second.h>\nstruct T { Third* t; };\n#include <third.h>\n", *prefix),
              "Third"));
    CHECK(holds(project.failure("namespace n {\n" + includes + "}\n", *prefix), "braces"));
    CHECK(holds(project.failure(includes + "int x = ;\n", *prefix), "has errors"));
  }
}

TEST_CASE("a unit that only compiles with its own order of headers is parsed in it") {
  const ForeignTree project;
  project.write("lib/sets.h", "#pragma once\n#define MODE 2\n");
  project.write("lib/reads.h", "#pragma once\n#if MODE\nstruct Moded {};\n#endif\n");
  for (const auto& prefix : project.one_and_two("<reads.h>", "<sets.h>")) {
    CHECK(project.failure("#include <reads.h>\n#include <sets.h>\n", *prefix).empty());
    CHECK(holds(project.failure("#include <sets.h>\n#include <reads.h>\nModed m;\n", *prefix), "has errors"));
  }
  project.write("lib/names.h", "#pragma once\nstruct MODE_ { int MODE; };\n");
  for (const auto& prefix : project.one_and_two("<names.h>", "<sets.h>")) {
    CHECK(project.failure("#include <names.h>\n#include <sets.h>\n", *prefix).empty());
    CHECK(holds(
        project.failure("#include <sets.h>\n#undef MODE\n#define MODE other\n#include <names.h>\n", *prefix),
        "MODE"));
  }
}

TEST_CASE("a macro that a later header of the prefix takes away, or defines anew, is missed in between") {
  const ForeignTree project;
  project.write("lib/opens.h", "#pragma once\n#define BETWEEN 1\n");
  project.write("lib/closes.h", "#pragma once\n#undef BETWEEN\n");
  project.write("lib/changes.h", "#pragma once\n#undef BETWEEN\n#define BETWEEN 2\n");
  project.write("lib/overrides.h", "#pragma once\n#define BETWEEN 2\n");
  for (const std::string later : {"<closes.h>", "<changes.h>", "<overrides.h>"})
    for (const auto& prefix : project.one_and_two("<opens.h>", later)) {
      CAPTURE(later);
      const std::string text = "#include <opens.h>\nint x = BETWEEN;\n#include " + later + "\n";
      CHECK(holds(project.failure(text, *prefix), "BETWEEN"));
    }
}

TEST_CASE("a header that has two names is the same for a prefix on top of another") {
  const ForeignTree project;
  std::filesystem::create_symlink("first.h", project.path() / "lib" / "also_first.h");
  project.write("lib/user.h", "#pragma once\n#include <also_first.h>\nstruct User { First first; };\n");
  for (const auto& prefix : project.one_and_two("<first.h>", "<user.h>"))
    CHECK(project.failure("#include <user.h>\nUser u;\n", *prefix).empty());
}

TEST_CASE("headers without a guard are entered each time") {
  const ForeignTree project;
  project.write("lib/again.h", "#ifdef WANTED\nint wanted = WANTED;\n#undef WANTED\n#endif\n");
  project.write("lib/uses.h", "#pragma once\n#include <again.h>\n");
  const auto prefix = project.prefix({"<uses.h>"});
  CHECK(project.failure("#include <uses.h>\n#define WANTED 3\n#include <again.h>\nint y = wanted;\n", *prefix)
            .empty());
}

TEST_CASE("a prefix that cannot be built or is damaged is none") {
  const ForeignTree project;
  const std::string file = (project.path() / "made" / "prefix.pch").string();
  llvm::Error error = build_prefix(project.command(), project.settings, {"<missing.h>"}, nullptr, file);
  CHECK(static_cast<bool>(error));
  llvm::consumeError(std::move(error));
  project.write("lib/broken.h", "#pragma once\nint x = ;\n");
  error = build_prefix(project.command(), project.settings, {"<broken.h>"}, nullptr, file);
  CHECK(static_cast<bool>(error));
  llvm::consumeError(std::move(error));
  CHECK(load_prefix(file) == nullptr);
  const auto prefix = project.prefix({"<second.h>", "<third.h>"});
  const std::string includes = "#include <second.h>\n#include <third.h>\nint x = second(1);\n";
  std::ofstream(prefix->file) << "no precompiled header";
  CHECK(holds(project.failure(includes, *prefix), "has errors"));
  std::ofstream(prefix->file + ".index") << "no index";
  CHECK(load_prefix(prefix->file) == nullptr);
}

TEST_CASE("a prefix without its base is none, nor is one that was moved") {
  const ForeignTree project;
  const auto base = project.prefix({"<second.h>"});
  const auto prefix = project.prefix({"<third.h>"}, base.get());
  CHECK(prefix->index.base == base->file);
  const auto moved = project.path() / "moved";
  std::filesystem::copy(project.path() / "made", moved);
  CHECK(load_prefix((moved / "1.pch").string()) != nullptr);
  CHECK(load_prefix((moved / "2.pch").string()) == nullptr);
  std::filesystem::remove(base->file);
  CHECK(load_prefix(prefix->file) == nullptr);
}

TEST_CASE("a macro that several headers define alike is there with the first of them") {
  const ForeignTree project;
  project.write("lib/one.h", "#pragma once\n#define VERSION 3\n");
  project.write("lib/two.h", "#pragma once\n#define VERSION 3\n");
  for (const auto& prefix : project.one_and_two("<one.h>", "<two.h>")) {
    for (const char* both : {"#include <one.h>\nint x = VERSION;\n#include <two.h>\n",
                             "#include <two.h>\nint x = VERSION;\n#include <one.h>\n"})
      CHECK(project.failure(both, *prefix).empty());
    CHECK(holds(project.failure("#ifdef VERSION\n#endif\n#include <one.h>\n#include <two.h>\n", *prefix),
                "VERSION"));
  }
}

TEST_CASE("a header that includes a file of the project is in no prefix") {
  const ForeignTree project;
  project.write("lib/user.h", "#pragma once\n#include \"../own/config.h\"\n");
  project.write("own/config.h", "inline int configured() { return 1; }\n");
  CompileCommand command = project.command();
  command.arguments[2] = "-I";  // what a system header includes is a system header as well
  llvm::Error error = build_prefix(command, project.settings, {"<user.h>"}, nullptr,
                                   (project.path() / "made" / "prefix.pch").string());
  CHECK(static_cast<bool>(error));
  llvm::consumeError(std::move(error));
}

TEST_CASE("an index is the same after a way through bytes") {
  const ForeignTree project;
  const auto prefix = project.prefix({"<second.h>", "<third.h>"});
  const PrefixIndex& index = prefix->index;
  CHECK(index.files.size() == 3);
  CHECK(index.top.size() == 2);
  CHECK(index.mentions("WITH_EXTRA"));
  CHECK(!index.mentions("WITHOUT_EXTRA"));
  const std::string bytes = to_bytes(index);
  auto again = prefix_index_from_bytes(bytes);
  REQUIRE(static_cast<bool>(again));
  CHECK(to_bytes(*again) == bytes);
  for (std::size_t end = 0; end < bytes.size(); end += 7)
    if (auto cut = prefix_index_from_bytes(llvm::StringRef(bytes).take_front(end)))
      FAIL("cut off at " << end);
    else
      llvm::consumeError(cut.takeError());
}
