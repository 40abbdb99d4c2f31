#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "unit/place.h"

namespace corolint {

// How serious a finding is. `none` switches a rule off. The order is the order of severity.
enum class Level { none, note, warning, error };

// Returns the level's name as SARIF and the command line spell it: "none", "note", "warning", "error".
std::string_view level_name(Level level);

// A message of a rule, declared once as a constant: `id` is unique within the rule and ends up in SARIF as
// `message.id`; `text` holds {0}, {1}, … for the arguments.
struct Message {
  std::string_view id;
  std::string_view text;
};

// A secondary place of a finding with the words that stand at it ("coroutine", "locked here").
struct Note {
  Place place;
  std::string text;

  friend auto operator<=>(const Note&, const Note&) = default;
};

// One step of the way from the coroutine to the cause: `function` at `place` does what `text` says.
struct Step {
  Place place;
  std::string function;
  std::string text;

  friend auto operator<=>(const Step&, const Step&) = default;
};

// A change of the source: `text` replaces what stands at `place`; a place that ends where it begins stands
// before its first character, so that `text` is inserted there.
struct Edit {
  Place place;
  std::string text;

  friend auto operator<=>(const Edit&, const Edit&) = default;
};

// A safe fix leaves what the program does as it is; an unsafe one may change it, as most of this field do.
enum class Applicability { safe, unsafe };

// Edits that together put the mistake right.
struct Fix {
  std::string message;  // what they do: "await it"
  Applicability applicability = Applicability::unsafe;
  std::vector<Edit> edits;

  friend auto operator<=>(const Fix&, const Fix&) = default;
};

// One mistake: what is wrong, where, and what to write instead. A value: it survives the syntax tree it was
// found in, crosses process borders as JSON, and compares by content.
struct Finding {
  std::string rule;
  Level level = Level::warning;
  Place place;                         // the smallest expression that the author will change
  std::string message_id;              // Message::id
  std::vector<std::string> arguments;  // what replaces {0}, {1}, … in Message::text
  std::string message;                 // the finished sentence: lower case, no full stop
  std::string label;                   // the words under the caret: what happens here at run time
  std::vector<Note> notes;
  std::vector<Step> path;  // empty when the finding needs no more than its own place
  std::string help;        // what to write instead: an action, in the imperative
  std::string function;    // qualified name of the innermost enclosing named function; may be empty
  // What tells the finding again after an edit elsewhere; see engine/fingerprint.h.
  std::string entity;   // the function with its parameters' types, as in every unit; may be empty
  std::string sink;     // qualified name of what the path ends in; may be empty
  std::string anchor;   // the code that it stands at, without blanks and comments; given at the link
  std::string context;  // short digests of what the line before, the line after and it look like; likewise
  std::string fingerprint;  // likewise
  std::vector<Fix> fixes;   // the best first

  friend auto operator<=>(const Finding&, const Finding&) = default;
};

// Returns `text` with {0}, {1}, … replaced by `arguments`; a number without an argument stays as it is.
std::string fill_in(std::string_view text, const std::vector<std::string>& arguments);

}  // namespace corolint
