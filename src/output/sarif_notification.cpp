#include "output/sarif_notification.h"

#include "output/fold.h"
#include "output/sarif_place.h"
#include "output/spelling.h"
#include "output/sarif_rule.h"

#include "llvm/Support/FormatVariadic.h"

namespace corolint {

namespace {

using Json = nlohmann::ordered_json;

constexpr std::string_view left_out = "findings-left-out";
constexpr std::string_view not_followed = "call-not-followed";
constexpr std::string_view not_read = "file-not-read";
constexpr std::string_view interrupted = "run-interrupted";

Json descriptor(std::string_view id, std::string_view name, std::string_view what, std::string_view why,
                std::string_view help, std::string_view level) {
  return {{"id", id},
          {"name", name},
          {"shortDescription", {{"text", what}}},
          {"fullDescription", {{"text", why}}},
          {"help", {{"text", help}, {"markdown", help}}},
          {"defaultConfiguration", {{"level", level}}}};
}

Json notification(std::string_view id, std::size_t index, std::string_view level, const std::string& text,
                  const Json& location) {
  return {{"descriptor", {{"id", id}, {"index", index}}},
          {"level", level},
          {"message", {{"text", as_sentence(shortened(text, 999))}}},
          {"locations", Json::array({{{"physicalLocation", location}}})}};
}

Json notification(const BrokenUnit& unit) {
  Json location = {{"artifactLocation", sarif_artifact(unit.file)}};
  if (const Place place = place_of(unit); place.file != unit.file || place.line > 1)
    location = sarif_place(place);
  return notification(not_analysed, 0, "error", sentence_of(unit), location);
}

Json left_out_notification(std::size_t number) {
  const std::string text = counted(number, "finding") +
                           " of the least serious are left out, since the host takes no more in one log.";
  return {
      {"descriptor", {{"id", left_out}, {"index", 1}}}, {"level", "warning"}, {"message", {{"text", text}}}};
}

Json interruption_notification(const Report& report) {
  return {{"descriptor", {{"id", interrupted}, {"index", 4}}},
          {"level", "error"},
          {"message", {{"text", "The run was " + as_sentence(interruption_sentence(report))}}}};
}

Json notification(const UnseenFunction& function) {
  const std::string text = llvm::formatv(
      "No analysed unit holds the body of '{0}', which '{1}' calls: what happens in it is not known",
      function.name, function.caller);
  return notification(not_followed, 2, "note", text, sarif_place(function.call));
}

Json unread_notification(const std::string& file) {
  const std::string text = llvm::formatv("'{0}' holds coroutines, but no unit reads it", file);
  return notification(not_read, 3, "note", text, {{"artifactLocation", sarif_artifact(file)}});
}

}  // namespace

nlohmann::ordered_json sarif_notification_descriptors() {
  return Json::array(
      {descriptor(
           not_analysed, "UnitNotAnalysed", "A translation unit could not be analysed in full.",
           "corolint analyses only what compiles: the flags, a missing header or generated file, or an "
           "error in the source stopped it. The unit may hold findings that this log lacks.",
           "Build the project first, so that generated files exist, and check the unit's entry in the "
           "compile database.",
           "error"),
       descriptor(left_out, "FindingsLeftOut", "The log does not hold all findings.",
                  "The host that the log is for refuses logs beyond a size, so the least serious findings are "
                  "left out.",
                  "Look at another output of the same run, or ask for the full log with --sarif-profile full.",
                  "warning"),
       descriptor(
           not_followed, "CallNotFollowed", "A call leads to code that was not analysed.",
           "Asynchronous code calls a function whose body lies in no unit that was analysed. It may block, "
           "wait or set a time limit; findings about that may be missing or wrong.",
           "Make the units analysable that could not be analysed.", "note"),
       descriptor(not_read, "FileNotRead", "A file with coroutines was not analysed.",
                  "The file holds coroutines, but no unit of the compile database reads it.",
                  "Add the source to a target, or include the header in one; or leave the file out under "
                  "'exclude' in the configuration.",
                  "note"),
       descriptor(interrupted, "RunInterrupted", "The run was interrupted.",
                  "A signal ended the analysis early. The log holds what was finished until then: findings are "
                  "missing, and what is not in it is not fixed.",
                  "Run corolint again; what was analysed is in its cache.", "error")});
}

nlohmann::ordered_json sarif_notifications(const Report& report, std::size_t number_left_out) {
  Json notifications = Json::array();
  if (report.interrupted_by != 0) notifications.push_back(interruption_notification(report));
  for (const BrokenUnit& unit : report.broken) notifications.push_back(notification(unit));
  if (number_left_out != 0) notifications.push_back(left_out_notification(number_left_out));
  for (const UnseenFunction& function : report.unseen) notifications.push_back(notification(function));
  for (const std::string& file : report.unread) notifications.push_back(unread_notification(file));
  return notifications;
}

}  // namespace corolint
