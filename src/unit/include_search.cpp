#include "unit/include_search.h"

#include "clang/Frontend/Utils.h"
#include "clang/Lex/DependencyDirectivesScanner.h"
#include "clang/Lex/HeaderSearch.h"
#include "clang/Lex/Preprocessor.h"
#include "llvm/Support/Path.h"
#include "unit/files.h"
#include "unit/invocation.h"

namespace corolint {

namespace {

namespace scan = clang::dependency_directives_scan;

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

bool is_about_modules(scan::DirectiveKind kind) {
  return kind == scan::cxx_import_decl || kind == scan::cxx_module_decl ||
         kind == scan::cxx_export_import_decl || kind == scan::cxx_export_module_decl;
}

// Flags that include files before the unit's first line, or that concern modules.
bool includes_itself(llvm::StringRef argument) {
  for (const llvm::StringRef start :
       {"-include", "--include", "-imacros", "--imacros", "-fmodule", "-fcxx-modules", "-fprebuilt-module"})
    if (argument.starts_with(start)) return true;
  return false;
}

// Returns the place in the search path behind the folder in which `includer` was found.
clang::ConstSearchDirIterator behind(clang::HeaderSearch& headers, llvm::StringRef includer,
                                     llvm::StringRef name) {
  for (auto dir = headers.search_dir_begin(); dir != headers.search_dir_end(); ++dir) {
    llvm::SmallString<256> path(dir->getName());
    llvm::sys::path::append(path, name);
    if (path == includer) return std::next(dir);
  }
  return nullptr;
}

}  // namespace

std::optional<std::vector<IncludeDirective>> includes_in(llvm::StringRef text, bool& has_modules) {
  llvm::SmallVector<scan::Token, 512> tokens;
  llvm::SmallVector<scan::Directive, 64> directives;
  if (clang::scanSourceForDependencyDirectives(text, tokens, directives)) return std::nullopt;
  int depth = has_guard(directives) ? -1 : 0;
  std::vector<IncludeDirective> found;
  for (const scan::Directive& directive : directives) {
    if (opens(directive.Kind)) ++depth;
    if (directive.Kind == scan::pp_endif) --depth;
    has_modules |= is_about_modules(directive.Kind);
    const bool is_next = directive.Kind == scan::pp_include_next;
    if (is_next || directive.Kind == scan::pp_include || directive.Kind == scan::pp_import)
      found.push_back({named_file(directive, text), is_next, depth > 0});
  }
  return found;
}

std::string include_flags(const CompileCommand& command) {
  std::string flags = command.directory;
  for (std::size_t i = 0; i + 1 < command.arguments.size(); ++i) {  // the input file stands last
    if (includes_itself(command.arguments[i])) return {};
    flags += '\0' + command.arguments[i];
  }
  return flags + '\0' + llvm::sys::path::extension(command.file).str();
}

std::unique_ptr<IncludeSearch> IncludeSearch::of(const CompileCommand& command, const ParseSettings& settings,
                                                 llvm::IntrusiveRefCntPtr<llvm::vfs::FileSystem> files) {
  std::unique_ptr<IncludeSearch> search(new IncludeSearch);
  auto engine = llvm::makeIntrusiveRefCnt<clang::DiagnosticsEngine>(
      clang::DiagnosticIDs::create(), search->options_, &search->diagnostics_, /*ShouldOwnClient=*/false);
  auto invocation = invocation_of(command, settings, *engine, *files);
  if (!invocation) return nullptr;
  search->compiler_ = std::make_unique<clang::CompilerInstance>(std::move(invocation));
  search->compiler_->setVirtualFileSystem(std::move(files));
  search->compiler_->createDiagnostics(&search->diagnostics_, false);
  if (!search->compiler_->createTarget()) return nullptr;
  search->compiler_->createFileManager();
  search->compiler_->createSourceManager();
  search->compiler_->createPreprocessor(clang::TU_Complete);
  return search;
}

std::optional<IncludeSearch::Found> IncludeSearch::find(const IncludeDirective& directive,
                                                        const std::string& includer,
                                                        const std::string& root) {
  if (directive.name.size() < 3) return std::nullopt;
  const bool is_angled = directive.name.front() == '<';
  const llvm::StringRef name = llvm::StringRef(directive.name).drop_front().drop_back();
  auto& files = compiler_->getFileManager();
  auto& headers = compiler_->getPreprocessor().getHeaderSearchInfo();
  const auto from = files.getOptionalFileRef(includer);
  if (!from) return std::nullopt;
  headers.getFileInfo(*from);  // the look-up asks for it
  clang::ConstSearchDirIterator begin = nullptr, current = nullptr;
  if (directive.is_next) begin = behind(headers, includer, name);
  const auto file =
      headers.LookupFile(name, clang::SourceLocation(), is_angled, begin, &current, {{*from, from->getDir()}},
                         nullptr, nullptr, nullptr, nullptr, nullptr, nullptr);
  if (!file) return std::nullopt;
  const bool is_system = headers.getFileDirFlavor(*file) != clang::SrcMgr::C_User;
  return Found{file->getName().str(), !is_system && Files(root).is_below_root(files, *file)};
}

std::optional<llvm::StringRef> IncludeSearch::text_of(const std::string& path) {
  const auto file = compiler_->getFileManager().getOptionalFileRef(path);
  if (!file || file->isNamedPipe()) return std::nullopt;  // a pipe would never end
  const auto buffer = compiler_->getSourceManager().getMemoryBufferForFileOrNone(*file);
  if (!buffer) return std::nullopt;
  return buffer->getBuffer();
}

}  // namespace corolint
