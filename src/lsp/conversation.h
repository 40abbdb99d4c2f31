#pragma once

#include "lsp/message.h"
#include "lsp/server.h"

namespace corolint {

// Gives the server the next message, or tells it what is wrong with one; false where the input ends.
bool take_next(MessageReader& reader, LanguageServer& server);

}  // namespace corolint
