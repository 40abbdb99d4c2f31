#include "models/description.h"

#include <map>
#include <set>

namespace corolint {

namespace {

const std::map<Role, std::string_view> meanings = {
    {Role::task, "a type that must be awaited"},
    {Role::spawn, "starts work that runs beside its caller"},
    {Role::scope, "owns started work until it is joined"},
    {Role::combine, "awaits several"},
    {Role::limit, "bounds how much runs at once"},
    {Role::block, "blocks the calling thread"},
    {Role::sync_wait, "blocks the calling thread until asynchronous work is done"},
    {Role::offload, "runs its callable where blocking is allowed"},
    {Role::callback, "runs its callable on the executor"},
    {Role::hop, "moves the coroutine to another executor"},
    {Role::io_wait, "waits for a peer or another task"},
    {Role::timeout, "bounds the operation it wraps"},
    {Role::deadline, "bounds the later operations on the same object"},
    {Role::cancel, "is how cancellation arrives"},
    {Role::cancel_aware, "shows that cancellation is handled"},
    {Role::cancel_source, "brings cancellation"},
    {Role::as_value, "delivers errors and cancellation as a value"},
    {Role::now, "runs its callable before it returns"},
    {Role::lock, "locks"},
    {Role::unblock, "makes the later calls on the object return at once"},
    {Role::ready, "shows that waiting on the object is over"},
    {Role::affine, "is bound to a thread"},
    {Role::detach_ok, "returns what may be dropped"},
    {Role::throws, "throws where the system refuses it"},
    {Role::stackful, "suspends who calls with it, on a stack of its own"},
};

std::string joined(const std::vector<std::string>& words, std::string_view between) {
  std::string text;
  for (const std::string& word : words) text += (text.empty() ? "" : std::string(between)) + word;
  return text;
}

std::string condition_text(const ArgumentMatch& argument) {
  std::string text =
      argument.position == -1 ? "the last argument" : "argument " + std::to_string(argument.position + 1);
  if (argument.absent) return text + " is left out";
  std::vector<std::string> parts;
  if (!argument.types.empty()) parts.push_back("is of type " + joined(argument.types, " or "));
  if (!argument.mentions.empty()) parts.push_back("mentions " + joined(argument.mentions, " or "));
  if (argument.value) parts.push_back("is " + std::to_string(*argument.value));
  return text + " " + joined(parts, " and ");
}

std::string conditions(const std::vector<ArgumentMatch>& arguments, std::string_view between) {
  std::vector<std::string> texts;
  for (const ArgumentMatch& argument : arguments) texts.push_back(condition_text(argument));
  return joined(texts, between);
}

// What the end of a task or scope does that nobody awaited or joined.
std::string_view end_of(const Entry& entry) {
  switch (entry.drop) {
    case Drop::destroy:
      return entry.start == Start::lazy ? "if dropped, it never runs" : "if dropped, it is destroyed";
    case Drop::detach:
      return "if dropped, it runs on";
    case Drop::cancel:
      return "if dropped, it is cancelled";
    case Drop::cancel_wait:
      return "if dropped, it is cancelled and waited for";
    case Drop::block:
      return "if dropped, it is waited for";
    case Drop::leak:
      return "if dropped, it leaks";
    case Drop::assert_fails:
      return "if dropped, an assertion fails";
    case Drop::terminate:
      return "if dropped, it ends the program";
    case Drop::unknown:
      break;
  }
  return "";
}

std::string details(const Entry& entry) {
  std::vector<std::string> words;
  if (entry.role == Role::task && entry.start != Start::unknown)
    words.push_back(entry.start == Start::lazy ? "lazy" : "eager");
  if (const std::string_view end = end_of(entry); !end.empty()) words.emplace_back(end);
  if (entry.is_owned) words.push_back("a scope owns it");
  if (!entry.subject.empty()) words.push_back("class " + entry.subject);
  if ((entry.role == Role::block || entry.role == Role::sync_wait) && entry.confidence != Confidence::high)
    words.push_back(entry.confidence == Confidence::low ? "low confidence: not reported"
                                                        : "medium confidence");
  if (entry.over_range) words.push_back("a range");
  if (entry.any) words.push_back("the first one ends it");
  if (entry.bounded || entry.limit_argument) words.push_back("bounded");
  if (entry.quiet && entry.subject != "timer") words.push_back("waiting for ever is normal");
  if (entry.match.kind == Kind::dtor) words.push_back("in its destructor");
  return words.empty() ? "" : " (" + joined(words, ", ") + ")";
}

}  // namespace

std::string description(const Entry& entry) {
  const auto meaning = meanings.find(entry.role);
  std::string text = "  " + std::string(role_name(entry.role)) + ": " +
                     std::string(meaning == meanings.end() ? "" : meaning->second) + details(entry) + "\n";
  const auto add = [&](std::string_view word, const std::string& rest) {
    if (!rest.empty()) text += "    " + std::string(word) + " " + rest + "\n";
  };
  add("only if", conditions(entry.match.arguments, " and "));
  add("unless", conditions(entry.match.unless, " or "));
  add("only on", joined(entry.match.receivers, " or "));
  add("only with", joined(entry.match.template_arguments, " or "));
  add("only if it returns", joined(entry.match.returns, " or "));
  add("only for the result of",
      entry.match.made_by == std::vector<std::string>{"*"} ? "a call" : joined(entry.match.made_by, " or "));
  add("instead:", joined(entry.replace, ", "));
  add("note:", entry.note);
  add("since version", entry.since);
  add("until version", entry.until);
  add("unchecked:", entry.unchecked);
  return text;
}

std::string origin(const Library& library) {
  return "  from the model of " + library.title + (library.is_user ? " (yours)" : "") +
         (library.source.empty() ? "" : ": " + library.source) + "\n";
}

std::string list_of_libraries(const Models& models) {
  std::string text;
  for (const Library& library : models.libraries()) {
    std::set<std::string> names;
    for (const Entry& entry : library.entries)
      names.insert(entry.match.names.begin(), entry.match.names.end());
    std::string id = library.id;
    id.resize(std::max<std::size_t>(id.size() + 1, 18), ' ');
    text += id + library.title + ": " + std::to_string(library.entries.size()) + " entries, " +
            std::to_string(names.size()) + " names\n";
  }
  return text;
}

}  // namespace corolint
