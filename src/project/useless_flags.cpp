// A flag stays unless it is known to be useless: a macro or a path that is lost would make Clang see another
// program. Coverage, profiles, link-time optimisation and the like go because they write files, ask for
// files, or are refused without one another.

#include "project/useless_flags.h"

#include "clang/Options/Options.h"
#include "llvm/ADT/SmallVector.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/StringSwitch.h"

#include <algorithm>

namespace corolint {

namespace {

namespace options = clang::options;

constexpr llvm::StringRef useless_starts[] = {
    "-Werror",        "-Winvalid-pch",   "-fpch-",
    "-fno-pch-",      "-fplugin",        "-fpass-plugin",
    "-fprofile-",     "-fno-profile-",   "-fcoverage-",
    "-ftest-",        "-coverage",       "--coverage",
    "-flto",          "-fno-lto",        "-fthin",
    "-fsplit-lto-",   "-fwhole-prog",    "-fvirtual-function-",
    "-fsanitize-",    "-fno-sanitize-",  "-save-temps",
    "--save-temps",   "-gsplit-dwarf",   "-Wp,-M",
    "-fdiagnostics-", "-mfpmath=",       "-mtune=",
    "-Wa,",           "-fmodule-output", "-fuse-linker-",
    "-ftime-",        "-fstack-usage",   "-fembed-bitcode",
};

bool has_useless_start(llvm::StringRef word) {
  return std::any_of(std::begin(useless_starts), std::end(useless_starts),
                     [&](llvm::StringRef start) { return word.starts_with(start); });
}

bool has_useless_id(const llvm::opt::Option& option) {
  switch (option.getID()) {
    case options::OPT_INPUT:
    case options::OPT__DASH_DASH:
    case options::OPT_o:
    case options::OPT_c:
    case options::OPT_S:
    case options::OPT_E:
    case options::OPT_H:
    case options::OPT_v:
    case options::OPT__HASH_HASH_HASH:
    case options::OPT_emit_llvm:
    case options::OPT_emit_ast:
    case options::OPT_include_pch:
    case options::OPT_Xassembler:
    case options::OPT__serialize_diags:
      return true;
    default:
      return option.matches(options::OPT_M_Group) || option.hasFlag(options::LinkerInput);
  }
}

}  // namespace

bool UselessFlags::has(const llvm::opt::Arg& flag, llvm::ArrayRef<const char*> words) {
  if (flag.getOption().matches(options::OPT_Xclang)) return has_frontend(flag.getValue());
  return has_useless_id(flag.getOption()) || has_useless_start(words.front());
}

bool UselessFlags::has_frontend(llvm::StringRef word) {
  if (drops_next_) {
    drops_next_ = false;
    return true;
  }
  drops_next_ = word == "-include-pch" || word == "-load" || word == "-plugin" || word == "-add-plugin" ||
                word.starts_with("-plugin-arg-");
  return drops_next_ || word == "-emit-pch" || has_useless_start(word);
}

std::string visible_sanitizers(llvm::StringRef list) {
  llvm::SmallVector<llvm::StringRef> names, visible;
  list.split(names, ',');
  for (const llvm::StringRef name : names)
    if (llvm::StringSwitch<bool>(name)
            .Cases({"address", "kernel-address", "hwaddress", "memory", "thread", "leak", "undefined"}, true)
            .Default(false))
      visible.push_back(name);
  return llvm::join(visible, ",");
}

}  // namespace corolint
