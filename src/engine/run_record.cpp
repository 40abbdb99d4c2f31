#include "engine/run_record.h"

#include <algorithm>

#include "packing/packing.h"

namespace corolint {

auto members(packing::Of<RunRecord::Unit> auto& unit) {
  auto& [variant, digest, shared, own] = unit;
  return std::tie(variant, digest, shared, own);
}

auto members(packing::Of<RunRecord> auto& record) {
  auto& [report, units, shared, prefixes, scans] = record;
  return std::tie(report, units, shared, prefixes, scans);
}

namespace {

using Numbers = ObservedLines::Numbers;

// A record whose numbers are those of its own lines.
struct Written {
  std::vector<std::string> lines;
  RunRecord record;
};

auto members(packing::Of<Written> auto& written) {
  auto& [lines, record] = written;
  return std::tie(lines, record);
}

// Calls `change` with each of the record's lists of numbers.
void for_each_list(auto& record, const auto& change) {
  for (auto& [name, unit] : record.units) change(unit.own);
  for (auto& [name, numbers] : record.shared) change(numbers);
  change(record.scans);
}

// Replaces each number by the one that stands in its place of `others`; false if there is none.
bool renumber(RunRecord& record, const Numbers& others) {
  bool is_good = true;
  for_each_list(record, [&](Numbers& numbers) {
    for (std::uint32_t& number : numbers) {
      is_good = is_good && number < others.size();
      number = is_good ? others[number] : 0;
    }
  });
  return is_good;
}

}  // namespace

Numbers lines_of(const RunRecord& record) {
  std::vector<bool> is_in;
  for_each_list(record, [&](const Numbers& numbers) {
    for (const std::uint32_t number : numbers) {
      if (number >= is_in.size()) is_in.resize(number + 1);
      is_in[number] = true;
    }
  });
  Numbers all;
  for (std::uint32_t number = 0; number < is_in.size(); ++number)
    if (is_in[number]) all.push_back(number);
  return all;
}

std::string to_bytes(const RunRecord& record, const ObservedLines& lines) {
  const Numbers used = lines_of(record);
  Written written{{}, record};
  Numbers places(used.empty() ? 0 : used.back() + 1);
  for (const std::uint32_t number : used) {
    places[number] = static_cast<std::uint32_t>(written.lines.size());
    written.lines.push_back(lines.text(number).str());
  }
  renumber(written.record, places);
  return packing::packed(written);
}

std::optional<RunRecord> run_record_from(std::string_view bytes, ObservedLines& lines) {
  auto written = packing::unpacked<Written>(bytes);
  if (!written) return std::nullopt;
  Numbers numbers;
  for (const std::string& line : written->lines) numbers.push_back(lines.number_of(line));
  if (!renumber(written->record, numbers)) return std::nullopt;
  return std::move(written->record);
}

}  // namespace corolint
