// `corolint lsp`, driven as an editor does: over pipes, with messages that are right and messages that are
// not.

#include <csignal>
#include <nlohmann/json.hpp>

#include "editor.h"
#include "fixture.h"
#include "program.h"
#include "sources.h"

using namespace corolint;
using nlohmann::json;
namespace fs = std::filesystem;

namespace {

const std::string clean = "#include \"slow.h\"\ntask a() { co_return; }\n";
const std::string blocks =
    "#include \"slow.h\"\ntask a() {\n  /* \xF0\x9F\x98\x80 */ slow();\n  co_return;\n}\n";

json range(int line, int from, int end_line, int to) {
  return {{"start", {{"line", line}, {"character", from}}}, {"end", {{"line", end_line}, {"character", to}}}};
}

// Returns the text with the edits of the file made; they do not overlap.
std::string edited(std::string text, json edits) {
  const auto offset = [&](const json& position) {
    std::size_t at = 0;
    for (int line = 0; line < position["line"]; ++line) at = text.find('\n', at) + 1;
    for (int units = 0; units < position["character"]; ++at) {
      const auto byte = static_cast<unsigned char>(text[at]);
      units += (byte & 0xC0) == 0x80 ? 0 : byte >= 0xF0 ? 2 : 1;
    }
    while ((static_cast<unsigned char>(text[at]) & 0xC0) == 0x80) ++at;
    return at;
  };
  std::reverse(edits.begin(), edits.end());
  for (const json& edit : edits) {
    const std::size_t begin = offset(edit["range"]["start"]), end = offset(edit["range"]["end"]);
    text.replace(begin, end - begin, edit["newText"].get<std::string>());
  }
  return text;
}

}  // namespace

TEST_CASE("language server: what is typed is checked, saved or not, and what is put right goes away") {
  const CachedProject project;
  Editor editor(project);
  editor.initialize();
  editor.open("a.cpp", blocks);
  const json diagnostics = editor.diagnostics();
  REQUIRE(diagnostics.size() == 1);
  const json& one = diagnostics[0];
  CHECK(one["code"] == "blocking-call-in-coroutine");
  CHECK(one["codeDescription"]["href"].get<std::string>().starts_with("https://"));
  CHECK(one["severity"] == 1);
  CHECK(one["source"] == "corolint");
  CHECK(one["range"] == range(2, 11, 2, 17));  // the face takes two units
  const json& related = one["relatedInformation"];
  REQUIRE(!related.empty());
  CHECK(related.back()["location"]["uri"] == editor.uri("include/slow.h"));
  CHECK(related.back()["location"]["range"]["start"]["line"] == 3);
  CHECK(related.back()["message"].get<std::string>().find("sleep") != std::string::npos);

  editor.change("a.cpp", clean, 2);
  const json after = editor.receive();
  CHECK(after["params"]["version"] == 2);
  CHECK(after["params"]["diagnostics"].empty());
  CHECK(read_file(project.path() / "tree/a.cpp").find("slow();") != std::string::npos);

  for (int version = 3; version < 20; ++version)
    editor.change("a.cpp", std::string(version, '\n') + blocks, version);
  const json last = editor.receive();
  CHECK(last["params"]["version"] == 19);
  CHECK(last["params"]["diagnostics"][0]["range"]["start"]["line"] == 21);
  editor.notify("textDocument/didClose", {{"textDocument", {{"uri", editor.uri("a.cpp")}}}});
  CHECK(editor.diagnostics().empty());
  CHECK(editor.ask("shutdown", json::object())["result"].is_null());
  CHECK(editor.ask("textDocument/codeAction", json::object())["error"]["code"] == -32600);
  editor.notify("exit", json::object());
  CHECK(editor.end() == 0);
}

TEST_CASE("language server: an unsaved header counts for the sources that include it") {
  const CachedProject project;
  Editor editor(project);
  editor.initialize();
  editor.open("include/slow.h", "#pragma once\n#include \"task.h\"\ninline void slow() {}\n");
  CHECK(editor.diagnostics().empty());
  editor.open("a.cpp", blocks);
  CHECK(editor.diagnostics().empty());
  editor.change("include/slow.h", read_file(project.path() / "tree/include/slow.h"), 2);
  CHECK(editor.diagnostics().empty());
  editor.notify("textDocument/didSave", {{"textDocument", {{"uri", editor.uri("include/slow.h")}}}});
  const json first = editor.diagnostics(), second = editor.diagnostics();
  CHECK(first.size() + second.size() == 1);
}

TEST_CASE("language server: fixes and comments that silence are offered as edits that do so") {
  const CachedProject project;
  const std::string text =
      "#include \"task.h\"\ntask g();\ntask f() {\n  g(); /* \xC3\xA9 */ g();\n  co_return;\n}\n";
  Editor editor(project);
  editor.initialize();
  editor.open("a.cpp", text);
  const json diagnostics = editor.diagnostics();
  REQUIRE(diagnostics.size() == 2);
  const json range = diagnostics[1]["range"];
  CHECK(range["start"] == json{{"line", 3}, {"character", 15}});
  const json actions = editor.actions("a.cpp", range);
  REQUIRE(actions.size() == 2);
  CHECK(actions[0]["kind"] == "quickfix");
  CHECK(actions[0]["isPreferred"] == false);
  CHECK(actions[0]["diagnostics"][0] == diagnostics[1]);
  const std::string fixed = edited(text, actions[0]["edit"]["changes"][editor.uri("a.cpp")]);
  CHECK(fixed.find("/* \xC3\xA9 */ co_await g();") != std::string::npos);
  const std::string silenced = edited(text, actions[1]["edit"]["changes"][editor.uri("a.cpp")]);
  CHECK_MESSAGE(silenced.find("NOLINT") != std::string::npos, silenced);
  editor.change("a.cpp", fixed, 2);
  CHECK(editor.actions("a.cpp", range).empty());
  CHECK(editor.actions("a.cpp", ::range(0, 0, 6, 0)).size() == 2);
  editor.change("a.cpp", silenced, 3);
  for (json message = editor.receive(); !message.is_null(); message = editor.receive(3000))
    if (message["params"]["version"] == 3) CHECK(message["params"]["diagnostics"].empty());
  CHECK(editor.actions("b.cpp", range).empty());
}

TEST_CASE("language server: what cannot be analysed says so, and an unused comment is marked unnecessary") {
  const CachedProject project;
  Editor editor(project);
  editor.initialize();
  editor.open("a.cpp", "#include \"task.h\"\nint a() { return x; }\n");
  const json broken = editor.diagnostics();
  REQUIRE(broken.size() == 1);
  CHECK(broken[0]["code"] == "unit-not-analysed");
  CHECK(broken[0]["range"]["start"]["line"] == 1);
  editor.open("other.cpp", "int other;\n");
  const json unknown = editor.diagnostics();
  REQUIRE(unknown.size() == 1);
  CHECK(unknown[0]["message"].get<std::string>().find("is not in the compile database") != std::string::npos);
  editor.change("a.cpp", "#include \"task.h\"\nint a();  // NOLINT(discarded-awaitable)\n", 2);
  project.run("check .");  // the comment is unused only if all units are known
  const json unused = editor.diagnostics();
  if (!unused.empty()) {
    CHECK(unused[0]["code"] == "unused-suppression");
    CHECK(unused[0]["tags"] == json::array({1}));
  }
  editor.notify("textDocument/didOpen",
                {{"textDocument",
                  {{"uri", "untitled:Untitled-1"}, {"languageId", "cpp"}, {"version", 1}, {"text", ""}}}});
  CHECK(editor.receive(1000).is_null());
}

TEST_CASE(
    "language server: what is no proper message is answered with an error, and the next one is served") {
  const CachedProject project;
  Editor editor(project);
  CHECK(editor.ask("textDocument/codeAction", json::object())["error"]["code"] == -32002);
  editor.notify("textDocument/didOpen", json::object());
  editor.initialize();
  CHECK(editor.ask("initialize", json::object())["error"]["code"] == -32600);
  const std::vector<std::pair<std::string, int>> wrong = {
      {"{", -32700},
      {"", -32700},
      {"\"\xFF\"", -32700},
      {std::string(100'000, '['), -32700},
      {"[]", -32600},
      {"17", -32600},
      {"{\"id\":5}", -32600},
      {"{\"id\":5,\"method\":7}", -32600},
      {"{\"id\":{},\"method\":\"shutdown\"}", -32600},
      {"{\"id\":5,\"method\":\"no/such\"}", -32601},
      {"{\"id\":5,\"method\":\"textDocument/codeAction\"}", -32602},
      {"{\"id\":5,\"method\":\"textDocument/codeAction\",\"params\":[1]}", -32602},
      {"{\"id\":\"x\",\"method\":\"textDocument/codeAction\",\"params\":{\"textDocument\":{\"uri\":5}}}",
       -32602},
  };
  for (const auto& [text, code] : wrong) {
    CAPTURE(text.substr(0, 100));
    editor.send_text(text);
    const json answer = editor.receive();
    CHECK(answer["error"]["code"] == code);
    CHECK(!answer["error"]["message"].get<std::string>().empty());
  }
  for (const char* method :
       {"textDocument/didOpen", "textDocument/didChange", "textDocument/didClose", "$/cancelRequest"})
    for (const json& params : {json(nullptr), json::object(), json::array({1}), json{{"textDocument", 5}}})
      editor.notify(method, params);
  editor.send_bytes("Content-Length: x\r\n\r\n");
  CHECK(editor.receive()["error"]["code"] == -32700);
  editor.send_bytes("Content-Length: 99999999999999999999\r\n\r\n");
  CHECK(editor.receive()["error"]["code"] == -32700);
  editor.send_bytes("Content-Type: x\r\ncontent-length:2\r\n\r\n{}");
  CHECK(editor.receive()["error"]["code"] == -32600);
  editor.send_bytes(std::string(20'000, 'x'));
  CHECK(editor.receive()["error"]["code"] == -32700);
  editor.open("a.cpp", clean);
  CHECK(editor.diagnostics().empty());
  editor.send_bytes("Content-Length: 100\r\n\r\n{");
  CHECK(editor.end() == 1);
}
