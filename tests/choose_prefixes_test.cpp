#include <doctest/doctest.h>

#include <algorithm>

#include "engine/choose_prefixes.h"
#include "engine/prefix_plans.h"

using namespace corolint;

namespace {

constexpr std::size_t mebibyte = 1 << 20;

// A unit that names the headers with these numbers; each brings itself alone.
UnitIncludes unit(std::vector<std::uint32_t> headers, const std::string& flags = "-std=c++20") {
  UnitIncludes includes;
  includes.flags = flags;
  for (const std::uint32_t header : headers)
    includes.headers.push_back({"<" + std::to_string(header) + ">", header});
  includes.files = std::move(headers);
  std::sort(includes.files.begin(), includes.files.end());
  return includes;
}

std::vector<PrefixPlan> chosen(const std::vector<UnitIncludes>& units, std::size_t size = mebibyte) {
  return choose_prefixes(units, std::vector<unsigned>(units.size(), 1),
                         [size](std::uint32_t) { return size; });
}

}  // namespace

TEST_CASE("units share the headers that all of them include, in the order of the first") {
  const auto plans = chosen({unit({2, 1, 7}), unit({1, 2}), unit({3, 1, 2})});
  REQUIRE(plans.size() == 1);
  CHECK(plans[0].units == std::vector<std::size_t>{0, 1, 2});
  CHECK(plans[0].headers == std::vector<std::string>{"<2>", "<1>"});
}

TEST_CASE("units with other flags, or with flags that rule out a prefix, do not share one") {
  CHECK(chosen({unit({1, 2}), unit({1, 2}, "-std=c++23")}).empty());
  CHECK(chosen({unit({1, 2}, ""), unit({1, 2}, "")}).empty());
}

TEST_CASE("what would cost more to make than it saves is not made") {
  CHECK(chosen({unit({1, 2})}).empty());
  CHECK(chosen({unit({1}), unit({2}), unit({3})}).empty());
  CHECK(chosen({unit({1}), unit({1}), unit({1})}, 100).empty());
}

TEST_CASE("a unit that is parsed more than once may have a prefix for itself") {
  const auto plans =
      choose_prefixes({unit({1, 2}), unit({3})}, {2, 1}, [](std::uint32_t) { return mebibyte; });
  REQUIRE(plans.size() == 1);
  CHECK(plans[0] == PrefixPlan{{"<1>", "<2>"}, {0}, std::nullopt});
}

TEST_CASE("families of units that share little get a prefix each") {
  const auto plans = chosen({unit({1, 2, 3, 4}), unit({5, 6, 7, 8}), unit({1, 2, 3, 4}), unit({5, 6, 7, 8}),
                             unit({1, 2, 3, 4}), unit({5, 6, 7, 8})});
  REQUIRE(plans.size() == 2);
  CHECK(plans[0].units == std::vector<std::size_t>{0, 2, 4});
  CHECK(plans[1].units == std::vector<std::size_t>{1, 3, 5});
}

TEST_CASE("what some of the units share besides stands on top of what all of them share") {
  const auto plans = chosen({unit({1, 2, 3, 4, 5}), unit({1, 2, 3, 4, 6, 7}), unit({5, 1, 2, 3, 4}),
                             unit({1, 2, 3, 4, 6, 7}), unit({1, 2, 3, 4, 5}), unit({1, 2, 3, 4})});
  REQUIRE(plans.size() == 3);
  CHECK(plans[0] == PrefixPlan{{"<1>", "<2>", "<3>", "<4>"}, {0, 1, 2, 3, 4, 5}, std::nullopt});
  CHECK(plans[1] == PrefixPlan{{"<5>"}, {0, 2, 4}, 0});
  CHECK(plans[2] == PrefixPlan{{"<6>", "<7>"}, {1, 3}, 0});
}

TEST_CASE("plans are the same after a way through text") {
  const std::vector<PrefixPlan> plans = {{{"<1>", "\"2.h\""}, {0, 1, 2}, std::nullopt}, {{"<5>"}, {2}, 0}};
  const std::string text = text_of(plans);
  CHECK(plans_from(text, 3) == plans);
  CHECK(plans_from(text, 2).empty());
  CHECK(plans_from(llvm::StringRef(text).drop_back(1), 3).size() == 1);
  CHECK(plans_from("B0\nH<1>\nU0\n\n", 1).empty());
}

TEST_CASE("many sets of headers are grouped in time") {
  std::vector<UnitIncludes> units;
  for (std::uint32_t i = 0; i < 450; ++i) units.push_back(unit({1, 2, 3, 100 + i}));
  const auto plans = chosen(units);
  REQUIRE(plans.size() == 1);
  CHECK(plans[0].units.size() == 450);
}
