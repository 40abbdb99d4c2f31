#include <algorithm>
#include <map>
#include <set>

#include "exports.h"
#include "owners.h"

namespace corolint {

using namespace objects;

namespace {

void check(Pass& pass) {
  Classes classes(pass);
  LeadsOf leads;
  std::set<const clang::CXXRecordDecl*> owned;
  for (const Function& function : pass.functions()) {
    if (function.is_pattern()) continue;
    export_owned(pass, function, owned);
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

// Brings the ends of objects together with the coroutines that use them.
class Search {
 public:
  explicit Search(Program& program) : program_(program), definitions_(program), owners_(program) {
    for (Uses& one : records_of<Uses>(program, "uses")) {
      definitions_.add(one.coroutine);
      uses_.emplace(one.coroutine, std::move(one));
    }
    for (Leads& one : records_of<Leads>(program, "leads")) {
      definitions_.add(one.method);
      leads_.emplace(one.method, std::move(one));
    }
  }

  void follow(const Ends& end) {
    report(end.callee, end.is_started, end.notes);
    for (auto [lead, last] = leads_.equal_range(definitions_.find(end.callee)); lead != last; ++lead) {
      std::vector<Note> notes = end.notes;
      notes.push_back(lead->second.start);
      report(lead->second.coroutine, true, notes);
    }
  }

  void report_unheld(Unheld one) {
    if (is_new(one)) program_.report(std::move(one.finding), "");
  }

  // Of coroutines that override one method, the owners of its class answer for all: that is one finding.
  void report_overriders(std::vector<Unheld> all) {
    std::erase_if(all, [this](const Unheld& one) { return !is_new(one); });
    if (all.empty()) return;
    Finding finding = std::move(all.front().finding);
    for (std::size_t i = 1; i < std::min(all.size(), most_shown); ++i)
      finding.notes.push_back({all[i].finding.place, "likewise: " + std::to_string(i) + " of " +
                                                         std::to_string(all.size() - 1) +
                                                         " more that override '" + all[i].overridden + "'"});
    program_.report(std::move(finding), "");
  }

 private:
  static constexpr std::size_t most_shown = 11;

  bool is_new(const Unheld& one) { return owners_.may_let_go(one) && seen_.insert(one.finding.place).second; }

  void report(const std::string& coroutine, bool is_started, const std::vector<Note>& notes) {
    const auto use = uses_.find(definitions_.find(coroutine));
    if (use == uses_.end() || (is_started && !use->second.is_after)) return;
    Finding finding = use->second.finding;
    if (!seen_.insert(finding.place).second) return;
    finding.notes.insert(finding.notes.end(), notes.begin(), notes.end());
    program_.report(std::move(finding), "");
  }

  Program& program_;
  Definitions definitions_;
  Owners owners_;
  std::map<std::string, Uses> uses_;
  std::multimap<std::string, Leads> leads_;
  std::set<Place> seen_;
};

void conclude(Program& program) {
  Search search(program);
  for (const Ends& one : records_of<Ends>(program, "ends")) search.follow(one);
  std::map<std::string, std::vector<Unheld>> overriders;
  for (Unheld& one : records_of<Unheld>(program, "unheld"))
    if (one.overridden.empty())
      search.report_unheld(std::move(one));
    else
      overriders[one.overridden].push_back(std::move(one));
  for (auto& [method, all] : overriders) search.report_overriders(std::move(all));
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
