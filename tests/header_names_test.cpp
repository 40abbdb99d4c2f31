// The check of models against headers: where a name is looked up, and what becomes of one that is not found.

#include "header_names.h"

#include "models/library_file.h"
#include "project_tree.h"

using namespace corolint;

namespace {

const char* const model = R"({
  "id": "lib", "title": "Lib", "roots": ["lib"],
  "check": [
    {"repository": "owner/lib", "version": "2", "path": ["include"], "include": ["lib.h", "instances.h"],
      "stand_ins": {"made.h": "#define MADE", "instances.h": "template struct lib::operation<int>;"}},
    {"repository": "owner/lib@1", "version": "1", "path": ["include"], "include": ["lib.h"]}
  ],
  "entries": [
    {"role": "block", "match": {"name": "@::send"}, "since": "2"},
    {"role": "block", "match": {"name": "@::send_all"}, "until": "2"},
    {"role": "sync_wait", "match": {"name": "@::operation::get"}},
    {"role": "ready", "match": {"name": "@::action::status"}},
    {"role": "block", "match": {"name": ["@::receive", "@::receive_later"]}, "unchecked": "read in a manual"},
    {"role": "block", "match": {"name": "@::sned"}}
  ]
})";

LibraryCheck checked(const std::string& checkouts) {
  auto library = read_user_library(model, "lib.json");
  REQUIRE(static_cast<bool>(library));
  return check_library(*library, checkouts);
}

}  // namespace

TEST_CASE("names are looked up in every version at hand, past stand-ins and through the bases of instances") {
  Tree tree;
  tree.write("owner/lib/include/lib.h", R"(
#include "made.h"
namespace lib {
template <class T> struct waits { int get(); };
template <class T> struct bases { using type = waits<T>; };
template <class T> struct operation : bases<T>::type {};
struct info { int status(); };
template <class... Ts> struct all_of : Ts... {};
struct action : all_of<waits<int>, info> {};
MADE void send();
void receive();
})");
  tree.write("owner/lib@1/include/lib.h", "namespace lib { void send_all(); }");
  const LibraryCheck check = checked(tree.path);
  REQUIRE(check.checks.size() == 2);
  for (const NameCheck& one : check.checks) CHECK(one.failure.empty());
  const std::set<std::string> resolved = {"lib::send", "lib::send_all", "lib::operation::get",
                                          "lib::action::status", "lib::receive"};
  CHECK(check.resolved == resolved);
  CHECK(check.unchecked == std::map<std::string, std::string>{{"lib::receive_later", "read in a manual"}});
  CHECK(check.unresolved == std::set<std::string>{"lib::sned"});
}

TEST_CASE("a library whose sources are not at hand is left out, not failed") {
  Tree tree;
  const LibraryCheck check = checked(tree.path);
  CHECK(check.checks.empty());
  CHECK(check.unresolved.empty());
  CHECK(check.unchecked.size() == 2);
}
