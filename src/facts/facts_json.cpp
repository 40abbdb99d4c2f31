// Facts repeat few texts often (keys, files), so a document holds a table of texts and numbers that point
// into it: a tenth of the size, and as much quicker to read.

#include "facts/facts_json.h"

#include <unordered_map>

namespace corolint {

namespace {

using nlohmann::json;

class Texts {
 public:
  std::size_t operator()(const std::string& text) {
    const auto [found, is_new] = numbers_.emplace(text, table_.size());
    if (is_new) table_.push_back(text);
    return found->second;
  }
  json operator()(const std::vector<std::string>& texts) {
    json list = json::array();
    for (const std::string& text : texts) list.push_back((*this)(text));
    return list;
  }
  json table() const { return table_; }

 private:
  std::unordered_map<std::string, std::size_t> numbers_;
  std::vector<std::string> table_;
};

json place_json(Texts& texts, const Place& place) {
  return json::array({texts(place.file), place.line, place.column, place.end_line, place.end_column});
}

unsigned flags_of(const CallFact& call) {
  return call.is_limited | call.holds_permit << 1 | call.forwards_token << 2 | call.in_unbounded_loop << 3 |
         call.is_elsewhere << 4 | call.sees_body << 5;
}

unsigned flags_of(const FunctionFact& function) {
  return function.is_coroutine | function.is_lazy << 1 | function.is_handler << 2 |
         function.is_nonblocking << 3 | function.takes_token << 4 | function.takes_permit << 5;
}

json call_json(Texts& texts, const CallFact& call) {
  return json::array({texts(call.callee), texts(call.name), place_json(texts, call.place),
                      static_cast<int>(call.way), flags_of(call), texts(call.cut_for)});
}

json function_json(Texts& texts, const FunctionFact& function) {
  json calls = json::array();
  for (const CallFact& call : function.calls) calls.push_back(call_json(texts, call));
  return json::array({texts(function.key), texts(function.name), place_json(texts, function.place),
                      flags_of(function), texts(function.library), texts(function.overrides),
                      std::move(calls), texts(function.entity)});
}

class Reader {
 public:
  explicit Reader(const json& document) : table_(document.at("texts").get<std::vector<std::string>>()) {}

  FunctionFact function(const json& value) const {
    const unsigned flags = value.at(3);
    FunctionFact function{text(value.at(0)), text(value.at(1)), place(value.at(2)), (flags & 1) != 0,
                          (flags & 2) != 0,  (flags & 4) != 0,  (flags & 8) != 0,   (flags & 16) != 0,
                          (flags & 32) != 0, text(value.at(4)), texts(value.at(5)), {},
                          text(value.at(7))};
    for (const json& one : value.at(6)) function.calls.push_back(call(one));
    return function;
  }

 private:
  const std::string& text(const json& number) const {
    const auto at = number.get<std::size_t>();
    if (at >= table_.size()) throw json::out_of_range::create(401, "a text is not in the table", nullptr);
    return table_[at];
  }

  std::vector<std::string> texts(const json& numbers) const {
    std::vector<std::string> result;
    for (const json& number : numbers) result.push_back(text(number));
    return result;
  }

  Place place(const json& value) const {
    return {text(value.at(0)), value.at(1), value.at(2), value.at(3), value.at(4)};
  }

  CallFact call(const json& value) const {
    const unsigned flags = value.at(4);
    CallFact call;
    call.callee = text(value.at(0));
    call.name = text(value.at(1));
    call.place = place(value.at(2));
    call.way = static_cast<Way>(value.at(3).get<int>());
    call.is_limited = (flags & 1) != 0;
    call.holds_permit = (flags & 2) != 0;
    call.forwards_token = (flags & 4) != 0;
    call.in_unbounded_loop = (flags & 8) != 0;
    call.is_elsewhere = (flags & 16) != 0;
    call.sees_body = (flags & 32) != 0;
    call.cut_for = texts(value.at(5));
    return call;
  }

  std::vector<std::string> table_;
};

}  // namespace

json to_json(const UnitFacts& facts) {
  Texts texts;
  json functions = json::array(), records = json::array();
  for (const FunctionFact& function : facts.functions) functions.push_back(function_json(texts, function));
  for (const Record& record : facts.records) records.push_back(json::array({record.rule, record.value}));
  return {{"functions", std::move(functions)},
          {"plain", facts.plain},
          {"records", std::move(records)},
          {"texts", texts.table()}};
}

UnitFacts facts_from_json(const json& document) {
  UnitFacts facts;
  const Reader reader(document);
  for (const json& function : document.at("functions")) facts.functions.push_back(reader.function(function));
  document.at("plain").get_to(facts.plain);
  for (const json& record : document.at("records")) facts.records.push_back({record.at(0), record.at(1)});
  return facts;
}

}  // namespace corolint
