// Models as a file: what the reader refuses and where, how a user's own go before the shipped ones, and what
// `corolint models` tells of them.

#include <doctest/doctest.h>

#include <nlohmann/json.hpp>

#include "fixture.h"
#include "program.h"
#include "project/document.h"

using namespace corolint;

namespace {

std::string refusal(const std::string& entry) {
  const std::string model =
      "{\n  \"id\": \"x\", \"title\": \"X\", \"roots\": [],\n  \"entries\": [\n    " + entry + "\n  ]\n}\n";
  auto library = read_user_library(model, "x.json");
  REQUIRE(!library);
  return llvm::toString(library.takeError());
}

}  // namespace

TEST_CASE("a model with an unknown key, word or role is refused with its place and what was meant") {
  CHECK(refusal(R"({"role": "blok", "match": {"name": "f"}})") ==
        "x.json:4:14: unknown word 'blok'; did you mean 'block'?");
  CHECK(refusal(R"({"role": "block", "match": {"name": "f"}, "clas": "net"})") ==
        "x.json:4:47: unknown key 'clas'; did you mean 'class'?");
  CHECK(refusal(R"({"role": "block"})") == "x.json:4:6: the key 'match' is missing here");
  CHECK(refusal(R"({"role": "block", "match": {"name": []}})") == "x.json:4:42: this list is too short");
  CHECK(refusal(R"({"role": "block", "match": {"name": "f"}, "work": "first"})")
            .starts_with("x.json:4:55: this must be a number, not a word"));
  CHECK(refusal(R"({"role": "block", "role": "task"})") == "x.json:4:23: the key 'role' stands here twice");
  CHECK(refusal(R"({"role": )").starts_with("x.json:"));
}

TEST_CASE("every shipped model fits the schema, and its id is its file's name") {
  const auto schema = nlohmann::json::parse(model_schema());
  CHECK(embedded_libraries().size() >= 4);
  for (const EmbeddedFile& file : embedded_libraries()) {
    auto document = read_document(file.text, std::string(file.name), schema);
    REQUIRE_MESSAGE(static_cast<bool>(document), llvm::toString(document.takeError()));
    CHECK(document->at("id").get<std::string>() + ".json" == file.name);
  }
}

TEST_CASE("a user's model adds a library, replaces a shipped fact, and takes one away") {
  const ScratchFolder folder;
  folder.write("acme.json", R"({"id": "acme", "title": "Acme", "roots": ["acme"], "entries": [
    {"role": "block", "match": {"name": "@::fetch"}, "class": "net", "replace": "@::fetch_async"},
    {"role": "none", "match": {"name": "std::this_thread::sleep_for"}}]})");
  folder.write("use.cpp", R"(
#include <chrono>
#include <thread>
#include "task.h"
namespace acme { int fetch(); }
task<> use() {
  std::this_thread::sleep_for(std::chrono::seconds(1));
  acme::fetch();
  co_return;
}
)");
  const std::string lib = std::string(SOURCE_DIR) + "/fixtures/lib";
  const std::string flags = " -- -std=c++20 -nostdinc++ -isystem " + lib + "/std -isystem " + lib + "/task";
  const auto plain = run_in(folder.path(), std::string(COROLINT) + " check use.cpp -o concise" + flags);
  CHECK(plain.out.find("sleep_for") != std::string::npos);
  CHECK(plain.out.find("acme::fetch") == std::string::npos);
  const auto modelled =
      run_in(folder.path(), std::string(COROLINT) + " check use.cpp -o concise --models acme.json" + flags);
  CHECK(modelled.out.find("sleep_for") == std::string::npos);
  CHECK(modelled.out.find("acme::fetch") != std::string::npos);
  folder.write(".corolint.yaml", "models:\n  - acme.json\n");
  CHECK(run_in(folder.path(), std::string(COROLINT) + " check use.cpp -o concise" + flags).out ==
        modelled.out);
  folder.write(".corolint.yaml", "models:\n  - acme.json\nmodel: []\n");
  const auto refused = run_in(folder.path(), std::string(COROLINT) + " check use.cpp" + flags);
  CHECK(refused.status == 2);
  CHECK(refused.err.find(".corolint.yaml:3:1: unknown key 'model'; did you mean 'models'?") !=
        std::string::npos);
}

TEST_CASE("corolint models lists libraries and tells what is known of a name") {
  const auto list = run_corolint(SOURCE_DIR, "models");
  CHECK(list.out.find("asio") != std::string::npos);
  const auto read = run_corolint(SOURCE_DIR, "models boost::asio::read");
  CHECK(read.out.find("blocks the calling thread") != std::string::npos);
  CHECK(read.out.find("async_read") != std::string::npos);
  CHECK(run_corolint(SOURCE_DIR, "models co_spawn").out.find("'boost::asio::co_spawn'") != std::string::npos);
  CHECK(run_corolint(SOURCE_DIR, "models std::mutex::look").out.find("no model names it") !=
        std::string::npos);
  CHECK(run_corolint(SOURCE_DIR, "models std::ofstream").out.find("ask for 'std::basic_ofstream'") !=
        std::string::npos);
  CHECK(nlohmann::json::parse(run_corolint(SOURCE_DIR, "models --schema").out).contains("$defs"));
}

TEST_CASE("corolint models says what dropping does, which versions are meant, and what is unchecked") {
  const auto has = [](const std::string& name, const std::string& part) {
    const std::string text = run_corolint(SOURCE_DIR, "models " + name).out;
    CHECK_MESSAGE(text.find(part) != std::string::npos, text);
  };
  has("cppcoro::task", "task: a type that must be awaited (lazy, if dropped, it never runs)");
  has("userver::engine::Mutex", "known members: lock\n");
  has("pqxx::blob::read", "since version 7");
  has("boost::mysql::any_connection::ping", "unchecked: read in the header");
  has("seastar::sleep", "(class timer)");
  const std::string spawn = run_corolint(SOURCE_DIR, "models boost::asio::co_spawn").out;
  CHECK(spawn.find("from the model of Asio: ") == spawn.rfind("from the model of Asio: "));
}
