#include "engine/own_rules.h"

#include <algorithm>
#include <set>

namespace corolint {

namespace {

constexpr Message unused{"unused", "the suppression of '{0}' silences nothing"};
constexpr Message blanket{"blanket", "the suppression names no rule, and hides '{0}' here"};
constexpr Message unexplained{"unexplained", "the suppression does not say why"};

constexpr std::string_view own_group = "suppressions";

constexpr std::string_view unused_page = R"(# unused-suppression

A comment silences a rule where the rule reports nothing.

## What goes wrong

The mistake is fixed, or never was where the comment stands. The comment stays, and hides the next one that is made
there.

It is reported only if the rule ran, every unit was analysed in full, and all that the line calls was seen: a comment
may also end a call chain of another file.

## Example

```cpp
co_await timer.async_wait();  // NOLINT(blocking-call-in-coroutine): slept here once
```

## Instead

Remove it; `corolint check --fix` does.

## Limits

A NOLINT without names, and names that are not corolint's, may serve other tools: they are left alone.
)";

constexpr std::string_view blanket_page = R"(# blanket-suppression

A suppression without the name of a rule hides a finding.

## What goes wrong

`NOLINT` alone silences every check of every tool, also those that find something on the line tomorrow.

## Example

```cpp
fsync(file);  // NOLINT
```

## Instead

```cpp
fsync(file);  // NOLINT(blocking-call-in-coroutine): at start-up only
```

## Limits

Only suppressions that hide a finding of corolint are reported. With `suppressions: {require-rule: true}` it is a
warning, and with `strict: true` such a suppression does not hold.
)";

constexpr std::string_view unexplained_page = R"(# unexplained-suppression

A suppression gives no reason.

## What goes wrong

Nobody can tell later whether the finding was looked at, or when the suppression may go.

## Example

```cpp
fsync(file);  // NOLINT(blocking-call-in-coroutine)
```

## Instead

```cpp
fsync(file);  // NOLINT(blocking-call-in-coroutine): at start-up only
```

## Limits

Off unless `suppressions: {require-reason: true}` is configured or the rule has a level; with `strict: true` such a
suppression does not hold.
)";

}  // namespace

const std::vector<RuleEntry>& own_rules() {
  static const std::vector<RuleEntry> rules = {
      {blanket_suppression,
       {.check = nullptr, .messages = {blanket}, .level = Level::note, .group = own_group},
       blanket_page},
      {unexplained_suppression,
       {.check = nullptr, .messages = {unexplained}, .level = Level::none, .group = own_group},
       unexplained_page},
      {unused_suppression,
       {.check = nullptr, .messages = {unused}, .level = Level::note, .group = own_group},
       unused_page},
  };
  return rules;
}

const std::vector<const RuleEntry*>& every_rule() {
  static const std::vector<const RuleEntry*> rules = [] {
    std::vector<const RuleEntry*> all;
    for (const std::vector<RuleEntry>* some : {&all_rules(), &own_rules()})
      for (const RuleEntry& rule : *some) all.push_back(&rule);
    std::sort(all.begin(), all.end(), [](const auto* a, const auto* b) { return a->name < b->name; });
    return all;
  }();
  return rules;
}

std::vector<std::string> rule_groups() {
  std::set<std::string> groups;
  for (const RuleEntry* rule : every_rule())
    if (!rule->rule.group.empty()) groups.emplace(rule->rule.group);
  return {groups.begin(), groups.end()};
}

const RuleEntry* find_rule(std::string_view name) {
  for (const RuleEntry* rule : every_rule())
    if (rule->name == name) return rule;
  return nullptr;
}

}  // namespace corolint
