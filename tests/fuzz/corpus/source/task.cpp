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
extern "C" unsigned sleep(unsigned);
void helper() {
  sleep(1);
}
task inner() {
  co_return;
}
task outer(int n) {
  helper();  // NOLINT(missing-timeout): why
  inner();
  for (int i = 0; i < n; ++i) try {
      co_await inner();
    } catch (...) {
    }
  auto f = [&]() -> task { co_await inner(); };
  co_await f();
}
