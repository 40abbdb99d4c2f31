#pragma once

// The protocol: which documents are open, what is asked of them, and what is answered. It neither reads nor
// writes, and knows of analysis only that there is a report on a file.

#include <functional>
#include <map>
#include <nlohmann/json.hpp>
#include <optional>
#include <set>
#include <string>

#include "engine/report.h"
#include "llvm/Support/Error.h"

namespace corolint {

class LanguageServer {
 public:
  // Returns the report on the file (absolute); `texts` stand for files on disk, by absolute path.
  using Check = std::function<llvm::Expected<Report>(const std::string& file,
                                                     const std::map<std::string, std::string>& texts)>;
  using Send = std::function<void(const nlohmann::json& message)>;

  LanguageServer(Check check, Send send) : check_(std::move(check)), send_(std::move(send)) {}

  // Takes a message in, whatever it is, and sends the answer to it.
  void take(const std::string& content);
  // Answers something that is no message at all.
  void refuse(const std::string& why);

  // Are there documents to check? `check_open` checks them and sends their diagnostics.
  bool has_work() const { return !stale_.empty(); }
  void check_open();

  bool is_over() const { return is_over_; }
  // Returns the exit status that the protocol wants: 1 if the client did not ask to shut down.
  int exit_status() const { return is_shut_down_ ? 0 : 1; }

 private:
  struct Document {
    std::string path, text;
    std::int64_t version = 0;
    std::optional<Report> report;
  };

  void request(const nlohmann::json& id, const std::string& method, const nlohmann::json& params);
  void notification(const std::string& method, const nlohmann::json& params);
  nlohmann::json result_of(const std::string& method, const nlohmann::json& params);
  nlohmann::json actions(const nlohmann::json& params);
  void open(const nlohmann::json& document);
  void change(const nlohmann::json& params);
  void close(const std::string& uri);
  void check(const std::string& uri, Document& document);
  void publish(const std::string& uri, const Document& document, nlohmann::json diagnostics);
  void fail(const nlohmann::json& id, int code, const std::string& why);

  Check check_;
  Send send_;
  std::map<std::string, Document> documents_;  // by URI
  std::set<std::string> stale_;                // URIs of those that are to be checked
  bool is_initialized_ = false, is_shut_down_ = false, is_over_ = false;
};

}  // namespace corolint
