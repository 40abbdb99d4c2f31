#pragma once

// `corolint lsp` over pipes, as an editor drives it.

#include <doctest/doctest.h>
#include <fcntl.h>
#include <poll.h>
#include <sys/wait.h>
#include <unistd.h>

#include <nlohmann/json.hpp>
#include <utility>

#include "cached_project.h"

namespace corolint {

class Editor {
  using json = nlohmann::json;

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
      if (chdir((project.path() / project.root).c_str()) == 0)
        execl("/bin/sh", "sh", "-c", line.c_str(), nullptr);
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

  std::string uri(const std::string& file) const {
    return "file://" + (project_.path() / project_.root / file).string();
  }
  void initialize() {
    CHECK(ask("initialize", {{"processId", nullptr},
                             {"capabilities",
                              json::object()}})["result"]["capabilities"]["textDocumentSync"]["change"] == 1);
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
    return ask("textDocument/codeAction", {{"textDocument", {{"uri", uri(file)}}},
                                           {"range", range},
                                           {"context", {{"diagnostics", json::array()}}}})["result"];
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

}  // namespace corolint
