#include "rule/advice.h"

namespace corolint {

std::string advice(const Pass& pass, const std::string& library, const std::string& subject,
                   std::string_view otherwise) {
  const std::string known = pass.models().instead(library, subject);
  return known.empty() ? std::string(otherwise) : "use " + known;
}

}  // namespace corolint
