#pragma once

namespace clang {
class Decl;
}

namespace corolint {

// Is it declared in namespace std, however deep, or in the one where libstdc++ keeps its iterators?
bool is_of_standard_library(const clang::Decl& decl);

}  // namespace corolint
