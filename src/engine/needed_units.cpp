#include "engine/needed_units.h"

#include <algorithm>
#include <numeric>
#include <set>
#include <utility>

#include "engine/scanned_words.h"
#include "engine/stage_files.h"
#include "engine/unit_words.h"
#include "engine/wanted_code.h"
#include "project/paths.h"

namespace corolint {

namespace {

// In a worker: returns the length of the log, the log, and the words of the units without asynchronous code.
std::string scan(const Plan& plan, const std::set<std::size_t>& units, const Analysis& analysis,
                 const UnitCache& cache) {
  FileLog log;
  log.leave_out(cache.folder());
  const Vocabulary vocabulary(analysis.models.libraries());
  UnitWordScan scan(analysis.parsing, vocabulary, log);
  ScannedWords found;
  std::set<std::string> needed, others;
  for (const std::size_t unit : units) {
    const CompileCommand& command = plan.commands[unit];
    const UnitWords words = scan.look_at(command);
    auto& files = words.reason.empty() ? needed : others;
    files.insert(words.files.begin(), words.files.end());
    if (!words.reason.empty()) {
      ++found.reasons[words.reason];
      continue;
    }
    auto& own = found.units[cache.name_of(command)];
    for (const std::string& path : words.own) {
      own.push_back(from_root(path, plan.root));
      found.files.try_emplace(own.back(), scan.words_of_file(path));
    }
  }
  for (const std::string& path : others)
    if (!needed.contains(path)) log.forget_read(path);  // what is only part of the other units may change
  const std::string log_text = log.text();
  return std::to_string(log_text.size()) + "\n" + log_text + found.text();
}

// Returns what a new scan of the units tells. Nothing if it fails: then they are parsed.
ScannedWords scanned_now(const Plan& plan, const std::set<std::size_t>& units, RunTools& tools) {
  ScannedWords found;
  WorkWatch watch;
  watch.done = [&](std::size_t, Answer answer) {
    if (!answer.failure.empty()) {
      ++tools.log.counts["no unit was left out: the scan " + answer.failure];
      return;
    }
    llvm::StringRef text = answer.text;
    std::size_t size = 0;
    if (text.consumeInteger(10, size) || !text.consume_front("\n") || size > text.size()) return;
    auto log = FileLog::from_text(text.take_front(size));
    auto words = ScannedWords::from_text(text.drop_front(size));
    if (!log || !words) {
      llvm::consumeError(log.takeError());
      llvm::consumeError(words.takeError());
      return;
    }
    for (const auto& [reason, count] : std::exchange(words->reasons, {}))
      tools.log.counts["units parsed, since they may be asynchronous: " + reason] += count;
    words->is_kept = words->units.empty() || tools.cache.store_scan(*log, words->text());
    found = std::move(*words);
  };
  const Analysis analysis = tools.analysis();
  in_workers(1, tools.limits, [&](std::size_t) { return scan(plan, units, analysis, tools.cache); }, watch);
  return found;
}

// Returns what is known of the words of units that are open: from earlier scans, and from a new one of those
// that are put into `unknown`.
ScannedWords words_of_units(const Plan& plan, const std::vector<std::size_t>& open, RunTools& tools,
                            std::set<std::size_t>& unknown) {
  const auto timer = tools.log.time("scan");
  ScannedWords words;
  for (const std::string& text : tools.cache.find_scans()) {
    auto known = ScannedWords::from_text(text);
    if (known)
      words.add(std::move(*known));
    else
      llvm::consumeError(known.takeError());
  }
  for (const std::size_t unit : open)
    if (!words.units.contains(tools.cache.name_of(plan.commands[unit]))) unknown.insert(unit);
  if (!unknown.empty()) words.add(scanned_now(plan, unknown, tools));
  return words;
}

// Splits units into those that are to be parsed and those that may be left out.
class Choice {
 public:
  Choice(const Plan& plan, const ScannedWords& words, RunTools& tools)
      : plan_(plan), words_(words), tools_(tools) {}

  // Moves out of `left` the units that hold something that is wanted, and returns them.
  std::vector<std::size_t> needed(std::vector<std::size_t>& left, const WantedCode& wanted,
                                  const std::set<std::string>& seen_files) {
    std::map<std::string, bool> is_wanted;  // by file: many units include it
    const auto holds_wanted = [&](const std::string& file) {
      const auto [at, is_new] = is_wanted.try_emplace(file);
      if (!is_new) return at->second;
      const SourceWords& words = words_.files.at(file);
      return at->second = wanted.may_be_defined_in(words) ||
                          (!seen_files.contains(file) && wanted.may_be_used_in(words));
    };
    const auto middle = std::stable_partition(left.begin(), left.end(), [&](std::size_t unit) {
      return std::ranges::none_of(files_of(unit), holds_wanted);
    });
    const std::vector<std::size_t> needed(middle, left.end());
    left.erase(middle, left.end());
    return needed;
  }

  const std::vector<std::string>& files_of(std::size_t unit) const {
    return words_.units.at(tools_.cache.name_of(plan_.commands[unit]));
  }

 private:
  const Plan& plan_;
  const ScannedWords& words_;
  RunTools& tools_;
};

void take_in(const std::vector<UnitText>& texts, std::vector<bool>& is_in, WantedCode& wanted,
             std::set<std::string>& files) {
  for (std::size_t unit = 0; unit < texts.size(); ++unit) {
    if (is_in[unit] || texts[unit].text.empty()) continue;
    is_in[unit] = true;
    files.insert(texts[unit].files.begin(), texts[unit].files.end());
    if (auto facts = facts_from_text(texts[unit].text, ""))
      wanted.add(*facts);
    else
      llvm::consumeError(facts.takeError());  // told at the link
  }
  wanted.solve();
}

}  // namespace

std::vector<UnitText> facts_of_needed(const Plan& plan, RunTools& tools) {
  std::vector<std::size_t> all(plan.commands.size()), open;
  std::iota(all.begin(), all.end(), std::size_t{0});
  std::vector<UnitText> texts = known_facts(plan, all, tools, open);
  if (open.empty()) return texts;
  // Where others are not reported on, what they may want of these units is not asked.
  if (!tools.skips_synchronous || !plan.others.empty()) {
    analyse_units(plan, open, tools, texts);
    return texts;
  }
  read_known(plan, tools, texts);
  std::set<std::size_t> scanned;
  const ScannedWords words = words_of_units(plan, open, tools, scanned);
  std::vector<std::size_t> needed, left;
  for (const std::size_t unit : open)
    (words.units.contains(tools.cache.name_of(plan.commands[unit])) ? left : needed).push_back(unit);
  analyse_units(plan, needed, tools, texts);

  Choice choice(plan, words, tools);
  WantedCode wanted;
  std::set<std::string> seen_files;
  std::vector<bool> is_in(texts.size());
  while (!left.empty()) {
    take_in(texts, is_in, wanted, seen_files);
    needed = choice.needed(left, wanted, seen_files);
    if (needed.empty()) break;
    analyse_units(plan, needed, tools, texts);
  }
  for (const std::size_t unit : left) {
    texts[unit].is_unneeded = true;
    texts[unit].is_known = !scanned.contains(unit);
    texts[unit].files = choice.files_of(unit);
    if (words.is_kept) tools.cache.know_unneeded(plan.commands[unit]);
  }
  tools.log.counts["units without asynchronous code, not parsed"] += left.size();
  return texts;
}

}  // namespace corolint
