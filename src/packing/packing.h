#pragma once

// Values as bytes for this very program: what it was built with, and what it keeps for its own later runs.
// There are no names and no schema, which makes it thirty times faster to read than JSON. A struct takes part
// by `members`, found by its type, which returns a tuple of references to all of them; with a structured
// binding in it, the compiler sees that none is forgotten:
//
//   auto members(packing::Of<Note> auto& note) {
//     auto& [place, text] = note;
//     return std::tie(place, text);
//   }

#include <concepts>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <utility>
#include <vector>

namespace corolint::packing {

// `Struct`, whether it is to be written or read.
template <typename Value, typename Struct>
concept Of = std::same_as<std::remove_const_t<Value>, Struct>;

template <typename Value>
concept Number = std::integral<Value> || std::is_enum_v<Value>;

template <typename Value>
concept Structure = std::is_class_v<Value>;

class Writer {
 public:
  template <Number Value>
  void put(Value value) {
    auto rest = static_cast<std::uint64_t>(value);
    if constexpr (std::is_signed_v<Value>) rest = rest << 1 ^ (value < 0 ? ~std::uint64_t{0} : 0);
    for (; rest >= 0x80; rest >>= 7) bytes_ += static_cast<char>(rest | 0x80);
    bytes_ += static_cast<char>(rest);
  }
  void put(const std::string& text) {
    put(text.size());
    bytes_ += text;
  }
  template <typename Value>
  void put(const std::vector<Value>& values) {
    put(values.size());
    for (const Value& value : values) put(value);
  }
  template <typename Key, typename Value>
  void put(const std::map<Key, Value>& values) {
    put(values.size());
    for (const auto& entry : values) put(entry);
  }
  template <typename Value>
  void put(const std::optional<Value>& value) {
    put(value.has_value());
    if (value) put(*value);
  }
  template <typename First, typename Second>
  void put(const std::pair<First, Second>& pair) {
    put(pair.first);
    put(pair.second);
  }
  template <Structure Struct>
  void put(const Struct& value) {
    std::apply([this](const auto&... parts) { (this->put(parts), ...); }, members(value));
  }

  std::string take() { return std::move(bytes_); }

 private:
  std::string bytes_;
};

class Reader {
 public:
  explicit Reader(std::string_view bytes) : rest_(bytes) {}

  template <Number Value>
  void get(Value& value) {
    std::uint64_t number = 0;
    for (unsigned shift = 0;; shift += 7) {
      if (rest_.empty() || shift > 63) return fail();
      const auto byte = static_cast<unsigned char>(rest_.front());
      rest_.remove_prefix(1);
      number |= std::uint64_t{byte & 0x7Fu} << shift;
      if (byte < 0x80) break;
    }
    if constexpr (std::is_signed_v<Value>) number = number >> 1 ^ (~(number & 1) + 1);
    value = static_cast<Value>(number);
  }
  void get(std::string& text) {
    const std::size_t size = size_of_next();
    text = rest_.substr(0, size);
    rest_.remove_prefix(size);
  }
  template <typename Value>
  void get(std::vector<Value>& values) {
    values.resize(size_of_next());
    for (Value& value : values) get(value);
  }
  template <typename Key, typename Value>
  void get(std::map<Key, Value>& values) {
    for (std::size_t left = size_of_next(); left > 0; --left) {
      std::pair<Key, Value> entry;
      get(entry);
      values.insert(values.end(), std::move(entry));
    }
  }
  template <typename Value>
  void get(std::optional<Value>& value) {
    bool is_there = false;
    get(is_there);
    if (is_there) get(value.emplace());
  }
  template <typename First, typename Second>
  void get(std::pair<First, Second>& pair) {
    get(pair.first);
    get(pair.second);
  }
  template <Structure Struct>
  void get(Struct& value) {
    std::apply([this](auto&... parts) { (this->get(parts), ...); }, members(value));
  }

  // Was all that was asked for there, and nothing else?
  bool is_done() const { return !is_bad_ && rest_.empty(); }

 private:
  // Everything takes a byte at least: no size can be larger than what is left.
  std::size_t size_of_next() {
    std::size_t size = 0;
    get(size);
    if (size <= rest_.size()) return size;
    fail();
    return 0;
  }
  void fail() {
    is_bad_ = true;
    rest_ = {};
  }

  std::string_view rest_;
  bool is_bad_ = false;
};

// Returns the value as bytes, and back; nothing if they are no such value.
template <typename Value>
std::string packed(const Value& value) {
  Writer writer;
  writer.put(value);
  return writer.take();
}

template <typename Value>
std::optional<Value> unpacked(std::string_view bytes) {
  Reader reader(bytes);
  std::optional<Value> value(std::in_place);
  reader.get(*value);
  if (!reader.is_done()) value.reset();
  return value;
}

}  // namespace corolint::packing
