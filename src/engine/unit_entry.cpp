#include "engine/unit_entry.h"

#include <tuple>

namespace corolint {

// A line each for the length of the observations, the root and the shared ones; then the observations, the
// facts.
std::string entry_text(const UnitEntry& entry) {
  std::string text =
      std::to_string(entry.observations.size()) + "\n" + entry.root.str() + "\n" + entry.shared.str() + "\n";
  return text + entry.observations.str() + entry.facts.str();
}

UnitEntry unit_entry(llvm::StringRef text) {
  UnitEntry entry;
  std::size_t size = 0;
  if (text.consumeInteger(10, size) || !text.consume_front("\n")) return {};
  std::tie(entry.root, text) = text.split('\n');
  std::tie(entry.shared, text) = text.split('\n');
  if (size > text.size()) return {};
  entry.observations = text.take_front(size);
  entry.facts = text.drop_front(size);
  return entry;
}

}  // namespace corolint
