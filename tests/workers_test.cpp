// A worker that dies loses the item it was at, and nothing else.

#include <doctest/doctest.h>
#include <unistd.h>

#include <algorithm>
#include <csignal>
#include <cstdlib>
#include <optional>
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

TEST_CASE("an item waits for the one that it names, and others come first meanwhile") {
  std::vector<std::size_t> begun;
  WorkWatch watch;
  watch.begun = [&](std::size_t item) { begun.push_back(item); };
  watch.waits_for = [](std::size_t item) { return item == 1 ? std::optional<std::size_t>(0) : std::nullopt; };
  in_workers(4, {1}, [](std::size_t) { return std::string(); }, watch);
  CHECK(begun == std::vector<std::size_t>{0, 1, 2, 3});

  begun.clear();
  const auto ends_late = [](std::size_t item) {
    if (item == 0) usleep(300'000);
    return std::string();
  };
  in_workers(4, {2}, ends_late, watch);
  CHECK(begun == std::vector<std::size_t>{0, 2, 3, 1});
}

TEST_CASE("an item that waited for one that was lost is begun all the same") {
  WorkWatch watch;
  std::vector<std::string> failures(3);
  watch.done = [&](std::size_t item, const Answer& answer) { failures[item] = answer.failure; };
  watch.waits_for = [](std::size_t item) { return item > 0 ? std::optional(item - 1) : std::nullopt; };
  const auto first_exits = [](std::size_t item) {
    if (item == 0) _Exit(9);
    return std::string();
  };
  in_workers(3, {2}, first_exits, watch);
  CHECK(failures == std::vector<std::string>{"ended with status 9", "", ""});
}
