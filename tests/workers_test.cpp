// A worker that dies loses the item it was at, and nothing else.

#include <doctest/doctest.h>

#include <algorithm>
#include <csignal>
#include <cstdlib>
#include <string>

#include "answers.h"

using namespace corolint;

TEST_CASE("answers come back in order, however many workers there are") {
  for (const unsigned jobs : {1u, 3u, 16u}) {
    const auto answers = answers_of(40, {jobs}, [](std::size_t i) { return std::string(i * 1000, 'x'); });
    REQUIRE(answers.size() == 40);
    for (std::size_t i = 0; i < answers.size(); ++i) {
      CHECK(answers[i].failure.empty());
      CHECK(answers[i].text.size() == i * 1000);
    }
  }
}

TEST_CASE("a crash, an abort and an exit each lose one item, which is told why") {
  const auto work = [](std::size_t i) {
    if (i == 3) std::raise(SIGKILL);
    if (i == 5) {
      std::signal(SIGABRT, SIG_DFL);  // the test framework's handler would report it as its own
      std::abort();
    }
    if (i == 7) _Exit(9);
    return std::to_string(i);
  };
  for (const unsigned jobs : {1u, 2u, 4u}) {
    const auto answers = answers_of(10, {jobs}, work);
    for (std::size_t i = 0; i < 10; ++i)
      if (i != 3 && i != 5 && i != 7) CHECK(answers[i].text == std::to_string(i));
    CHECK(answers[3].failure == "was ended from outside: Killed");
    CHECK(answers[5].failure.starts_with("crashed: Aborted"));
    CHECK(answers[7].failure == "ended with status 9");
  }
}

TEST_CASE("no items need no workers, and every answer is told") {
  CHECK(answers_of(0, {4}, [](std::size_t) { return std::string(); }).empty());
  std::size_t told = 0;
  std::vector<std::size_t> begun;
  const WorkWatch watch = {[&](std::size_t item) { begun.push_back(item); },
                           [&](std::size_t, const Answer&) { ++told; }};
  in_workers(12, {3}, [](std::size_t) { return std::string("x"); }, watch);
  CHECK(told == 12);
  CHECK(begun.size() == 12);
  CHECK(std::is_sorted(begun.begin(), begun.end()));
}
