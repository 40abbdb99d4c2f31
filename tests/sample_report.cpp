#include "sample_report.h"

#include "engine/fingerprint.h"
#include "fixture.h"
#include "output/version.h"

namespace corolint {

namespace {

constexpr const char* session = "src/net/session.cpp";
constexpr const char* backoff = "src/net/c++ & co/back off.cpp";

void write_sample_sources(const ScratchFolder& folder) {
  folder.write(session, std::string(83, '\n') +
                            "task<void> Session::run(Connection& c) {\n"
                            "  int attempt = 0;\n"
                            "  for (;;) {\n"
                            "    prepare(c, attempt);\n"
                            "    retry_backoff(attempt);\n"
                            "  }\n"
                            "}\n");
  folder.write(backoff, "void retry_backoff(int n) {\r\n  sleep_for(n);\r\n}\r\n");
}

// Returns a finding with all there can be: marks, notes of every kind, a path through two files.
Finding rich_finding() {
  Finding finding;
  finding.rule = "blocking-call-in-coroutine";
  finding.level = Level::error;
  finding.place = {session, 88, 5, 88, 27};
  finding.message_id = "blocks";
  finding.arguments = {"sleep_for", "net::Session::run"};
  finding.message = "'sleep_for' blocks the thread of coroutine 'net::Session::run'";
  finding.label = "blocks for up to 2 s";
  finding.notes = {{{session, 84, 12, 84, 24}, "coroutine, runs on 'io_context' (1 thread)"},
                   {{backoff, 2, 3, 2, 15}, "the call that blocks"},
                   {{}, "'io_context' has one thread"}};
  finding.path = {{{session, 88, 5, 88, 27}, "net::Session::run", "calls retry_backoff"},
                  {{backoff, 2, 3, 2, 15}, "retry_backoff", "calls sleep_for, which blocks"}};
  finding.help = "wait on a timer of the executor instead";
  finding.function = "net::Session::run";
  return finding;
}

// Returns a finding with no more than there has to be.
Finding bare_finding(const std::string& rule, const Place& place) {
  Finding finding;
  finding.rule = rule;
  finding.place = place;
  finding.message = "this is odd";
  return finding;
}

}  // namespace

std::string golden(const std::string& name) {
  std::string text = read_file(std::string(TESTS_DIR) + "/golden/" + name);
  const std::string mark = "@VERSION@";
  for (std::size_t at; (at = text.find(mark)) != std::string::npos;)
    text.replace(at, mark.size(), tool_version());
  return text;
}

Sample::Sample() {
  write_sample_sources(folder);
  report.root = folder.path().string();
  report.findings = {bare_finding("some-opinion", {backoff, 1, 1, 1, 5}), rich_finding()};
  report.broken = {
      {"src/bad.cpp", "does not parse", {{{"src/bad.cpp", 3, 1, 3, 4}, "no such file 'x.h'"}}, 20}};
  report.unread = {"src/lonely.h"};
  report.rules = {&blocking, &opinion};
  report.files = {"src/bad.cpp", "src/clean.cpp", session};
  report.units = 214;
  report.seconds = 3.14;
  report.exit_status = 1;
  identify(report);
}

Report single(const ScratchFolder& folder, std::string_view source, Place place, std::vector<Note> notes) {
  folder.write("a.cpp", std::string(source));
  place.file = "a.cpp";
  for (Note& note : notes) note.place.file = "a.cpp";
  Report report;
  report.root = folder.path().string();
  report.findings = {bare_finding("r", place)};
  report.findings[0].label = "here";
  report.findings[0].notes = std::move(notes);
  identify(report);
  return report;
}

}  // namespace corolint
