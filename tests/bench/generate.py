"""Makes a project of many units that mix the standard library, Asio and headers of its own in varied order."""

import json
import pathlib
import random

STANDARD = ["algorithm", "array", "atomic", "chrono", "deque", "functional", "iostream", "map", "memory",
            "mutex", "optional", "random", "regex", "set", "sstream", "string", "string_view", "thread",
            "unordered_map", "variant", "vector"]
ASIO = ["awaitable", "buffer", "co_spawn", "detached", "io_context", "ip/tcp", "read", "signal_set",
        "steady_timer", "this_coro", "use_awaitable", "write"]
OWN_HEADERS = 30
ASYNC_SHARE = 0.7  # of the units; the others are plain code that nothing asynchronous calls


def own_header(number, rng):
    includes = "".join(f"#include <{name}>\n" for name in rng.sample(STANDARD, 3))
    return f"""#pragma once
{includes}#include <string>

namespace service::part{number} {{

struct record{number} {{
  std::string name;
  int weight = {number};
}};

inline int weigh(const record{number}& value) {{ return value.weight + static_cast<int>(value.name.size()); }}

}}  // namespace service::part{number}
"""


def async_unit(number, own):
    body = "\n".join(f"  total += part{i}::weigh(part{i}::record{i}{{}});" for i in own)
    blocking = "  std::this_thread::sleep_for(std::chrono::milliseconds(total));\n" if number % 10 == 0 else ""
    return f"""namespace service {{

using boost::asio::awaitable;
using boost::asio::use_awaitable;
using boost::asio::ip::tcp;

inline int total_of_unit{number}() {{
  int total = 0;
{body}
  return total;
}}

awaitable<void> echo{number}(tcp::socket socket) {{
  char data[1024];
  const int total = total_of_unit{number}();
{blocking}  for (int i = 0; i < total; ++i) {{
    std::size_t size = co_await socket.async_read_some(boost::asio::buffer(data), use_awaitable);
    co_await boost::asio::async_write(socket, boost::asio::buffer(data, size), use_awaitable);
  }}
}}

awaitable<void> listen{number}() {{
  auto executor = co_await boost::asio::this_coro::executor;
  tcp::acceptor acceptor(executor, {{tcp::v4(), {10000 + number}}});
  for (;;) {{
    tcp::socket socket = co_await acceptor.async_accept(use_awaitable);
    boost::asio::co_spawn(executor, echo{number}(std::move(socket)), boost::asio::detached);
  }}
}}

}}  // namespace service
"""


def plain_unit(number, own):
    body = "\n".join(f"  total += part{i}::weigh(part{i}::record{i}{{}});" for i in own)
    return f"""namespace service {{

std::vector<int> sorted_totals{number}(std::vector<int> values) {{
  int total = 0;
{body}
  values.push_back(total);
  std::sort(values.begin(), values.end());
  return values;
}}

}}  // namespace service
"""


def unit(number, rng, is_async):
    own = sorted(rng.sample(range(OWN_HEADERS), 3))
    own_lines = [f'#include "part{i}.h"' for i in own]
    if is_async:
        asio = [f"#include <boost/asio/{name}.hpp>" for name in ASIO]
        rng.shuffle(asio)
        standard = ["chrono", "cstddef", "thread", "utility"] + rng.sample(STANDARD, 4)
    else:
        asio = []
        standard = ["algorithm", "vector"] + rng.sample(STANDARD, 5)
    groups = [own_lines, asio, [f"#include <{name}>" for name in dict.fromkeys(standard)]]
    rng.shuffle(groups)
    lines = [line for group in groups for line in group]
    return "\n".join(lines) + "\n\n" + (async_unit if is_async else plain_unit)(number, own)


def generate(folder, units, async_share=ASYNC_SHARE, seed=7):
    """Writes the project into `folder` with its compile database and returns the paths of its units."""
    rng = random.Random(seed)
    folder = pathlib.Path(folder)
    source = folder / "src"
    source.mkdir(parents=True)
    for number in range(OWN_HEADERS):
        (source / f"part{number}.h").write_text(own_header(number, rng))
    paths = []
    for number in range(units):
        path = source / f"unit{number}.cpp"
        path.write_text(unit(number, rng, number < units * async_share))
        paths.append(str(path))
    write_database(folder, paths, ["-std=c++20"])
    return paths


def write_database(folder, paths, flags):
    entries = [{"directory": str(folder), "file": path,
                "arguments": ["clang++", *flags, "-c", path]} for path in paths]
    pathlib.Path(folder, "compile_commands.json").write_text(json.dumps(entries, indent=1))
