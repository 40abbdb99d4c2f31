#include "engine/record_names.h"

#include "facts/whole_numbers.h"
#include "llvm/ADT/StringExtras.h"

namespace corolint {

namespace {

using nlohmann::json;
using Names = std::map<std::string, std::string>;

// Returns what stands behind the key in "key#0": "#0".
llvm::StringRef position_in(llvm::StringRef text) {
  const llvm::StringRef before = text.rtrim("0123456789");
  return before.size() < text.size() && before.ends_with("#") ? text.substr(before.size() - 1) : "";
}

std::string renamed(llvm::StringRef text, const Names& names) {
  const llvm::StringRef position = position_in(text);
  for (const llvm::StringRef behind : {llvm::StringRef(), position})
    for (const std::size_t before : {0, 1}) {
      const llvm::StringRef key = text.drop_back(behind.size()).drop_front(std::min(before, text.size()));
      if (const auto name = names.find(key.str()); name != names.end())
        return text.take_front(before).str() + name->second + behind.str();
    }
  return text.str();
}

void rename_in(json& value, const Names& names) {
  if (value.is_string()) value = renamed(value.get_ref<const std::string&>(), names);
  if (value.is_structured())
    for (json& part : value) rename_in(part, names);
}

bool mentions_any(const std::string& text, const Names& names) {
  return std::any_of(names.begin(), names.end(),
                     [&](const auto& name) { return text.find(name.first) != std::string::npos; });
}

}  // namespace

std::vector<std::string> with_own_names(const CallGraph& graph, std::vector<RecordOfUnit> records) {
  std::map<std::size_t, Names> names_of;
  std::vector<std::string> texts;
  for (RecordOfUnit& record : records) {
    const auto [names, is_new] = names_of.try_emplace(record.unit);
    if (is_new) names->second = graph.own_names(record.unit);
    if (mentions_any(record.value, names->second)) {
      json value = parse_whole(record.value);
      rename_in(value, names->second);
      record.value = value.dump(-1, ' ', false, json::error_handler_t::replace);
    }
    texts.push_back(std::move(record.value));
  }
  return texts;
}

}  // namespace corolint
