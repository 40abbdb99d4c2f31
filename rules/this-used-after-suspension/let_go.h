#pragma once

// Where a function lets a coroutine go on by itself, and with which object.

#include "lives.h"
#include "rule/definition.h"
#include "rule/record.h"

namespace corolint::objects {

// A member coroutine, or a lambda that has captured `this`, is let go.
struct LetGo {
  const clang::FunctionDecl* coroutine = nullptr;
  const clang::Expr* receiver = nullptr;  // what it was called on; null: `this`
  const clang::Stmt* at = nullptr;        // what lets it go
  bool is_started = false;                // there; else it is kept or returned, and may start later
  bool is_free = false;                   // the function cannot wait for it through a variable of its own
};

// Returns the coroutines that the function lets go: nobody waits for them in the same expression, and no
// scope does.
std::vector<LetGo> let_go_in(const Pass& pass, const Function& function);

// A coroutine uses its object late. `is_after`: after a suspension; else only because all of it runs late.
struct Uses {
  std::string coroutine;
  bool is_after;
  Finding finding;
};
RULE_RECORD(Uses, coroutine, is_after, finding)

// A method that is no coroutine lets a coroutine of its object go.
struct Leads {
  std::string method;
  std::string coroutine;
  Note start;
};
RULE_RECORD(Leads, method, coroutine, start)

// A function is called on an object that ends before what it may have let go.
struct Ends {
  std::string callee;
  bool is_started;
  std::vector<Note> notes;
};
RULE_RECORD(Ends, callee, is_started, notes)

// A coroutine was let go, and nothing holds its object for it.
struct Unheld {
  std::string coroutine;
  Finding finding;
  std::string object;      // its class
  bool is_shared = false;  // the class is itself made to be shared
  bool is_alone = false;   // nobody can wait for coroutines of that type
  std::string overridden;  // by what runs alone: the method of a base; empty: none
};
RULE_RECORD(Unheld, coroutine, finding, object, is_shared, is_alone, overridden)

// An object of the class, or of one derived from it, has owners: it is made for one, or made to be shared.
struct Owned {
  std::string object;
  bool is_shared = false;
  std::string maker;       // who gets an owner of it first; empty: main()
  std::string from;        // the function of the program that gives the maker this owner; empty: made there
  bool is_handed = false;  // the maker gives the owner to its caller
};
RULE_RECORD(Owned, object, is_shared, maker, from, is_handed)

}  // namespace corolint::objects
