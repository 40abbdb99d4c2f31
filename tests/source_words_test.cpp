// What a text might define, read off its tokens.

#include <doctest/doctest.h>

#include "unit/source_words.h"

using namespace corolint;

namespace {

bool may_define(const char* text, const char* name) {
  return words_of(text).defines.contains(name);
}

}  // namespace

TEST_CASE("words: a definition is found however it goes on behind its parameters") {
  for (const char* text :
       {"void f() {}", "void f()\n#if X\n{\n#else\n;\n#endif",
        "auto f(int a) -> std::map<int, int> { return {}; }", "void f() noexcept(true) {}",
        "void f() const && {}", "void f() try {} catch (...) {}", "void f() [[gnu::cold]] {}",
        "template <class T> void f(T) requires A<T, int> && B<T> {}",
        "EXPORT(x) void f(int) DEPRECATED(\"a\", 1) {}"})
    CHECK_MESSAGE(may_define(text, "f"), text);
}

TEST_CASE("words: calls and declarations define nothing") {
  for (const char* text : {"void f();", "void g() { f(1); }", "int x = f(1);", "if (f(1)) { g(); }",
                           "for (auto x : f()) {}", "auto y = f(1).then([] {});", "void f() = delete;",
                           "while (f(1) && g) {}", "h(f(1), [] {});", "// f() {}", "auto s = \"f() {\";"})
    CHECK_MESSAGE(!may_define(text, "f"), text);
}

TEST_CASE("words: methods are known with their class, and overriders by their name") {
  const SourceWords words =
      words_of("void a::Class::f() {}\nClass::Class() : x(1), y{2} {}\nClass::~Class() {}");
  CHECK(words.defines.contains("Class::f"));
  CHECK(words.defines.contains("*::f"));
  CHECK_FALSE(words.defines.contains("f"));
  CHECK(words.defines.contains("Class::Class"));
  CHECK(words.defines.contains("Class::~Class"));
  CHECK(may_define("struct D : B { void f() override {} };", "*::f"));
  CHECK(may_define("template <> void Box<int>::f() {}", "(f)"));
}

TEST_CASE("words: macros that make functions") {
  CHECK(may_define("HANDLER(f) { sleep(1); }", "(f)"));
  CHECK(words_of("#define GETTER(n) int n() { return 1; }\n").may_define_anything);
  CHECK(words_of("#define GETTER(n) int get_##n() { return 1; }\n").may_define_anything);
  CHECK(words_of("#define RUN(type) void type::run() { }\n").may_define_anything);
  CHECK_FALSE(
      words_of("#define LOG(x) do { log(x); } while (0)\nint n() { return 1; }\n").may_define_anything);
}

TEST_CASE("words: what an include names is no word, what stands behind it is") {
  const SourceWords words = words_of("#include <thread>\n#  include \"async.h\"\nint x = sleep;\n");
  CHECK_FALSE(words.mentions.contains("thread"));
  CHECK_FALSE(words.mentions.contains("async"));
  CHECK(words.mentions.contains("sleep"));
}
