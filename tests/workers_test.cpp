// A worker that dies loses the item it was at, and nothing else.

#include <doctest/doctest.h>

#include <csignal>
#include <cstdlib>
#include <string>

#include "engine/workers.h"

using namespace corolint;

namespace {

// Returns the answers in the order of their items.
std::vector<Answer> answers_of(std::size_t count, unsigned jobs,
                               const std::function<std::string(std::size_t)>& work) {
  std::vector<Answer> answers(count);
  std::size_t begun = 0, done = 0;
  in_workers(count, jobs, work,
             {[&](std::size_t item) { CHECK(item == begun++); },
              [&](std::size_t item, Answer answer) {
                answers[item] = std::move(answer);
                ++done;
              }});
  CHECK(begun == count);
  CHECK(done == count);
  return answers;
}

}  // namespace

TEST_CASE("answers come back in order, however many workers there are") {
  for (const unsigned jobs : {1u, 3u, 16u}) {
    const auto answers = answers_of(40, jobs, [](std::size_t i) { return std::string(i * 1000, 'x'); });
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
    const auto answers = answers_of(10, jobs, work);
    for (std::size_t i = 0; i < 10; ++i)
      if (i != 3 && i != 5 && i != 7) CHECK(answers[i].text == std::to_string(i));
    CHECK(answers[3].failure == "crashed: Killed");
    CHECK(answers[5].failure.starts_with("crashed: Aborted"));
    CHECK(answers[7].failure == "ended with status 9");
  }
}

TEST_CASE("no items need no workers") {
  CHECK(answers_of(0, 4, [](std::size_t) { return std::string(); }).empty());
}
