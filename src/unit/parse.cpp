#include "unit/parse.h"
#include "clang/AST/ASTConsumer.h"
#include "clang/Frontend/FrontendActions.h"
#include "unit/early_uses.h"
#include "unit/invocation.h"
#include "unit/parts.h"
#include "unit/prefix.h"
#include "unit/prefix_watch.h"

namespace corolint {

namespace {

constexpr std::size_t shown_errors = 5;

// Collects the errors of the analysed code; its warnings are other tools' business.
class ErrorCollector : public clang::DiagnosticConsumer {
 public:
  void HandleDiagnostic(clang::DiagnosticsEngine::Level level, const clang::Diagnostic& diagnostic) override {
    if (level < clang::DiagnosticsEngine::Error) return;
    ++count;
    if (diagnostic.hasSourceManager() && diagnostic.getLocation().isValid())
      places.push_back(diagnostic.getSourceManager().getExpansionLoc(diagnostic.getLocation()));
    if (errors.size() == shown_errors) return;
    llvm::SmallString<128> message;
    diagnostic.FormatDiagnostic(message);
    errors.push_back({place(diagnostic), message.str().str()});
  }

  const Files* files = nullptr;  // set once there are any: the driver complains without
  std::vector<CompilerError> errors;
  std::vector<clang::SourceLocation> places;  // of all of them; good while the source manager lives
  unsigned count = 0;

 private:
  Place place(const clang::Diagnostic& diagnostic) const {
    if (!files || !diagnostic.hasSourceManager() || diagnostic.getLocation().isInvalid()) return {};
    const clang::SourceManager& sources = diagnostic.getSourceManager();
    const auto at = sources.getExpansionLoc(diagnostic.getLocation());
    const unsigned line = sources.getExpansionLineNumber(at), column = sources.getExpansionColumnNumber(at);
    return {files->shown_path(sources, sources.getFileID(at)), line, column, line, column};
  }
};

class SkipForeignBodies : public clang::ASTConsumer {
 public:
  SkipForeignBodies(const clang::SourceManager& sources, const Files& files)
      : sources_(sources), files_(files) {}
  bool shouldSkipFunctionBody(clang::Decl* function) override {
    return !files_.is_project(sources_, function->getLocation());
  }

 private:
  const clang::SourceManager& sources_;
  const Files& files_;
};

class ParseAction : public clang::ASTFrontendAction {
 public:
  explicit ParseAction(const Files& files) : files_(files) {}
  std::unique_ptr<clang::ASTConsumer> CreateASTConsumer(clang::CompilerInstance& compiler,
                                                        llvm::StringRef) override {
    return std::make_unique<SkipForeignBodies>(compiler.getSourceManager(), files_);
  }

 private:
  const Files& files_;
};

// Returns why the unit may not be parsed with the prefix; empty if it may.
std::string why_not(const PrefixWatch& watch, clang::ASTContext& context, const Files& files) {
  if (std::string failure = watch.failure(); !failure.empty()) return failure;
  const std::string name = used_too_early(context, files, watch);
  return name.empty() ? "" : "uses " + name + " before it includes the header that declares it";
}

}  // namespace

// Builds Units; a struct so that Unit can befriend it.
struct UnitParser {
  // Returns the unit, or nothing after an error that ends parsing.
  static std::unique_ptr<Unit> run(std::shared_ptr<clang::CompilerInvocation> invocation,
                                   llvm::IntrusiveRefCntPtr<llvm::vfs::FileSystem> file_system,
                                   std::unique_ptr<ErrorCollector>& errors, const std::string& root,
                                   const Prefix* prefix, std::string& failure) {
    auto parts = std::make_unique<Unit::Parts>(std::move(invocation), root);
    errors->files = &parts->files;
    clang::CompilerInstance& compiler = parts->compiler;
    compiler.setVirtualFileSystem(std::move(file_system));
    compiler.createDiagnostics(errors.get(), /*ShouldOwnClient=*/false);
    if (!compiler.createTarget()) return nullptr;
    compiler.createFileManager();
    compiler.createSourceManager();
    parts->action = std::make_unique<ParseAction>(parts->files);
    const auto& inputs = compiler.getFrontendOpts().Inputs;
    if (inputs.empty() || !parts->action->BeginSourceFile(compiler, inputs.front())) return nullptr;
    parts->is_open = true;
    clang::Preprocessor& preprocessor = compiler.getPreprocessor();
    preprocessor.addCommentHandler(&parts->comments);
    const PrefixWatch* watch =
        prefix ? &PrefixWatch::start(preprocessor, prefix->index, parts->files) : nullptr;
    llvm::consumeError(parts->action->Execute());  // what it failed with is among the collected errors
    if (!compiler.hasASTContext() || compiler.getDiagnostics().hasFatalErrorOccurred()) return nullptr;
    if (watch) failure = why_not(*watch, compiler.getASTContext(), parts->files);
    parts->error_places = std::move(errors->places);
    parts->errors = std::move(errors);
    return std::unique_ptr<Unit>(new Unit(std::move(parts)));
  }
};

namespace {

ParsedUnit parse_in(const llvm::IntrusiveRefCntPtr<llvm::vfs::FileSystem>& system,
                    const CompileCommand& command, const ParseSettings& settings, const Prefix* prefix,
                    std::string& failure) {
  auto collector = std::make_unique<ErrorCollector>();
  ErrorCollector& errors = *collector;  // outlives the move into the unit
  clang::DiagnosticOptions options;
  options.IgnoreWarnings = true;
  auto diagnostics = llvm::makeIntrusiveRefCnt<clang::DiagnosticsEngine>(
      clang::DiagnosticIDs::create(), options, &errors, /*ShouldOwnClient=*/false);
  ParsedUnit result;
  if (auto invocation = invocation_of(command, settings, *diagnostics, *system)) {
    if (prefix) use(*prefix, *invocation);
    result.unit = UnitParser::run(std::move(invocation), system, collector, settings.root, prefix, failure);
  }
  result.errors = errors.errors;
  result.error_count = errors.count;
  if (!result.unit && result.error_count == 0) {
    result.error_count = 1;
    result.errors.push_back({Place{}, "Clang cannot make a compiler run of this command"});
  }
  return result;
}

}  // namespace

ParsedUnit parse(const CompileCommand& command, const ParseSettings& settings) {
  std::string failure;
  return parse_in(file_system_in(command.directory, settings), command, settings, nullptr, failure);
}

ParsedUnit parse(const CompileCommand& command, const ParseSettings& settings, const Prefix* prefix,
                 UnitLog& log) {
  const auto system = recording(file_system_in(command.directory, settings), log.files);
  std::string failure;
  if (prefix) {
    const auto timer = log.time("parse");
    ParsedUnit with = parse_in(system, command, settings, prefix, failure);
    if (with.unit && with.error_count == 0 && failure.empty()) {
      log.used_prefix = true;
      ++log.counts["units that used a prefix"];
      return with;
    }
    ++log.counts["units that could not use a prefix: " + (failure.empty() ? "has errors" : failure)];
  }  // the memory of the first is free before the second begins
  const auto timer = log.time("parse");
  return parse_in(system, command, settings, nullptr, failure);
}

}  // namespace corolint
