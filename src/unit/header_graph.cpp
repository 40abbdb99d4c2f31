#include "unit/header_graph.h"

#include <map>

#include "clang/Frontend/CompilerInstance.h"
#include "clang/Frontend/FrontendActions.h"
#include "clang/Lex/DependencyDirectivesScanner.h"
#include "clang/Lex/PPCallbacks.h"
#include "clang/Lex/Preprocessor.h"
#include "llvm/Support/MemoryBuffer.h"
#include "unit/files.h"
#include "unit/invocation.h"

namespace corolint {

namespace {

namespace scan = clang::dependency_directives_scan;

// Shows the preprocessor nothing of a file but the directives that decide what it includes.
class Directives : public clang::DependencyDirectivesGetter {
 public:
  explicit Directives(clang::FileManager& files) : files_(files) {}

  std::unique_ptr<clang::DependencyDirectivesGetter> cloneFor(clang::FileManager& files) override {
    return std::make_unique<Directives>(files);
  }

  std::optional<llvm::ArrayRef<scan::Directive>> operator()(clang::FileEntryRef file) override {
    const auto [at, is_new] = scanned_.try_emplace(file.getUniqueID());
    Scanned& scanned = at->second;
    if (is_new)
      if (const auto buffer = files_.getBufferForFile(file))
        scanned.is_scanned = !clang::scanSourceForDependencyDirectives((*buffer)->getBuffer(), scanned.tokens,
                                                                       scanned.directives);
    if (!scanned.is_scanned) return std::nullopt;
    return scanned.directives;
  }

 private:
  struct Scanned {
    llvm::SmallVector<scan::Token, 0> tokens;  // the directives point into them
    llvm::SmallVector<scan::Directive, 0> directives;
    bool is_scanned = false;
  };

  clang::FileManager& files_;
  std::map<llvm::sys::fs::UniqueID, Scanned> scanned_;
};

class EdgeRecorder : public clang::PPCallbacks {
 public:
  EdgeRecorder(clang::CompilerInstance& compiler, const Files& files, std::vector<IncludeEdge>& edges)
      : compiler_(compiler), files_(files), edges_(edges) {}

  void InclusionDirective(clang::SourceLocation hash, const clang::Token&, llvm::StringRef, bool,
                          clang::CharSourceRange, clang::OptionalFileEntryRef file, llvm::StringRef,
                          llvm::StringRef, const clang::Module*, bool,
                          clang::SrcMgr::CharacteristicKind kind) override {
    if (!file) return;
    if (kind == clang::SrcMgr::C_User && files_.is_below_root(compiler_.getFileManager(), *file)) return;
    const clang::SourceManager& sources = compiler_.getSourceManager();
    const auto from = sources.getFileEntryRefForID(sources.getFileID(sources.getExpansionLoc(hash)));
    edges_.emplace_back(from ? from->getName().str() : std::string(), file->getName().str());
  }

 private:
  clang::CompilerInstance& compiler_;
  const Files& files_;
  std::vector<IncludeEdge>& edges_;
};

class EdgeAction : public clang::PreprocessOnlyAction {
 public:
  EdgeAction(const Files& files, std::vector<IncludeEdge>& edges) : files_(files), edges_(edges) {}

 protected:
  bool BeginSourceFileAction(clang::CompilerInstance& compiler) override {
    compiler.getPreprocessor().addPPCallbacks(std::make_unique<EdgeRecorder>(compiler, files_, edges_));
    return PreprocessOnlyAction::BeginSourceFileAction(compiler);
  }

 private:
  const Files& files_;
  std::vector<IncludeEdge>& edges_;
};

}  // namespace

std::vector<IncludeEdge> include_edges(const CompileCommand& command, const ParseSettings& settings,
                                       const std::vector<std::string>& headers) {
  clang::DiagnosticConsumer unheard;
  clang::DiagnosticOptions options;
  options.IgnoreWarnings = true;
  auto diagnostics = llvm::makeIntrusiveRefCnt<clang::DiagnosticsEngine>(
      clang::DiagnosticIDs::create(), options, &unheard, /*ShouldOwnClient=*/false);
  const auto system = file_system_in(command.directory, settings);
  auto invocation = invocation_of(command, settings, *diagnostics, *system);
  if (!invocation || invocation->getFrontendOpts().Inputs.empty()) return {};
  std::string text;
  for (const std::string& header : headers) text += "#include " + header + "\n";
  const auto buffer = llvm::MemoryBuffer::getMemBuffer(text, "<headers>");
  auto& frontend = invocation->getFrontendOpts();
  frontend.Inputs = {{buffer->getMemBufferRef(), frontend.Inputs.front().getKind()}};
  clang::CompilerInstance compiler(std::move(invocation));
  compiler.setVirtualFileSystem(system);
  compiler.createDiagnostics(&unheard, /*ShouldOwnClient=*/false);
  compiler.createFileManager();
  compiler.setDependencyDirectivesGetter(std::make_unique<Directives>(compiler.getFileManager()));
  const Files files(settings.root);
  std::vector<IncludeEdge> edges;
  EdgeAction action(files, edges);
  compiler.ExecuteAction(action);
  return edges;
}

}  // namespace corolint
