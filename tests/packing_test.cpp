// Values as bytes: what the program is built with and what it keeps.

#include "packing/packing.h"

#include <doctest/doctest.h>

#include <limits>

#include "models/library_file.h"
#include "models/packed_libraries.h"

using namespace corolint;

namespace {

enum class Colour { red, blue };

struct Point {
  int x = 0;
  std::optional<Colour> colour;
  friend bool operator==(const Point&, const Point&) = default;
};

auto members(packing::Of<Point> auto& point) {
  auto& [x, colour] = point;
  return std::tie(x, colour);
}

struct Shape {
  std::string name;
  std::vector<Point> points;
  std::map<std::string, long long> sizes;
  std::pair<bool, std::uint64_t> count;
  friend bool operator==(const Shape&, const Shape&) = default;
};

auto members(packing::Of<Shape> auto& shape) {
  auto& [name, points, sizes, count] = shape;
  return std::tie(name, points, sizes, count);
}

const Shape shape = {
    std::string("a\0b", 3),
    {{-1, {}}, {std::numeric_limits<int>::min(), Colour::blue}, {300, Colour::red}},
    {{"", std::numeric_limits<long long>::min()}, {"x", std::numeric_limits<long long>::max()}},
    {true, ~std::uint64_t{0}}};

}  // namespace

TEST_CASE("a value comes back from its bytes as it was") {
  CHECK(packing::unpacked<Shape>(packing::packed(shape)) == shape);
  CHECK(packing::unpacked<Shape>(packing::packed(Shape{})) == Shape{});
}

TEST_CASE("bytes that are cut off, longer, or none of a value's are refused") {
  const std::string bytes = packing::packed(shape);
  for (std::size_t size = 0; size < bytes.size(); ++size)
    CHECK(!packing::unpacked<Shape>(bytes.substr(0, size)));
  CHECK(!packing::unpacked<Shape>(bytes + "x"));
  CHECK(!packing::unpacked<Shape>(std::string(40, '\xFF')));
}

TEST_CASE("the program is built with what the models' files say") {
  std::vector<Library> libraries;
  for (const EmbeddedFile& file : embedded_libraries())
    libraries.push_back(llvm::cantFail(read_shipped_library(file)));
  CHECK(packed_text(libraries) == packed_shipped_libraries());
  const auto again = libraries_from_packed(packed_shipped_libraries());
  REQUIRE(again.has_value());
  CHECK(packed_text(*again) == packed_shipped_libraries());
}
