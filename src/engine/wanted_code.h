#pragma once

// What of the program has not been seen and may matter: bodies of functions that asynchronous code comes to,
// callables that it runs, and callers of functions that start asynchronous work. Code in which none of it is
// named adds nothing to a report.

#include <map>
#include <set>
#include <string>
#include <vector>

#include "engine/unit_result.h"
#include "unit/source_words.h"

namespace corolint {

class WantedCode {
 public:
  // Takes in what a unit has shown.
  void add(const UnitResult& unit);

  // Finds out what is wanted; to be called before the questions, whenever something was added.
  void solve();

  // May the file hold the body of a function that is wanted?
  bool may_be_defined_in(const SourceWords& file) const;
  // Does the file name a function or a variable whose users are wanted?
  bool may_be_used_in(const SourceWords& file) const;

 private:
  struct Call {
    std::string callee, name;
    bool is_virtual = false;
  };
  struct Function {
    std::string name;
    bool is_root = false;
    bool has_body = false;
    std::vector<Call> calls;
  };
  // See SourceWords::defines.
  struct Body {
    std::string plain, qualified;
    bool is_method = false;
    bool is_virtual = false;
    friend auto operator<=>(const Body&, const Body&) = default;
  };

  void want_body(const Call& call);
  void want_constructors(const std::string& key, const std::string& name);
  void want_users(const std::string& key, const std::string& name);

  std::map<std::string, Function> functions_;                   // by key
  std::map<std::string, std::vector<std::string>> overriders_;  // keys, by key of what they override
  std::set<std::string> starters_;                              // names of plain functions that start work
  std::set<Body> bodies_;
  std::set<std::string> users_;
  bool wants_all_ = false;  // the name of something that is wanted cannot be told
};

}  // namespace corolint
