#include "project/compiler.h"

#include "clang/Driver/ToolChain.h"
#include "llvm/ADT/StringSwitch.h"
#include "llvm/Support/Path.h"
#include "llvm/TargetParser/Triple.h"

namespace corolint {

namespace {

bool is_launcher(llvm::StringRef word) {
  return llvm::StringSwitch<bool>(llvm::sys::path::stem(word))
      .Cases({"ccache", "distcc", "sccache", "icecc", "gomacc", "buildcache"}, true)
      .Default(false);
}

// Returns how many words `env`, its flags and its assignments are; also of `cmake -E env`.
std::size_t env_words(const std::vector<std::string>& words) {
  const bool is_cmake = words.size() > 2 && llvm::sys::path::stem(words[0]) == "cmake" && words[1] == "-E";
  std::size_t at = is_cmake ? 2 : 0;
  if (llvm::sys::path::stem(words[at]) != "env") return 0;
  for (++at; at < words.size(); ++at) {
    const llvm::StringRef word = words[at];
    if (word == "-u")
      ++at;  // the variable to unset
    else if (!word.starts_with("-") && !word.contains('='))
      break;
  }
  return at;
}

// Returns how many words stand before the next launcher or the compiler.
std::size_t launcher_words(const std::vector<std::string>& words) {
  // Settings stand alone once Clang's loader has stripped the launcher: `ccache base_dir=/src g++`.
  const bool is_setting = words[0].find('=') != std::string::npos;
  return is_setting || is_launcher(words[0]) ? 1 : env_words(words);
}

// The names of C++ compilers that Clang's driver does not know.
bool is_foreign_cxx(llvm::StringRef name) {
  return name.starts_with("icp") || name.contains("cxx") || name == "CC" || name.starts_with("xlC");
}

}  // namespace

void strip_launchers(std::vector<std::string>& arguments) {
  while (!arguments.empty()) {
    const std::size_t count = launcher_words(arguments);
    if (count == 0 || count >= arguments.size()) return;
    arguments.erase(arguments.begin(), arguments.begin() + count);
  }
}

Compiler compiler_of(const std::vector<std::string>& arguments) {
  const std::string name = llvm::sys::path::filename(arguments.front()).str();
  const auto known = clang::driver::ToolChain::getTargetAndModeFromProgramName(name);
  llvm::StringRef mode = known.DriverMode ? known.DriverMode : "";
  for (const std::string& argument : arguments)
    if (llvm::StringRef(argument).starts_with("--driver-mode=")) mode = argument;
  Compiler compiler;
  compiler.is_cl = mode == "--driver-mode=cl";
  compiler.is_cxx = mode == "--driver-mode=g++" || is_foreign_cxx(name);
  compiler.is_unknown = known.ModeSuffix.empty() && mode.empty();
  if (llvm::Triple(known.TargetPrefix).getArch() != llvm::Triple::UnknownArch)
    compiler.target = known.TargetPrefix;
  return compiler;
}

}  // namespace corolint
