#include "unit/include_scan.h"

#include <algorithm>
#include <set>

#include "clang/Frontend/CompilerInstance.h"
#include "clang/Frontend/Utils.h"
#include "clang/Lex/DependencyDirectivesScanner.h"
#include "clang/Lex/HeaderSearch.h"
#include "clang/Lex/Preprocessor.h"
#include "clang/Lex/PreprocessorOptions.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/Path.h"
#include "unit/files.h"
#include "unit/invocation.h"

namespace corolint {

namespace {

namespace scan = clang::dependency_directives_scan;

struct Directive {
  std::string name;  // with its quotes or brackets
  bool is_next = false;
};

bool opens(scan::DirectiveKind kind) {
  return kind == scan::pp_if || kind == scan::pp_ifdef || kind == scan::pp_ifndef;
}

// Is the whole file inside one condition, its include guard?
bool has_guard(llvm::ArrayRef<scan::Directive> directives) {
  while (!directives.empty() && directives.front().Kind != scan::pp_ifndef) {
    const auto kind = directives.front().Kind;
    if (kind != scan::pp_pragma_once && kind != scan::pp_pragma_system_header) return false;
    directives = directives.drop_front();
  }
  int depth = 0;
  for (std::size_t i = 0; i < directives.size(); ++i) {
    const auto kind = directives[i].Kind;
    if (opens(kind)) ++depth;
    if (kind == scan::pp_endif && --depth == 0)
      return i + 1 == directives.size() || directives[i + 1].Kind == scan::pp_eof ||
             directives[i + 1].Kind == scan::tokens_present_before_eof;
  }
  return false;
}

// Returns what the directive names; empty if a macro does.
std::string named_file(const scan::Directive& directive, llvm::StringRef text) {
  for (std::size_t i = 0; i < directive.Tokens.size(); ++i) {
    const scan::Token& token = directive.Tokens[i];
    const llvm::StringRef spelling = text.substr(token.Offset, token.Length);
    if (token.is(clang::tok::header_name) || token.is(clang::tok::string_literal)) return spelling.str();
    if (!token.is(clang::tok::less)) continue;
    const llvm::StringRef rest = text.substr(token.Offset);
    const std::size_t end = rest.find_first_of(">\n");
    return end != llvm::StringRef::npos && rest[end] == '>' ? rest.take_front(end + 1).str() : "";
  }
  return {};
}

std::vector<Directive> unconditional_includes(llvm::StringRef text) {
  llvm::SmallVector<scan::Token, 512> tokens;
  llvm::SmallVector<scan::Directive, 64> directives;
  if (clang::scanSourceForDependencyDirectives(text, tokens, directives)) return {};
  int depth = has_guard(directives) ? -1 : 0;
  std::vector<Directive> found;
  for (const scan::Directive& directive : directives) {
    if (opens(directive.Kind)) ++depth;
    if (directive.Kind == scan::pp_endif) --depth;
    const bool is_next = directive.Kind == scan::pp_include_next;
    if (depth > 0 || (directive.Kind != scan::pp_include && !is_next)) continue;
    if (std::string name = named_file(directive, text); !name.empty()) found.push_back({name, is_next});
  }
  return found;
}

// Flags with which a prefix would not stand at the very beginning, or that concern modules.
bool prevents_prefix(llvm::StringRef argument) {
  for (const llvm::StringRef start :
       {"-include", "--include", "-imacros", "--imacros", "-fmodule", "-fcxx-modules", "-fprebuilt-module"})
    if (argument.starts_with(start)) return true;
  return false;
}

std::string flags_of(const CompileCommand& command) {
  std::string flags = command.directory;
  for (std::size_t i = 0; i + 1 < command.arguments.size(); ++i) {  // the input file stands last
    if (prevents_prefix(command.arguments[i])) return {};
    flags += '\0' + command.arguments[i];
  }
  return flags + '\0' + llvm::sys::path::extension(command.file).str();
}

}  // namespace

struct IncludeScan::Text {
  std::vector<Directive> includes;
  std::size_t size = 0;
};

// Finds files as the preprocessor would, with one set of flags.
struct IncludeScan::Search {
  clang::DiagnosticConsumer diagnostics;
  std::unique_ptr<clang::CompilerInstance> compiler;
  llvm::DenseMap<std::uint32_t, std::vector<std::uint32_t>> files;  // see files_of

  struct Found {
    std::string path;
    bool is_project = false;
  };

  std::optional<Found> find(const Directive& directive, const std::string& includer,
                            const std::string& root) {
    const bool is_angled = directive.name.front() == '<';
    const llvm::StringRef name = llvm::StringRef(directive.name).drop_front().drop_back();
    auto& files_manager = compiler->getFileManager();
    auto& headers = compiler->getPreprocessor().getHeaderSearchInfo();
    const auto from = files_manager.getOptionalFileRef(includer);
    if (!from || name.empty()) return std::nullopt;
    headers.getFileInfo(*from);  // the look-up asks for it
    clang::ConstSearchDirIterator begin = nullptr, current = nullptr;
    if (directive.is_next) begin = behind(headers, includer, name);
    const auto file =
        headers.LookupFile(name, clang::SourceLocation(), is_angled, begin, &current,
                           {{*from, from->getDir()}}, nullptr, nullptr, nullptr, nullptr, nullptr, nullptr);
    if (!file) return std::nullopt;
    std::string path = file->getName().str();
    const bool is_system = headers.getFileDirFlavor(*file) != clang::SrcMgr::C_User;
    return Found{path, !is_system && Files(root).is_below_root(files_manager, *file)};
  }

  // Returns the place in the search path behind the folder in which `includer` was found.
  static clang::ConstSearchDirIterator behind(clang::HeaderSearch& headers, llvm::StringRef includer,
                                              llvm::StringRef name) {
    for (auto dir = headers.search_dir_begin(); dir != headers.search_dir_end(); ++dir) {
      llvm::SmallString<256> path(dir->getName());
      llvm::sys::path::append(path, name);
      if (path == includer) return std::next(dir);
    }
    return nullptr;
  }
};

IncludeScan::IncludeScan(const ParseSettings& settings) : settings_(settings) {}
IncludeScan::~IncludeScan() = default;

IncludeScan::Search* IncludeScan::search_for(const CompileCommand& command, const std::string& flags) {
  const auto [at, is_new] = searches_.try_emplace(flags);
  if (!is_new) return at->second.get();
  auto search = std::make_unique<Search>();
  clang::DiagnosticOptions options;
  auto engine = llvm::makeIntrusiveRefCnt<clang::DiagnosticsEngine>(
      clang::DiagnosticIDs::create(), options, &search->diagnostics, /*ShouldOwnClient=*/false);
  auto system = file_system_in(command.directory);
  auto invocation = invocation_of(command, settings_, *engine, *system);
  if (!invocation) return nullptr;
  search->compiler = std::make_unique<clang::CompilerInstance>(std::move(invocation));
  search->compiler->setVirtualFileSystem(std::move(system));
  search->compiler->createDiagnostics(&search->diagnostics, false);
  if (!search->compiler->createTarget()) return nullptr;
  search->compiler->createFileManager();
  search->compiler->createSourceManager();
  search->compiler->createPreprocessor(clang::TU_Complete);
  at->second = std::move(search);
  return at->second.get();
}

const IncludeScan::Text& IncludeScan::text_of(const std::string& path) {
  auto& text = texts_[path];
  if (text) return *text;
  text = std::make_unique<Text>();
  if (!llvm::sys::fs::is_regular_file(path)) return *text;  // a pipe would never end
  if (const auto buffer = llvm::MemoryBuffer::getFile(path)) {
    text->includes = unconditional_includes((*buffer)->getBuffer());
    text->size = (*buffer)->getBufferSize();
  }
  return *text;
}

UnitIncludes IncludeScan::includes_of(const CompileCommand& command) {
  UnitIncludes unit;
  unit.flags = flags_of(command);
  Search* search = unit.flags.empty() ? nullptr : search_for(command, unit.flags);
  if (!search) return {};
  std::set<std::string> seen{command.file};
  std::vector<bool> is_there;  // by file
  const auto visit = [&](const auto& self, const std::string& path) -> void {
    for (const Directive& directive : text_of(path).includes) {
      const auto found = search->find(directive, path, settings_.root);
      if (!found || !seen.insert(found->path).second) continue;
      if (found->is_project) {
        self(self, found->path);
        continue;
      }
      const auto [number, is_new] =
          numbers_.try_emplace(found->path, static_cast<std::uint32_t>(paths_.size()));
      if (is_new) paths_.push_back(found->path);
      unit.headers.push_back({directive.name, number->second});
      for (const std::uint32_t brought : files_of(unit.flags, number->second)) {
        if (brought >= is_there.size()) is_there.resize(paths_.size());
        is_there[brought] = true;
      }
    }
  };
  visit(visit, command.file);
  for (std::uint32_t file = 0; file < is_there.size(); ++file)
    if (is_there[file]) unit.files.push_back(file);
  return unit;
}

const std::vector<std::uint32_t>& IncludeScan::files_of(const std::string& flags, std::uint32_t file) {
  Search& search = *searches_.at(flags);
  if (const auto known = search.files.find(file); known != search.files.end()) return known->second;
  std::set<std::uint32_t> files{file};
  std::vector<std::uint32_t> open{file};
  while (!open.empty()) {
    const std::string path = paths_[open.back()];
    open.pop_back();
    for (const Directive& directive : text_of(path).includes)
      if (const auto found = search.find(directive, path, settings_.root); found && !found->is_project) {
        const auto [number, is_new] =
            numbers_.try_emplace(found->path, static_cast<std::uint32_t>(paths_.size()));
        if (is_new) paths_.push_back(found->path);
        if (files.insert(number->second).second) open.push_back(number->second);
      }
  }
  return search.files[file] = {files.begin(), files.end()};
}

std::size_t IncludeScan::size_of(std::uint32_t file) {
  while (sizes_.size() <= file) sizes_.push_back(text_of(paths_[sizes_.size()]).size);
  return sizes_[file];
}

}  // namespace corolint
