#pragma once

#include "facts/call_graph.h"

namespace corolint {

// Is the function of the graph a holder of callables: a field, a variable or a parameter (see facts.h)?
bool is_holder(const CallGraph& graph, FunctionId id);

// Is the holder given more than `limit` callables, itself or by way of others: the parameter of a setter,
// that of a base's constructor? So are queues of work, and operations that all kinds of work derive from; one
// call of what they hold may run anything.
bool holds_more_than(const CallGraph& graph, FunctionId holder, std::size_t limit);

}  // namespace corolint
