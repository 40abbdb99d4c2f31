#pragma once

// Who owns the program's objects, as all units together tell.

#include <map>
#include <string>

#include "let_go.h"

namespace corolint::objects {

class Owners {
 public:
  explicit Owners(const Program& program);

  // May those who own the object of the coroutine let it go while the program runs? Of a class that is made
  // to be shared that is so unless main() gets every such object; of another, if the program makes it for
  // owners.
  bool may_let_go(const Unheld& coroutine) const;

 private:
  // Does main() get the owner, be it that others make the object for it?
  bool comes_to_main(const Owned& one, int depth) const;

  Definitions definitions_;
  std::multimap<std::string, Owned> owned_;  // by the class of the object
};

}  // namespace corolint::objects
