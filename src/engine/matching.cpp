#include "engine/matching.h"

#include <algorithm>
#include <functional>

#include "llvm/ADT/StringRef.h"

namespace corolint {

namespace {

constexpr std::size_t longest_code = 120;

using Indices = std::vector<std::size_t>;
using KeyOf = std::function<std::string(const KnownFinding&)>;

std::string key(std::initializer_list<std::string_view> parts) {
  std::string text;
  for (const std::string_view part : parts) text += std::string(part) + '\0';
  return text;
}

struct Context {
  llvm::StringRef before, after, own;
};

Context context_of(const KnownFinding& one) {
  const auto [before, rest] = llvm::StringRef(one.context).split(':');
  const auto [after, own] = rest.split(':');
  return {before, after, own};
}

// How many of the lines around the findings are the same, but for the names of variables: 0 to 2.
int shared_context(const KnownFinding& a, const KnownFinding& b) {
  const Context of_a = context_of(a), of_b = context_of(b);
  return (of_a.before == of_b.before) + (of_a.after == of_b.after);
}

class Matcher {
 public:
  Matcher(const std::vector<KnownFinding>& old, const std::vector<KnownFinding>& now)
      : old_(old), now_(now), old_taken_(old.size()), now_taken_(now.size()) {}

  // Pairs what has equal keys; of twins those whose surroundings are alike first, then in order.
  void pair_all(Phase phase, const KeyOf& old_key, const KeyOf& now_key) {
    for (const auto& [key, group] : groups(old_key, now_key)) pair_group(phase, group.first, group.second, 0);
  }

  // Pairs what has equal keys where none of them is new: there are as many on both sides. Of the lines around
  // a pair at least `shared` are the same.
  void pair_as_many(Phase phase, const KeyOf& old_key, const KeyOf& now_key, int shared) {
    for (const auto& [key, group] : groups(old_key, now_key))
      if (group.first.size() == group.second.size()) pair_group(phase, group.first, group.second, shared);
  }

  // Pairs what has equal keys and equal lines around it where no more are there now than before.
  void pair_remaining(Phase phase, const KeyOf& old_key, const KeyOf& now_key) {
    for (const auto& [key, group] : groups(old_key, now_key))
      if (group.first.size() >= group.second.size()) pair_group(phase, group.first, group.second, 2);
  }

  // Pairs what has equal keys and is alone with them on both sides, if `holds` for the two.
  void pair_unique(Phase phase, const KeyOf& old_key, const KeyOf& now_key,
                   const std::function<bool(const KnownFinding&, const KnownFinding&)>& holds) {
    for (const auto& [key, group] : groups(old_key, now_key))
      if (group.first.size() == 1 && group.second.size() == 1 &&
          holds(old_[group.first.front()], now_[group.second.front()]))
        take(group.first.front(), group.second.front(), phase);
  }

  std::vector<Pair> pairs() {
    std::sort(pairs_.begin(), pairs_.end(), [](const Pair& a, const Pair& b) { return a.now < b.now; });
    return std::move(pairs_);
  }

 private:
  using Groups = std::map<std::string, std::pair<Indices, Indices>>;

  // Returns what no phase has taken, by key, where both sides have some.
  Groups groups(const KeyOf& old_key, const KeyOf& now_key) const {
    Groups groups;
    for (std::size_t i = 0; i < old_.size(); ++i)
      if (!old_taken_[i]) groups[old_key(old_[i])].first.push_back(i);
    for (std::size_t i = 0; i < now_.size(); ++i)
      if (!now_taken_[i]) groups[now_key(now_[i])].second.push_back(i);
    std::erase_if(
        groups, [](const auto& group) { return group.second.first.empty() || group.second.second.empty(); });
    return groups;
  }

  void pair_group(Phase phase, const Indices& olds, const Indices& nows, int least_shared) {
    for (int shared = 2; shared >= least_shared; --shared)
      for (const std::size_t old : olds)
        for (const std::size_t now : nows)
          if (!old_taken_[old] && !now_taken_[now] && shared_context(old_[old], now_[now]) >= shared)
            take(old, now, phase);
  }

  void take(std::size_t old, std::size_t now, Phase phase) {
    old_taken_[old] = now_taken_[now] = true;
    pairs_.push_back({old, now, phase});
  }

  const std::vector<KnownFinding>& old_;
  const std::vector<KnownFinding>& now_;
  std::vector<bool> old_taken_, now_taken_;
  std::vector<Pair> pairs_;
};

}  // namespace

KnownFinding known(const Finding& finding) {
  std::string code = finding.anchor;
  if (code.size() > longest_code) {
    std::size_t end = longest_code;
    while (end > 0 && (static_cast<unsigned char>(code[end]) & 0xC0) == 0x80)
      --end;  // not within a character
    code.resize(end);
  }
  return {finding.rule,    finding.fingerprint, finding.place.file, finding.entity,
          std::move(code), finding.sink,        finding.context,    ""};
}

std::string_view phase_text(Phase phase) {
  switch (phase) {
    case Phase::same:
      return "the same code in the same file";
    case Phase::renamed:
      return "the same code in a file that was renamed";
    case Phase::moved:
      return "the same code, moved to another file";
    case Phase::edited:
      return "the same function, with the code at the finding edited or a variable renamed";
    case Phase::reformed:
      return "the same code, with the function around it renamed or given other parameters";
  }
  return "";
}

std::vector<Pair> match(const std::vector<KnownFinding>& old, const std::vector<KnownFinding>& now,
                        const std::map<std::string, std::string>& renames) {
  Matcher matcher(old, now);
  const auto file_now = [&](const KnownFinding& one) {
    const auto renamed = renames.find(one.file);
    return renamed == renames.end() ? one.file : renamed->second;
  };
  const auto by_file = [](const KnownFinding& one) { return key({one.id, one.file}); };
  const auto by_file_now = [&](const KnownFinding& one) { return key({one.id, file_now(one)}); };
  const auto by_function = [](const KnownFinding& one) { return key({one.rule, one.in, one.sink}); };
  const auto shape_in = [](const KnownFinding& one, const std::string& file) {
    return key({one.rule, one.in, one.sink, file, context_of(one).own});
  };
  const auto by_shape = [&](const KnownFinding& one) { return shape_in(one, one.file); };
  const auto by_shape_now = [&](const KnownFinding& one) { return shape_in(one, file_now(one)); };
  const auto by_code = [](const KnownFinding& one) { return key({one.rule, one.code, one.sink, one.file}); };
  const auto by_code_now = [&](const KnownFinding& one) {
    return key({one.rule, one.code, one.sink, file_now(one)});
  };
  matcher.pair_all(Phase::same, by_file, by_file);
  matcher.pair_all(Phase::renamed, by_file_now, by_file);
  const auto by_id = [](const KnownFinding& one) { return one.id; };
  matcher.pair_as_many(Phase::moved, by_id, by_id, 0);
  matcher.pair_remaining(Phase::moved, by_id, by_id);
  // Where a finding was fixed and another one of the kind came, the lines around them differ.
  matcher.pair_as_many(Phase::edited, by_shape_now, by_shape, 1);
  matcher.pair_unique(Phase::edited, by_function, by_function, [](const auto& a, const auto& b) {
    return !a.in.empty() && shared_context(a, b) >= 1;
  });
  matcher.pair_unique(Phase::reformed, by_code_now, by_code,
                      [](const auto& a, const auto& b) { return shared_context(a, b) == 2; });
  return matcher.pairs();
}

}  // namespace corolint
