#include "output/painter.h"

namespace corolint {

namespace {

std::string_view escape_sequence(Tint tint) {
  switch (tint) {
    case Tint::plain:
      return "";
    case Tint::strong:
      return "\x1b[1m";
    case Tint::error:
      return "\x1b[1;31m";
    case Tint::warning:
      return "\x1b[1;33m";
    case Tint::note:
      return "\x1b[1;36m";
    case Tint::secondary:
      return "\x1b[1;34m";
  }
  return "";
}

}  // namespace

Tint tint_of(Level level) {
  if (level == Level::error) return Tint::error;
  return level == Level::warning ? Tint::warning : Tint::note;
}

std::string Painter::operator()(std::string_view text, Tint tint) const {
  if (!color || tint == Tint::plain || text.empty()) return std::string(text);
  return std::string(escape_sequence(tint)).append(text).append("\x1b[0m");
}

}  // namespace corolint
