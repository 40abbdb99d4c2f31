#include "lsp/server.h"

#include "facts/whole_numbers.h"
#include "lsp/diagnostics.h"
#include "output/version.h"
#include "project/text_file.h"

namespace corolint {

namespace {

using Json = nlohmann::json;

// https://www.jsonrpc.org/specification#error_object, and LSP's own.
enum ErrorCode : int {
  parse_error = -32700,
  invalid_request = -32600,
  method_not_found = -32601,
  invalid_params = -32602,
  not_initialized = -32002,
};

struct UnknownMethod {};

Json capabilities() {
  return {{"capabilities",
           {{"positionEncoding", "utf-16"},
            {"textDocumentSync", {{"openClose", true}, {"change", 1}, {"save", true}}},  // 1: the full text
            {"codeActionProvider", {{"codeActionKinds", {"quickfix"}}}}}},
          {"serverInfo", {{"name", "corolint"}, {"version", tool_version()}}}};
}

// Returns the message, or nothing if the content is no JSON.
Json message_from(const std::string& content) {
  if (llvm::Error error = check_json_depth(content, "message")) {
    llvm::consumeError(std::move(error));
    return Json(Json::value_t::discarded);
  }
  Json message = Json::parse(content, nullptr, /*allow_exceptions=*/false);
  return has_fraction(message) ? Json(Json::value_t::discarded) : message;
}

bool is_id(const Json& id) {
  return id.is_string() || id.is_number_integer();
}

}  // namespace

void LanguageServer::fail(const Json& id, int code, const std::string& why) {
  send_({{"jsonrpc", "2.0"}, {"id", id}, {"error", {{"code", code}, {"message", why}}}});
}

void LanguageServer::refuse(const std::string& why) {
  fail(nullptr, parse_error, why);
}

void LanguageServer::take(const std::string& content) {
  const Json message = message_from(content);
  if (message.is_discarded()) return refuse("no JSON, nested too deep, or with a number that is not whole");
  if (!message.is_object()) return fail(nullptr, invalid_request, "a message is an object");
  const Json id = message.value("id", Json());
  if (!message.contains("method")) {
    // An answer to a request of ours; there are none, so nobody waits for it.
    if (!message.contains("result") && !message.contains("error"))
      fail(is_id(id) ? id : Json(), invalid_request, "a message has a method");
    return;
  }
  if (!message["method"].is_string() || (message.contains("id") && !is_id(id)))
    return fail(is_id(id) ? id : Json(), invalid_request,
                "the method is a string, the id a string or a number");
  const std::string method = message["method"];
  const Json params = message.value("params", Json::object());
  if (message.contains("id"))
    request(id, method, params);
  else
    notification(method, params);
}

void LanguageServer::request(const Json& id, const std::string& method, const Json& params) {
  if (is_shut_down_) return fail(id, invalid_request, "the server is shut down");
  if (!is_initialized_ && method != "initialize")
    return fail(id, not_initialized, "'initialize' comes first");
  if (is_initialized_ && method == "initialize") return fail(id, invalid_request, "'initialize' comes once");
  try {
    const Json result = result_of(method, params);
    send_({{"jsonrpc", "2.0"}, {"id", id}, {"result", result}});
  } catch (const UnknownMethod&) {
    fail(id, method_not_found, "there is no method '" + method + "'");
  } catch (const Json::exception&) {
    fail(id, invalid_params, "'" + method + "' has other parameters");
  }
}

Json LanguageServer::result_of(const std::string& method, const Json& params) {
  if (method == "initialize") {
    is_initialized_ = true;
    return capabilities();
  }
  if (method == "shutdown") {
    is_shut_down_ = true;
    return nullptr;
  }
  if (method == "textDocument/codeAction") return actions(params);
  throw UnknownMethod();
}

// A notification has no answer: what is wrong with it cannot be told.
void LanguageServer::notification(const std::string& method, const Json& params) {
  if (method == "exit") is_over_ = true;
  if (!is_initialized_ || is_shut_down_) return;
  try {
    if (method == "textDocument/didOpen") return open(params.at("textDocument"));
    if (method == "textDocument/didChange") return change(params);
    if (method == "textDocument/didClose") return close(params.at("textDocument").at("uri"));
    // What is saved may be a header of other documents.
    if (method == "textDocument/didSave")
      for (const auto& [uri, document] : documents_) stale_.insert(uri);
  } catch (const Json::exception&) {
  }
}

void LanguageServer::open(const Json& document) {
  const std::string uri = document.at("uri"), path = path_of_uri(uri), text = document.at("text");
  if (path.empty()) return;  // not in a file: there is no command for it
  documents_[uri] = {path, text, document.value("version", std::int64_t{0}), std::nullopt};
  stale_.insert(uri);
}

void LanguageServer::change(const Json& params) {
  const std::string uri = params.at("textDocument").at("uri");
  const auto known = documents_.find(uri);
  if (known == documents_.end()) return;
  for (const Json& change : params.at("contentChanges"))
    if (!change.contains("range")) known->second.text = change.at("text").get<std::string>();
  known->second.version = params.at("textDocument").value("version", std::int64_t{0});
  stale_.insert(uri);
}

// What is shown of a closed document would never go away.
void LanguageServer::close(const std::string& uri) {
  const auto known = documents_.find(uri);
  if (known == documents_.end()) return;
  publish(uri, known->second, Json::array());
  documents_.erase(known);
  stale_.erase(uri);
}

void LanguageServer::publish(const std::string& uri, const Document& document, Json diagnostics) {
  send_({{"jsonrpc", "2.0"},
         {"method", "textDocument/publishDiagnostics"},
         {"params", {{"uri", uri}, {"version", document.version}, {"diagnostics", std::move(diagnostics)}}}});
}

void LanguageServer::check_open() {
  while (!stale_.empty()) {
    const std::string uri = *stale_.begin();
    stale_.erase(stale_.begin());
    check(uri, documents_.at(uri));
  }
}

void LanguageServer::check(const std::string& uri, Document& document) {
  std::map<std::string, std::string> texts;
  for (const auto& [other, open] : documents_) texts[open.path] = open.text;
  auto report = check_(document.path, texts);
  document.report.reset();
  if (!report)
    return publish(
        uri, document,
        Json::array({diagnostic_of_problem("not checked: " + llvm::toString(report.takeError()))}));
  document.report = std::move(*report);
  publish(uri, document, diagnostics_of(*document.report, document.path));
}

Json LanguageServer::actions(const Json& params) {
  const std::string uri = params.at("textDocument").at("uri");
  const Json& range = params.at("range");
  const auto known = documents_.find(uri);
  if (known == documents_.end()) return Json::array();
  if (stale_.erase(uri) > 0) check(uri, known->second);  // places are those of the text that the client has
  if (!known->second.report) return Json::array();
  return code_actions(*known->second.report, known->second.path, range);
}

}  // namespace corolint
