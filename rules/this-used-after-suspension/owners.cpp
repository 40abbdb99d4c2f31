#include "owners.h"

namespace corolint::objects {

Owners::Owners(const Program& program) : definitions_(program) {
  for (Owned& one : records_of<Owned>(program, "owned")) {
    if (!one.maker.empty()) definitions_.add(one.maker);
    owned_.emplace(one.object, std::move(one));
  }
}

bool Owners::may_let_go(const Unheld& coroutine) const {
  constexpr int most_makers = 4;
  bool by_main = false, by_others = false;
  for (auto [made, last] = owned_.equal_range(coroutine.object); made != last; ++made) {
    if (!made->second.from.empty()) continue;
    const bool is_main = comes_to_main(made->second, most_makers);
    if (!is_main && made->second.is_shared) return true;
    (is_main ? by_main : by_others) = true;
  }
  return coroutine.is_shared ? !by_main : coroutine.is_alone && by_others;
}

bool Owners::comes_to_main(const Owned& one, int depth) const {
  if (one.maker.empty() || !one.is_handed || depth == 0) return one.maker.empty();
  bool is_given = false;
  for (auto [given, last] = owned_.equal_range(one.object); given != last; ++given) {
    if (given->second.from.empty() || definitions_.find(given->second.from) != one.maker) continue;
    if (!comes_to_main(given->second, depth - 1)) return false;
    is_given = true;
  }
  return is_given;
}

}  // namespace corolint::objects
