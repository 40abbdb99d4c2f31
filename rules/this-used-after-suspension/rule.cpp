#include <map>
#include <set>

#include "exports.h"

namespace corolint {

using namespace objects;

namespace {

void check(Pass& pass) {
  Classes classes(pass);
  LeadsOf leads;
  for (const Function& function : pass.functions()) {
    if (function.is_pattern()) continue;
    if (llvm::isa_and_nonnull<clang::CoroutineBodyStmt>(function.declaration().getBody())) {
      export_use(pass, function);
      export_fire_and_forget(pass, function);
    }
    for (const LetGo& start : let_go_in(pass, function)) {
      if (start.receiver)
        export_end(pass, function, start);
      else if (start.is_started)
        export_own(pass, function, start, leads);
    }
    for (const Call& call : function.calls()) export_call(pass, classes, function, call);
  }
  follow_own_calls(pass, leads);
  for (const auto& [method, all] : leads)
    for (const Leads& one : all) export_record(pass, "leads", one);
}

void conclude(Program& program) {
  std::map<std::string, Uses> uses;
  for (Uses& one : records_of<Uses>(program, "uses")) uses.emplace(one.coroutine, std::move(one));
  std::multimap<std::string, Leads> leads;
  for (Leads& one : records_of<Leads>(program, "leads")) leads.emplace(one.method, std::move(one));

  std::set<Place> seen;
  const auto report = [&](const std::string& coroutine, bool is_started, std::vector<Note> notes) {
    const auto use = uses.find(coroutine);
    if (use == uses.end() || (is_started && !use->second.is_after)) return;
    Finding finding = use->second.finding;
    if (!seen.insert(finding.place).second) return;
    std::move(notes.begin(), notes.end(), std::back_inserter(finding.notes));
    program.report(std::move(finding), "");
  };
  for (const Ends& end : records_of<Ends>(program, "ends")) {
    report(end.callee, end.is_started, end.notes);
    for (auto [lead, last] = leads.equal_range(end.callee); lead != last; ++lead) {
      std::vector<Note> notes = end.notes;
      notes.push_back(lead->second.start);
      report(lead->second.coroutine, true, std::move(notes));
    }
  }
  for (Unheld& one : records_of<Unheld>(program, "unheld"))
    if (seen.insert(one.finding.place).second) program.report(std::move(one.finding), "");
}

}  // namespace

Rule this_used_after_suspension() {
  return {.check = check,
          .messages = {gone, unheld},
          .level = Level::warning,
          .cwe = 416,
          .conclude = conclude,
          .group = "lifetime"};
}

}  // namespace corolint
