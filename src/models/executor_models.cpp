#include "models/executor_models.h"

#include <nlohmann/json.hpp>

namespace corolint {

namespace {

using nlohmann::json;

json offload(json match) {
  match["name"] = "*";
  return {{"role", "offload"}, {"match", std::move(match)}};
}

}  // namespace

std::string executor_models_text(const std::vector<std::string>& types) {
  json entries = json::array();
  // Where the libraries take their executor: in front, behind the work, or last.
  for (const int position : {0, 1, -1})
    entries.push_back(offload({{"args", {{{"i", position}, {"type", types}}}}}));
  for (const std::string& type : types) entries.push_back(offload({{"receiver", type}}));
  return json{{"id", "executors"}, {"title", "executors of the configuration"}, {"roots", json::array()},
              {"entries", std::move(entries)}}
      .dump();
}

}  // namespace corolint
