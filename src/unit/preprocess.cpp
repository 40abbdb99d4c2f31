#include "unit/preprocess.h"

#include "clang/Basic/FileManager.h"
#include "clang/Frontend/CompilerInstance.h"
#include "clang/Frontend/FrontendAction.h"
#include "clang/Frontend/Utils.h"
#include "clang/Tooling/Tooling.h"
#include "llvm/Support/VirtualFileSystem.h"
#include "llvm/Support/raw_ostream.h"
#include "unit/read_only.h"

namespace corolint {

namespace {

class Preprocess : public clang::PreprocessorFrontendAction {
 public:
  explicit Preprocess(std::string& text) : text_(text) {}

 protected:
  void ExecuteAction() override {
    clang::PreprocessorOutputOptions options;
    options.ShowCPP = true;
    options.ShowLineMarkers = true;
    options.ShowComments = true;
    llvm::raw_string_ostream stream(text_);
    clang::DoPrintPreprocessedInput(getCompilerInstance().getPreprocessor(), &stream, options);
  }

 private:
  std::string& text_;
};

class PreprocessFactory : public clang::tooling::FrontendActionFactory {
 public:
  explicit PreprocessFactory(std::string& text) : text_(text) {}

  std::unique_ptr<clang::FrontendAction> create() override { return std::make_unique<Preprocess>(text_); }

  bool runInvocation(std::shared_ptr<clang::CompilerInvocation> invocation, clang::FileManager* files,
                     std::shared_ptr<clang::PCHContainerOperations> containers,
                     clang::DiagnosticConsumer* diagnostics) override {
    make_read_only(*invocation);
    return FrontendActionFactory::runInvocation(invocation, files, containers, diagnostics);
  }

 private:
  std::string& text_;
};

}  // namespace

std::string preprocessed(const CompileCommand& command, const ParseSettings& settings) {
  std::string text;
  std::vector<std::string> arguments = command.arguments;
  arguments.insert(arguments.begin() + 1, {"-resource-dir=" + settings.resource_dir, "-fsyntax-only", "-w"});
  for (const std::string& define : settings.defines) arguments.insert(arguments.begin() + 1, "-D" + define);
  auto system = llvm::vfs::createPhysicalFileSystem();
  system->setCurrentWorkingDirectory(command.directory);
  const auto files = llvm::makeIntrusiveRefCnt<clang::FileManager>(
      clang::FileSystemOptions(), llvm::IntrusiveRefCntPtr<llvm::vfs::FileSystem>(system.release()));
  clang::IgnoringDiagConsumer nobody;
  PreprocessFactory factory(text);
  clang::tooling::ToolInvocation run(arguments, &factory, files.get(),
                                     std::make_shared<clang::PCHContainerOperations>());
  run.setDiagnosticConsumer(&nobody);
  run.run();
  return text;
}

}  // namespace corolint
