#pragma once

// Findings to bytes: one function per format, each a pure function of the report and of the sources under
// `report.root`. None of them throws, whatever bytes the sources hold.

#include "engine/report.h"

#include <string>

namespace corolint {

// How much of a path is shown: `folded` leaves the middle of a long one out, and says so.
enum class Chain { folded, full, none };

// Whether findings that comments and the baseline hide are told too, marked as such.
enum class Hidden { left_out, told };

struct TextStyle {
  bool color = false;  // ANSI colours; they repeat what the text says
  unsigned context =
      1;               // source lines at a place: 0 none, 1 its own line, each more adds one before and after
  unsigned width = 0;  // columns to fold sentences at; 0: do not fold
  Chain chain = Chain::folded;
  Hidden hidden = Hidden::left_out;
};

// Whom a SARIF log is for: `full` holds everything; the others leave the least serious findings out where the
// host would refuse the log, and say so in it.
enum class SarifProfile { full, github, gitlab };

struct SarifOptions {
  SarifProfile profile = SarifProfile::full;
  std::string category;  // what tells this log from others of the same commit; empty: the uploader decides
  Hidden hidden = Hidden::left_out;
  bool with_root = false;    // say where the project lies on this machine
  bool with_absent = false;  // also tell the known findings that are there no more
  std::string begin = {}, end = {};  // of the run, as "2026-01-31T12:00:00.000Z"; empty: they are left out
};

// Returns the findings for people: sentence, source, marks, notes, path, help.
std::string as_full(const Report& report, const TextStyle& style);

// Returns one line per finding in GCC's shape, for editors and problem matchers.
std::string as_concise(const Report& report, Hidden hidden = Hidden::left_out);

// Returns one line per finding with all that is to be known of it, for language models: like `as_concise`,
// with the help and the way to the cause.
std::string as_agent(const Report& report, Hidden hidden = Hidden::left_out);

// Returns how many findings of each level each rule has, the most frequent first.
std::string as_statistics(const Report& report);

// Returns one JSON document with all that the report holds, but for times.
std::string as_json(const Report& report, Hidden hidden = Hidden::left_out);

// Returns JSON Lines: a line for each finding, then for each broken unit, then one with the counts, so that a
// log that breaks off shows it. Each line has `schema_version` and `kind`.
std::string as_jsonl(const Report& report, Hidden hidden = Hidden::left_out);

// Returns a SARIF 2.1.0 log with one run.
std::string as_sarif(const Report& report, const SarifOptions& options = {});

// Returns workflow commands that GitHub Actions shows as annotations, the worst first.
// https://docs.github.com/actions/reference/workflow-commands-for-github-actions
std::string as_github(const Report& report);

// Returns GitLab's Code Quality report.
// https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format
std::string as_gitlab(const Report& report);

// Returns a JUnit report: a suite for each file, a failure for each finding, an error for a broken unit, a
// skipped case for a hidden finding.
std::string as_junit(const Report& report, Hidden hidden = Hidden::left_out);

// Returns Checkstyle's report: https://checkstyle.org
std::string as_checkstyle(const Report& report);

// Returns reviewdog's diagnostics, one a line: https://github.com/reviewdog/reviewdog/tree/master/proto/rdf
std::string as_rdjsonl(const Report& report);

// Returns one page for a browser that needs nothing else; empty-looking without its script, see
// output/html_page.h.
std::string as_html(const Report& report, Hidden hidden = Hidden::left_out);

// Returns SonarQube's generic issues; its SARIF import would call each a vulnerability.
std::string as_sonar(const Report& report);

// Returns a summary with all findings for job pages and comments, cut where GitHub would take no more.
std::string as_markdown(const Report& report, Hidden hidden = Hidden::left_out);

// Returns how many problems were found and how many units were analysed: the last lines on stderr.
std::string summary(const Report& report);

// Returns the sentence that says that the run was interrupted, as a line; nothing if it was not.
std::string interruption_text(const Report& report);

// Returns each unit that could not be analysed in full, with the cause and the first compiler errors, for
// stderr.
std::string broken_units_text(const Report& report);

// Returns the functions that asynchronous code calls and that no analysed unit holds, the first few, for
// stderr; nothing if there are none.
std::string unseen_text(const Report& report);

// Returns the files with coroutines that no unit reads, the first few, for stderr; nothing if there are none.
std::string unread_text(const Report& report);

}  // namespace corolint
