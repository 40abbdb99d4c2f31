// Models against reality: every name that a shipped model uses must stand for a declaration of the stated
// kind in the real headers of Debian's package. `./dev models DIR` asks the public sources of all other
// libraries as well.

#include <doctest/doctest.h>

#include <cstdio>

#include "fixture.h"
#include "header_names.h"
#include "models/library_file.h"

using namespace corolint;

TEST_CASE("every name of a model stands in the real headers") {
  std::size_t checked = 0;
  for (const EmbeddedFile& file : embedded_libraries()) {
    auto library = read_shipped_library(file);
    REQUIRE(static_cast<bool>(library));
    const LibraryCheck check = check_library(*library, "");
    if (check.checks.empty()) continue;
    std::fputs(table_of(*library, check).c_str(), stdout);
    for (const std::string& name : check.unresolved) FAIL_CHECK(file.name << ": no declaration of " << name);
    CHECK_MESSAGE(!check.resolved.empty(),
                  file.name << ": nothing could be checked: are its packages installed?");
    ++checked;
  }
  CHECK(checked >= 25);
}

TEST_CASE("no fixture with a real library is left out for want of its package") {
  std::size_t seen = 0;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(fixtures_folder()))
    if (entry.path().filename().string().starts_with("real_")) {
      ++seen;
      CHECK_MESSAGE(can_compile(entry.path()), entry.path().string());
    }
  CHECK(seen >= 25);
}
