#include "endings.h"

#include <algorithm>
#include <map>
#include <set>

#include "cancellers.h"
#include "coroutines/flow.h"
#include "coroutines/value_use.h"
#include "empty_value.h"
#include "narrower_handler.h"
#include "rule/record.h"
#include "sources.h"
#include "unit/names.h"

namespace corolint::cancellation {

// A finding that holds if some caller awaits the function. One that throws need not go on after that.
struct KeptEnding {
  std::string function;
  bool throws = false;
  bool gives_empty = false;
  Arrival arrival;
  Finding finding;
};
RULE_RECORD(KeptEnding, function, throws, gives_empty, arrival, finding)

// A call whose awaitable is awaited and after which the caller waits for more.
struct Await {
  std::string caller;
  Place place;
  bool unless_empty = false;  // it asks whether what it got is empty, and then leaves
};
RULE_RECORD(Await, caller, place, unless_empty)

namespace {

clang::SourceRange head_of(const clang::CXXCatchStmt& handler) {
  return {handler.getBeginLoc(), handler.getHandlerBlock()->getBeginLoc().getLocWithOffset(-1)};
}

void keep(Pass& pass, const Function& coroutine, const clang::CXXCatchStmt& handler,
          const Suspension& suspended, const Classes& cancellations, const Message& message, Level level,
          const Arrival& arrival, bool throws, std::vector<std::string> arguments) {
  arguments.insert(arguments.begin(), {spelling(handler), coroutine.name()});
  pass.keep(coroutine, head_of(handler), message, std::move(arguments))
      .label(throws ? "callers that tell cancellation from failure see a failure"
                    : "the caller takes the cancelled work for done, and goes on")
      .help("let cancellation out: rethrow it before the other errors are handled")
      .fix(narrower_handler(pass, handler, cancellations))
      .level(level);
  auto kept = pass.take_kept();
  Finding& finding = kept.back();
  finding.path = {
      {pass.unit().place_of(suspended.expr->getSourceRange()), coroutine.name(), "cancellation arrives here"},
      {finding.place, coroutine.name(), "the handler catches it"}};
  export_record(
      pass, "ending",
      KeptEnding{pass.key(coroutine.declaration()), throws, &message == &ends_empty, arrival, finding});
}

}  // namespace

void keep_ending(Pass& pass, const Function& coroutine, const clang::CXXCatchStmt& handler,
                 const Suspension& suspended, const Classes& cancellations, const Questions& questions,
                 const Arrival& arrival) {
  if (cancellations.empty()) return;  // a type that nobody knows: perhaps there is no cancellation at all
  if (const auto* thrown = other_throw(coroutine, handler, cancellations)) {
    keep(pass, coroutine, handler, suspended, cancellations, rewraps, Level::note, arrival, true,
         {qualified_name(*class_of(thrown->getSubExpr()->getType()))});
    return;
  }
  const Ending end = ending(coroutine, handler, questions);
  if (!end.returns) return;
  const auto leaves = coroutine.all<clang::CoreturnStmt>();
  const bool gives_values = std::any_of(leaves.begin(), leaves.end(), [](const clang::CoreturnStmt* leave) {
    return leave->getOperand() && !leave->getOperand()->getType()->isVoidType();
  });
  if (end.at_empty)
    keep(pass, coroutine, handler, suspended, cancellations, ends_empty, Level::warning, arrival, false, {});
  else if (!gives_values && !is_sticky(pass, coroutine))  // else its callers are told at their next await
    keep(pass, coroutine, handler, suspended, cancellations, ends, Level::note, arrival, false, {});
}

void keep_chain_ending(Pass& pass, const Function& function, clang::SourceRange at,
                       std::vector<std::string> arguments, const Arrival& arrival) {
  pass.keep(function, at, chain_ends, std::move(arguments))
      .label("the caller takes the cancelled work for done, and goes on")
      .help("let cancellation out: hand the error on if it is one, and handle the others")
      .level(Level::note);
  auto kept = pass.take_kept();
  Finding& finding = kept.back();
  finding.path = {{finding.place, function.name(), "the handler takes it"}};
  export_record(pass, "ending", KeptEnding{pass.key(function.declaration()), false, false, arrival, finding});
}

void export_awaits(Pass& pass, const Function& coroutine) {
  const auto& suspensions = coroutine.suspensions();
  for (const Call& call : coroutine.calls()) {
    const auto* await = coroutine.around<clang::CoawaitExpr>(call.expr);
    if (!await || !call.function() || !pass.unit().is_project(call.function()->getLocation())) continue;
    const bool goes_on = std::any_of(
        suspensions.begin(), suspensions.end(),
        [&](const Suspension& suspension) { return coroutine.flow()->may_follow(await, suspension.expr); });
    if (goes_on)
      export_record(
          pass, "await",
          Await{pass.key(coroutine.declaration()), pass.unit().place_of(call.expr->getSourceRange()),
                leaves_if_empty(coroutine, await)});
  }
}

namespace {

class Callers {
 public:
  explicit Callers(const Program& program) : program_(program), graph_(program.graph()) {
    for (const Await& await : records_of<Await>(program, "await"))
      (await.unless_empty ? leaving_ : going_on_).emplace(await.caller, await.place);
  }

  // Returns the calls from the function outwards to one after which the caller goes on; to any that awaits
  // it, if that is enough. Callers that ask whether what came to them is empty, and then leave, are
  // passed by if `is_asked_for`. Empty: there is none.
  std::vector<EdgeId> way_out(FunctionId function, bool any, bool is_asked_for) const {
    std::map<FunctionId, std::pair<EdgeId, FunctionId>> reached;  // by caller: its call, and of what
    std::vector<FunctionId> open = {function};
    for (std::size_t i = 0; i < open.size(); ++i)
      for (const EdgeId id : awaits_of(open[i])) {
        const Edge& edge = graph_.edges()[id];
        const std::pair at_call(std::string(graph_.key(edge.caller)), graph_.place(edge));
        const bool leaves = leaving_.contains(at_call);
        if (leaves && is_asked_for) continue;
        if (any || leaves || going_on_.contains(at_call)) {
          std::vector<EdgeId> way = {id};
          for (FunctionId at = open[i]; at != function; at = reached.at(at).second)
            way.insert(way.begin(), reached.at(at).first);
          return way;
        }
        if (edge.caller != function && reached.emplace(edge.caller, std::pair(id, open[i])).second)
          open.push_back(edge.caller);
      }
    return {};
  }

 private:
  // What a limit or a race ends need not say so: whoever ends it knows.
  std::vector<EdgeId> awaits_of(FunctionId function) const {
    std::vector<EdgeId> awaits;
    const auto add = [&](FunctionId callee) {
      for (const EdgeId id : graph_.callers_of(callee)) {
        const Edge& edge = graph_.edges()[id];
        if (edge.way == Way::awaits && !edge.is_limited && !program_.is_cut(edge)) awaits.push_back(id);
      }
    };
    add(function);
    for (const FunctionId base : graph_.overridden_by(function)) add(base);
    return awaits;
  }

  const Program& program_;
  const CallGraph& graph_;
  std::set<std::pair<std::string, Place>> going_on_;
  std::set<std::pair<std::string, Place>> leaving_;  // go on unless what they got is empty
};

}  // namespace

void conclude(Program& program) {
  const CallGraph& graph = program.graph();
  const Callers callers(program);
  const Sources sources(program);
  for (KeptEnding& kept : records_of<KeptEnding>(program, "ending")) {
    const FunctionId* function = graph.find(kept.function);
    const auto way =
        function ? callers.way_out(*function, kept.throws, kept.gives_empty) : std::vector<EdgeId>();
    const auto arrives = way.empty() ? std::nullopt : sources.way_to(kept.arrival);
    if (!arrives) continue;
    kept.finding.path.insert(kept.finding.path.begin() + (kept.finding.path.size() > 1), arrives->begin(),
                             arrives->end());
    for (const EdgeId id : way) {
      const Edge& edge = graph.edges()[id];
      const bool is_last = id == way.back();
      kept.finding.path.push_back({graph.place(edge), std::string(graph.name(edge.caller)),
                                   "awaits '" + std::string(graph.name(edge.callee)) + "'" +
                                       (is_last && !kept.throws ? " and goes on" : "")});
    }
    program.report(std::move(kept.finding), {});  // the callers that go on were seen
  }
  report_rounds(program);
  report_arrived(program, sources);
}

}  // namespace corolint::cancellation
