#include "project/language.h"

#include "project/compiler.h"

#include "clang/Driver/Types.h"
#include "llvm/Support/Path.h"

#include <algorithm>

namespace corolint {

namespace {

namespace types = clang::driver::types;

types::ID type_by_name(llvm::StringRef file) {
  llvm::StringRef extension = llvm::sys::path::extension(file);
  extension.consume_front(".");
  return types::lookupTypeForExtension(extension);
}

// Returns the type that the last `-x` names, or TY_INVALID.
types::ID type_by_flag(const std::vector<std::string>& arguments) {
  types::ID type = types::TY_INVALID;
  for (std::size_t i = 1; i < arguments.size(); ++i) {
    llvm::StringRef value = arguments[i];
    if (value == "-x" && i + 1 < arguments.size())
      value = arguments[++i];
    else if (!value.consume_front("-x") && !value.consume_front("--language="))
      continue;
    type = value == "none" ? types::TY_INVALID : types::lookupTypeForTypeSpecifier(value.str().c_str());
  }
  return type;
}

bool is_taken_for_cxx(const std::vector<std::string>& arguments) {
  const Compiler compiler = compiler_of(arguments);
  const auto is_tp = [](const std::string& word) { return word == "/TP" || word == "-TP"; };
  return compiler.is_cl ? std::any_of(arguments.begin(), arguments.end(), is_tp) : compiler.is_cxx;
}

Language language_of_type(types::ID type) {
  if (type == types::TY_INVALID) return Language::other;
  if (types::onlyPrecompileType(type)) return Language::header;
  if (types::isObjC(type)) return Language::objective_c;
  if (types::isCuda(type) || types::isHIP(type)) return Language::cuda;
  if (types::isCXX(type)) return Language::cxx;
  if (type == types::TY_C || type == types::TY_PP_C) return Language::c;
  return type == types::TY_Asm || type == types::TY_PP_Asm ? Language::assembler : Language::other;
}

}  // namespace

std::string language_name(Language language) {
  switch (language) {
    case Language::cxx:
      return "C++";
    case Language::c:
      return "C";
    case Language::objective_c:
      return "Objective-C";
    case Language::cuda:
      return "CUDA";
    case Language::assembler:
      return "assembler";
    case Language::other:
      return "other";
    case Language::header:
      return "header";
  }
  return "other";
}

bool is_header(llvm::StringRef file) {
  const types::ID type = type_by_name(file);
  return type != types::TY_INVALID && types::onlyPrecompileType(type);
}

bool is_cxx_file(llvm::StringRef file) {
  return is_header(file) || language_of_type(type_by_name(file)) == Language::cxx;
}

Language language_of(const CompileCommand& command) {
  if (is_header(command.file))
    return Language::header;  // also with -x c++: some databases list all headers so
  if (const types::ID type = type_by_flag(command.arguments)) return language_of_type(type);
  const Language language = language_of_type(type_by_name(command.file));
  return language == Language::c && is_taken_for_cxx(command.arguments) ? Language::cxx : language;
}

}  // namespace corolint
