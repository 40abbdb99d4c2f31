#include "output/format.h"

#include <algorithm>

#include "output/html_page.h"

namespace corolint {

const std::vector<Format>& formats() {
  using In = const Rendering&;
  static const std::vector<Format> all = {
      {"full", "people, with source", [](In in) { return as_full(in.seen, in.style) + interruption_text(in.seen); }},
      {"concise", "editors, in GCC's shape", [](In in) { return as_concise(in.seen, in.hidden) + interruption_text(in.seen); }},
      {"agent", "language models, a line each", [](In in) { return as_agent(in.seen, in.hidden) + interruption_text(in.seen); }},
      {"statistics", "people, counts by rule", [](In in) { return as_statistics(in.report) + interruption_text(in.report); }},
      {"markdown", "job summaries and comments", [](In in) { return as_markdown(in.report, in.hidden); }},
      {"html", "a browser", [](In in) { return as_html(in.report, in.hidden); }, !html_script().empty()},
      {"json", "programs", [](In in) { return as_json(in.report, in.hidden); }},
      {"jsonl", "programs, one finding a line", [](In in) { return as_jsonl(in.report, in.hidden); }},
      {"sarif", "code review", [](In in) { return as_sarif(in.report, in.sarif); }},
      {"github", "annotations of GitHub Actions", [](In in) { return as_github(in.report); }},
      {"gitlab", "GitLab's Code Quality", [](In in) { return as_gitlab(in.report); }},
      {"junit", "test reports", [](In in) { return as_junit(in.report, in.hidden); }},
      {"checkstyle", "Checkstyle's readers", [](In in) { return as_checkstyle(in.report); }},
      {"rdjsonl", "reviewdog", [](In in) { return as_rdjsonl(in.report); }},
      {"sonar", "SonarQube's generic issues", [](In in) { return as_sonar(in.report); }},
  };
  return all;
}

const Format* format_named(std::string_view name) {
  const auto found = std::ranges::find(formats(), name, &Format::name);
  return found == formats().end() ? nullptr : &*found;
}

}  // namespace corolint
