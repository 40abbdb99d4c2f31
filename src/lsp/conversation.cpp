#include "lsp/conversation.h"

namespace corolint {

bool take_next(MessageReader& reader, LanguageServer& server) {
  auto message = reader.next();
  if (!message) {
    server.refuse(llvm::toString(message.takeError()));
    return true;
  }
  if (*message) server.take(**message);
  return message->has_value();
}

}  // namespace corolint
