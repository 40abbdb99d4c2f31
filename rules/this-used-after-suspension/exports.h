#pragma once

// What a unit tells `conclude`.

#include <map>
#include <set>

#include "let_go.h"
#include "this_use.h"

namespace corolint::objects {

inline constexpr Message gone{"gone", "the coroutine '{0}' goes on to use its object, which ends before it"};
inline constexpr Message unheld{
    "unheld", "the coroutine '{0}' goes on to use its object, and nothing holds the object for it"};

// Fills in what all findings of the rule say.
FindingBuilder describe(FindingBuilder finding, const ThisUse& use);

// Tells how the coroutine uses its object, if it does so late.
void export_use(Pass& pass, const Function& coroutine);
// Reports, unless something is known to end the object, a coroutine that can only be let go and that holds
// no share in an object which is made to be shared.
void export_fire_and_forget(Pass& pass, const Function& coroutine);

using LeadsOf = std::map<const clang::FunctionDecl*, std::vector<Leads>>;  // by method

// The function lets a coroutine of its own object go: reports it as above, and adds to `leads` that whoever
// calls the function does so too.
void export_own(Pass& pass, const Function& function, const LetGo& start, LeadsOf& leads);
// A method that calls another one of its object leads where that leads.
void follow_own_calls(const Pass& pass, LeadsOf& leads);

// Which classes have coroutines.
class Classes {
 public:
  explicit Classes(const Pass& pass) : pass_(pass) {}
  bool have_coroutines(const clang::CXXRecordDecl& record);

 private:
  const Pass& pass_;
  std::map<const clang::CXXRecordDecl*, bool> known_;
};

// The function lets a coroutine of another object go, which ends first.
void export_end(Pass& pass, const Function& function, const LetGo& start);
// Likewise where the coroutine is let go by a method that is no coroutine, or by a constructor.
void export_call(Pass& pass, Classes& classes, const Function& function, const Call& call);

// Tells of which classes the function makes objects for owners, or knows that they are shared.
void export_owned(Pass& pass, const Function& function, std::set<const clang::CXXRecordDecl*>& seen);

}  // namespace corolint::objects
