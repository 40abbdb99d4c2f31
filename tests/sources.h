#pragma once

#include <string>

namespace corolint {

// A home-made lazy task that no model names, for sources that tests write.
inline const std::string lazy_task = R"(
#include <coroutine>
struct task {
  struct promise_type {
    task get_return_object();
    std::suspend_always initial_suspend();
    std::suspend_always final_suspend() noexcept;
    void return_void();
    void unhandled_exception();
  };
  bool await_ready();
  void await_suspend(std::coroutine_handle<>);
  void await_resume();
};
)";

}  // namespace corolint
