// `corolint lsp`, driven as an editor does: over pipes, with messages that are right and messages that are not.

#include <fcntl.h>
#include <poll.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <nlohmann/json.hpp>

#include "cached_project.h"
#include "fixture.h"
#include "program.h"
#include "sources.h"

using namespace corolint;
using nlohmann::json;
namespace fs = std::filesystem;

namespace {

const std::string clean = "#include \"slow.h\"\ntask a() { co_return; }\n";
const std::string blocks = "#include \"slow.h\"\ntask a() {\n  /* \xF0\x9F\x98\x80 */ slow();\n  co_return;\n}\n";

class Editor {
 public:
  explicit Editor(const CachedProject& project, const std::string& arguments = "") : project_(project) {
    int to[2], from[2];
    REQUIRE(pipe2(to, O_CLOEXEC) == 0);
    REQUIRE(pipe2(from, O_CLOEXEC) == 0);
    process_ = fork();
    if (process_ == 0) {
      dup2(to[0], STDIN_FILENO);
      dup2(from[1], STDOUT_FILENO);
      dup2(::open("/dev/null", O_WRONLY), STDERR_FILENO);
      const std::string line = "exec " COROLINT " lsp --cache-dir ../cache " + arguments;
      if (chdir((project.path() / project.root).c_str()) == 0) execl("/bin/sh", "sh", "-c", line.c_str(), nullptr);
      _exit(127);
    }
    close(to[0]);
    close(from[1]);
    to_ = to[1];
    from_ = from[0];
  }
  ~Editor() {
    if (process_ > 0) end();
    close(from_);
  }
  Editor(const Editor&) = delete;

  void send_bytes(const std::string& bytes) const {
    REQUIRE(write(to_, bytes.data(), bytes.size()) == static_cast<ssize_t>(bytes.size()));
  }
  void send_text(const std::string& text) const {
    send_bytes("Content-Length: " + std::to_string(text.size()) + "\r\n\r\n" + text);
  }
  void notify(const std::string& method, const json& params) const {
    send_text(json{{"jsonrpc", "2.0"}, {"method", method}, {"params", params}}.dump());
  }
  json ask(const std::string& method, const json& params) {
    send_text(json{{"jsonrpc", "2.0"}, {"id", ++last_id_}, {"method", method}, {"params", params}}.dump());
    for (json message = receive(); !message.is_null(); message = receive())
      if (message.value("id", json()) == last_id_) return message;
    FAIL("no answer to " << method);
    return {};
  }

  // Returns the next message; null if none comes.
  json receive(int milliseconds = 30'000) {
    std::size_t head = 0;
    while ((head = bytes_.find("\r\n\r\n")) == std::string::npos)
      if (!read_more(milliseconds)) return {};
    REQUIRE(bytes_.starts_with("Content-Length: "));
    const std::size_t length = std::stoul(bytes_.substr(16)), begin = head + 4;
    while (bytes_.size() < begin + length)
      if (!read_more(milliseconds)) return {};
    const json message = json::parse(bytes_.substr(begin, length));
    bytes_.erase(0, begin + length);
    CHECK(message["jsonrpc"] == "2.0");
    return message;
  }
  json diagnostics() {
    const json message = receive();
    REQUIRE(message.value("method", "") == "textDocument/publishDiagnostics");
    return message["params"]["diagnostics"];
  }

  std::string uri(const std::string& file) const { return "file://" + (project_.path() / project_.root / file).string(); }
  void initialize() {
    CHECK(ask("initialize", {{"processId", nullptr}, {"capabilities", json::object()}})["result"]["capabilities"]
              ["textDocumentSync"]["change"] == 1);
    notify("initialized", json::object());
  }
  void open(const std::string& file, const std::string& text) const {
    notify("textDocument/didOpen",
           {{"textDocument", {{"uri", uri(file)}, {"languageId", "cpp"}, {"version", 1}, {"text", text}}}});
  }
  void change(const std::string& file, const std::string& text, int version) const {
    notify("textDocument/didChange", {{"textDocument", {{"uri", uri(file)}, {"version", version}}},
                                      {"contentChanges", json::array({{{"text", text}}})}});
  }
  json actions(const std::string& file, const json& range) {
    return ask("textDocument/codeAction",
               {{"textDocument", {{"uri", uri(file)}}}, {"range", range}, {"context", {{"diagnostics", json::array()}}}})
        ["result"];
  }

  int end() {
    close(to_);
    int status = 0;
    waitpid(std::exchange(process_, -1), &status, 0);
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
  }

 private:
  bool read_more(int milliseconds) {
    pollfd file{from_, POLLIN, 0};
    if (poll(&file, 1, milliseconds) <= 0) return false;
    char buffer[1 << 16];
    const ssize_t got = read(from_, buffer, sizeof buffer);
    if (got > 0) bytes_.append(buffer, static_cast<std::size_t>(got));
    return got > 0;
  }

  const CachedProject& project_;
  pid_t process_ = -1;
  int to_ = -1, from_ = -1, last_id_ = 0;
  std::string bytes_;
};

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

  for (int version = 3; version < 20; ++version) editor.change("a.cpp", std::string(version, '\n') + blocks, version);
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
  const std::string text = "#include \"task.h\"\ntask g();\ntask f() {\n  g(); /* \xC3\xA9 */ g();\n  co_return;\n}\n";
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
                {{"textDocument", {{"uri", "untitled:Untitled-1"}, {"languageId", "cpp"}, {"version", 1}, {"text", ""}}}});
  CHECK(editor.receive(1000).is_null());
}

TEST_CASE("language server: what is no proper message is answered with an error, and the next one is served") {
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
      {"{\"id\":\"x\",\"method\":\"textDocument/codeAction\",\"params\":{\"textDocument\":{\"uri\":5}}}", -32602},
  };
  for (const auto& [text, code] : wrong) {
    CAPTURE(text.substr(0, 100));
    editor.send_text(text);
    const json answer = editor.receive();
    CHECK(answer["error"]["code"] == code);
    CHECK(!answer["error"]["message"].get<std::string>().empty());
  }
  for (const char* method : {"textDocument/didOpen", "textDocument/didChange", "textDocument/didClose", "$/cancelRequest"})
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
