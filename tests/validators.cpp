#include "validators.h"

#include <doctest/doctest.h>

#include "program.h"

namespace corolint {

namespace fs = std::filesystem;

namespace {

const fs::path tools = fs::path(TESTS_DIR) / "validators";

void set_up() {
  const fs::path stamp = tools / "node_modules/.package-lock.json";  // npm writes it last
  const bool is_there =
      fs::exists(stamp) && fs::last_write_time(stamp) >= fs::last_write_time(tools / "package-lock.json");
  if (is_there) return;
  const Outcome setup = run_in(tools, "npm ci --no-audit --no-fund && touch node_modules/.package-lock.json");
  REQUIRE_MESSAGE(setup.status == 0, setup.err);
}

}  // namespace

void validate(const std::string& script, const std::string& arguments) {
  set_up();
  const Outcome verdict = run_in(tools, "node " + script + " " + arguments);
  CHECK_MESSAGE(verdict.status == 0, script << ": " << verdict.out << verdict.err);
}

void validate_sarif(const fs::path& log) {
  validate("sarif.mjs", "'" + log.string() + "'");
}

void validate_report(const std::string& name, const std::string& report) {
  const ScratchFolder folder(std::map<std::string, std::string>{{name, report}});
  const std::string file = (folder.path() / name).string();
  const fs::path xsd = tools / "schemas" / (name + ".xsd");
  if (!fs::exists(xsd)) return validate("schema.mjs", name + " '" + file + "'");
  const Outcome verdict =
      run_in(folder.path(), "xmllint --noout --schema '" + xsd.string() + "' '" + file + "'");
  CHECK_MESSAGE(verdict.status == 0, verdict.err);
}

}  // namespace corolint
