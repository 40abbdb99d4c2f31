#include "ecosystem_verdicts.h"

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>
#include <stdexcept>

#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/xxhash.h"

namespace corolint {

namespace {

using nlohmann::json;

Judgement judgement_of(const std::string& word) {
  if (word == "right") return Judgement::right;
  if (word == "wrong") return Judgement::wrong;
  if (word == "arguable") return Judgement::arguable;
  throw std::runtime_error("a verdict is right, wrong or arguable, not '" + word + "'");
}

Verdict verdict_of(const json& entry) {
  Verdict verdict;
  verdict.key = {entry.at("rule"), entry.at("file"), entry.at("function"), entry.at("message"),
                 entry.value("names", std::vector<std::string>())};
  verdict.count = entry.value("count", std::size_t{1});
  verdict.judgement = judgement_of(entry.at("verdict"));
  verdict.why = entry.at("why");
  if (verdict.why.empty()) throw std::runtime_error("a verdict says why");
  return verdict;
}

// Takes one of the verdicts at `key`, if one is left.
Verdict* take(std::multimap<FindingKey, Verdict*>& left, const FindingKey& key) {
  const auto found = left.find(key);
  if (found == left.end()) return nullptr;
  Verdict* verdict = found->second;
  if (--verdict->count == 0) left.erase(found);
  return verdict;
}

FindingKey without_names(FindingKey key) {
  key.names.clear();
  return key;
}

std::uint64_t lot_of(const EcosystemFinding& finding) {
  const FindingKey& key = finding.key;
  return llvm::xxh3_64bits(key.rule + '\0' + key.file + '\0' + key.function + '\0' + key.message + '\0' +
                           llvm::join(key.names, "\n") + '\0' + finding.shown);
}

std::size_t at(const std::map<Judgement, std::size_t>& judged, Judgement judgement) {
  const auto found = judged.find(judgement);
  return found == judged.end() ? 0 : found->second;
}

std::string share(std::size_t part, std::size_t whole) {
  return whole == 0 ? "-" : std::to_string(part * 100 / whole) + " %";
}

}  // namespace

Tally& Tally::operator+=(const Tally& other) {
  findings += other.findings;
  fresh += other.fresh;
  for (const auto& [judgement, count] : other.judged) judged[judgement] += count;
  for (const auto& [judgement, count] : other.gone) gone[judgement] += count;
  return *this;
}

std::vector<Verdict> verdicts_from(const json& verdicts) {
  std::vector<Verdict> read;
  for (const json& entry : verdicts) {
    try {
      read.push_back(verdict_of(entry));
    } catch (const std::exception& error) {
      throw std::runtime_error(std::string(error.what()) + " in " + entry.dump());
    }
  }
  return read;
}

std::vector<EcosystemFinding> findings_from(const json& report) {
  std::vector<EcosystemFinding> findings;
  for (const json& finding : report.at("findings")) {
    const json& place = finding.at("place");
    const std::string file = place.at("file"), level = finding.at("level"), message = finding.at("message");
    const std::string line = std::to_string(place.at("line").get<unsigned>());
    findings.push_back({{finding.at("rule"), file, finding.at("function"), finding.at("message_id"),
                         finding.at("arguments")},
                        level,
                        file + ":" + line + ": " + level + ": " + message});
  }
  return findings;
}

Comparison compare(const std::vector<EcosystemFinding>& findings, const std::vector<Verdict>& verdicts) {
  std::vector<Verdict> kept = verdicts;
  std::multimap<FindingKey, Verdict*> left;
  for (Verdict& verdict : kept)
    if (verdict.count > 0) left.emplace(verdict.key, &verdict);

  std::vector<const Verdict*> matches;
  for (const EcosystemFinding& finding : findings) matches.push_back(take(left, finding.key));
  for (std::size_t i = 0; i < findings.size(); ++i)  // second, so that no exact one is taken away
    if (!matches[i]) matches[i] = take(left, without_names(findings[i].key));

  Comparison result;
  for (std::size_t i = 0; i < findings.size(); ++i) {
    Tally one;
    one.findings = 1;
    if (matches[i])
      one.judged[matches[i]->judgement] = 1;
    else
      one.fresh = 1, result.fresh.push_back(findings[i]);
    result.rules[findings[i].key.rule] += one;
    if (findings[i].level == "error") result.errors += one;
  }
  for (const Verdict& verdict : kept) {
    if (verdict.count == 0) continue;
    result.rules[verdict.key.rule].gone[verdict.judgement] += verdict.count;
    result.gone.push_back(verdict);
  }
  return result;
}

std::string precision(const std::map<Judgement, std::size_t>& judged) {
  const std::size_t right = at(judged, Judgement::right);
  return share(right, right + at(judged, Judgement::wrong));
}

std::string strict_precision(const std::map<Judgement, std::size_t>& judged) {
  const std::size_t right = at(judged, Judgement::right);
  return share(right, right + at(judged, Judgement::wrong) + at(judged, Judgement::arguable));
}

Precision precision_class(const std::map<Judgement, std::size_t>& judged) {
  const auto right = static_cast<double>(at(judged, Judgement::right));
  const double all = right + static_cast<double>(at(judged, Judgement::wrong));
  if (all < 10) return Precision::unknown;
  // The lower end of Wilson's interval, at 95 %.
  constexpr double z = 1.96;
  const double share = right / all, spread = z * z / all;
  const double least =
      (share + spread / 2 - z * std::sqrt((share * (1 - share) + spread / 4) / all)) / (1 + spread);
  if (least >= 0.95) return Precision::very_high;
  if (least >= 0.85) return Precision::high;
  return least >= 0.70 ? Precision::medium : Precision::low;
}

std::vector<EcosystemFinding> sample(std::vector<EcosystemFinding> findings, std::size_t most) {
  std::sort(findings.begin(), findings.end(), [](const EcosystemFinding& a, const EcosystemFinding& b) {
    return std::pair(lot_of(a), a.shown) < std::pair(lot_of(b), b.shown);
  });
  std::map<std::string, std::size_t> taken;
  std::erase_if(findings, [&](const EcosystemFinding& finding) { return ++taken[finding.key.rule] > most; });
  std::sort(findings.begin(), findings.end());
  return findings;
}

}  // namespace corolint
