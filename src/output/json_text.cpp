#include "output/json_text.h"

#include <optional>

#include "llvm/Support/Format.h"
#include "llvm/Support/FormatVariadic.h"
#include "output/unicode.h"

namespace corolint {

namespace {

using Json = nlohmann::ordered_json;

// A character that a terminal obeys, or that turns the direction of writing.
struct Harmful {
  unsigned code;
  std::size_t size;  // in bytes
};

// Returns the harmful character that begins at `at`, or nothing. Those below the blank are spelled by the
// writer of JSON itself.
std::optional<Harmful> harmful_at(std::string_view text, std::size_t at) {
  const auto byte = [&](std::size_t i) {
    return at + i < text.size() ? static_cast<unsigned char>(text[at + i]) : 0u;
  };
  if (byte(0) == 0x7F) return Harmful{0x7F, 1};
  if (byte(0) == 0xC2 && byte(1) < 0xA0) return Harmful{byte(1), 2};
  if (byte(0) != 0xE2 || (byte(1) != 0x80 && byte(1) != 0x81)) return std::nullopt;
  const unsigned code = 0x2000 + ((byte(1) & 1) << 6) + (byte(2) & 0x3F);
  const bool turns = (code >= 0x202A && code <= 0x202E) || (code >= 0x2066 && code <= 0x2069);
  return turns ? std::optional(Harmful{code, 3}) : std::nullopt;
}

// All that is not ASCII, and `#`, stands in strings only: there it can be spelled in another way.
std::string disarmed(const std::string& text) {
  std::string result;
  std::size_t done = 0;
  const auto spell = [&](std::size_t at, Harmful what) {
    result += text.substr(done, at - done);
    result += llvm::formatv("\\u{0}", llvm::format_hex_no_prefix(what.code, 4)).str();
    done = at + what.size;
  };
  std::size_t command = find_log_command(text, 0);
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (at == command) {
      spell(at, {'#', 1});
      command = find_log_command(text, at + 1);
    } else if (const auto harmful = harmful_at(text, at)) {
      spell(at, *harmful);
    }
  }
  return result + text.substr(done);
}

std::string dumped(const Json& document, int indent) {
  const std::string text = document.dump(indent, ' ', /*ensure_ascii=*/false, Json::error_handler_t::replace);
  return disarmed(text) + "\n";
}

}  // namespace

std::string json_text(const Json& document) {
  return dumped(document, 2);
}

std::string json_line(const Json& document) {
  return dumped(document, -1);
}

}  // namespace corolint
