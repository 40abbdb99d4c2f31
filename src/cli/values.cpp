#include "cli/values.h"

#include "llvm/ADT/StringExtras.h"
#include "project/nearest.h"

namespace corolint {

CLI::Validator one_of(const std::vector<std::string>& words) {
  const auto check = [words](const std::string& text) {
    if (std::find(words.begin(), words.end(), text) != words.end()) return std::string();
    return "there is no '" + text + "'" + did_you_mean(text, words) + " (it takes " +
           llvm::join(words, ", ") + ")";
  };
  return {check, "{" + llvm::join(words, ",") + "}"};
}

CLI::Validator number_from(unsigned least, unsigned most) {
  const auto check = [least, most](const std::string& text) {
    unsigned number = 0;
    const bool is_number = !llvm::StringRef(text).getAsInteger(10, number);
    if (is_number && number >= least && number <= most) return std::string();
    return "'" + text + "' is no whole number from " + std::to_string(least) + " to " + std::to_string(most);
  };
  return {check, ""};
}

CLI::Validator size_in_bytes() {
  const auto change = [](std::string& text) {
    const std::string given = text;
    try {
      if (CLI::AsSizeValue(/*kb_is_1000=*/false)(text).empty()) return std::string();
    } catch (const CLI::ValidationError&) {  // it says so below
    }
    return "'" + given + "' is no size such as 500M or 8G";
  };
  return {change, ""};
}

}  // namespace corolint
