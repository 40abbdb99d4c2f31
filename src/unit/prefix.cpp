#include "unit/prefix.h"

#include "clang/Frontend/CompilerInstance.h"
#include "clang/Frontend/FrontendActions.h"
#include "clang/Lex/PreprocessorOptions.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/Path.h"
#include "unit/files.h"
#include "unit/invocation.h"
#include "unit/prefix_recorder.h"

namespace corolint {

namespace {

class PrefixAction : public clang::GeneratePCHAction {
 public:
  PrefixAction(const Files& files, const Prefix* base) : files_(files), base_(base) {}

  PrefixIndex index;

 protected:
  bool BeginSourceFileAction(clang::CompilerInstance& compiler) override {
    clang::Preprocessor& preprocessor = compiler.getPreprocessor();
    auto recorder = std::make_unique<PrefixRecorder>(preprocessor, files_, base_);
    recorder_ = recorder.get();
    preprocessor.addPPCallbacks(std::move(recorder));
    return GeneratePCHAction::BeginSourceFileAction(compiler);
  }

  void EndSourceFileAction() override {
    index = recorder_->finish();
    GeneratePCHAction::EndSourceFileAction();
  }

 private:
  const Files& files_;
  const Prefix* base_;
  PrefixRecorder* recorder_ = nullptr;  // the preprocessor owns it
};

std::string text_of(const std::vector<std::string>& headers) {
  std::string text;
  for (const std::string& header : headers) text += "#include " + header + "\n";
  return text;
}

llvm::Error write_whole(const std::string& file, const std::string& bytes) {
  return llvm::writeToOutput(file, [&](llvm::raw_ostream& out) {
    out << bytes;
    return llvm::Error::success();
  });
}

bool is_same_folder(const std::string& file, const std::string& other) {
  return llvm::sys::path::parent_path(file) == llvm::sys::path::parent_path(other);
}

// Writes the precompiled header itself and returns its index.
llvm::Expected<PrefixIndex> write_header(const CompileCommand& command, const ParseSettings& settings,
                                         const std::string& text, const Prefix* base, const std::string& file,
                                         FileLog& log) {
  clang::DiagnosticConsumer errors;
  clang::DiagnosticOptions options;
  options.IgnoreWarnings = true;
  auto diagnostics = llvm::makeIntrusiveRefCnt<clang::DiagnosticsEngine>(
      clang::DiagnosticIDs::create(), options, &errors, /*ShouldOwnClient=*/false);
  const auto system = recording(file_system_in(command.directory), log);
  auto invocation = invocation_of(command, settings, *diagnostics, *system);
  if (!invocation || invocation->getFrontendOpts().Inputs.empty())
    return llvm::createStringError("Clang cannot make a compiler run of the command");
  const auto buffer = llvm::MemoryBuffer::getMemBuffer(text, "<prefix>");
  auto& frontend = invocation->getFrontendOpts();
  frontend.Inputs = {{buffer->getMemBufferRef(), frontend.Inputs.front().getKind().getHeader()}};
  frontend.OutputFile = file;
  frontend.ProgramAction = clang::frontend::GeneratePCH;
  frontend.IncludeTimestamps = false;  // a base that is made anew from the same files is the same
  invocation->getLangOpts().PCHInstantiateTemplates = true;  // here once, not at the end of each unit
  if (base) use(*base, *invocation);
  clang::CompilerInstance compiler(std::move(invocation));
  compiler.setVirtualFileSystem(system);
  compiler.createDiagnostics(&errors, /*ShouldOwnClient=*/false);
  const Files files(settings.root);
  PrefixAction action(files, base);
  if (!compiler.ExecuteAction(action) || errors.getNumErrors() > 0)
    return llvm::createStringError("the headers do not parse by themselves");
  return std::move(action.index);
}

}  // namespace

llvm::Error build_prefix(const CompileCommand& command, const ParseSettings& settings,
                         const std::vector<std::string>& headers, const Prefix* base,
                         const std::string& file) {
  FileLog log;
  log.leave_out(llvm::sys::path::parent_path(file).str());
  auto index = write_header(command, settings, text_of(headers), base, file, log);
  if (!index) return index.takeError();
  if (!index->unusable.empty()) return llvm::createStringError(index->unusable);
  if (base) log.add(base->log);
  if (log.is_torn()) return llvm::createStringError("a header changed while it was read");
  if (llvm::Error error = write_whole(file + ".index", to_bytes(*index))) return error;
  return write_whole(file + ".log", log.text());
}

std::optional<FileLog> log_of_prefix(const std::string& file) {
  const auto bytes = llvm::MemoryBuffer::getFile(file + ".log", /*IsText=*/false);
  if (!bytes) return std::nullopt;
  auto log = FileLog::from_text((*bytes)->getBuffer());
  if (log) return std::move(*log);
  llvm::consumeError(log.takeError());
  return std::nullopt;
}

void use(const Prefix& prefix, clang::CompilerInvocation& invocation) {
  auto& preprocessor = invocation.getPreprocessorOpts();
  preprocessor.ImplicitPCHInclude = prefix.file;
  // Whoever hands out prefixes knows that their headers are unchanged: Clang would ask for each of them
  // again.
  preprocessor.DisablePCHOrModuleValidation = clang::DisableValidationForModuleKind::All;
}

std::shared_ptr<const Prefix> load_prefix(const std::string& file) {
  const auto bytes = llvm::MemoryBuffer::getFile(file + ".index", /*IsText=*/false);
  auto log = log_of_prefix(file);
  if (!bytes || !log || !llvm::sys::fs::exists(file)) return nullptr;
  auto index = prefix_index_from_bytes((*bytes)->getBuffer());
  if (!index) return llvm::consumeError(index.takeError()), nullptr;
  // The compiler finds the base by the path that it had.
  if (!index->base.empty() && (!is_same_folder(index->base, file) || !llvm::sys::fs::exists(index->base)))
    return nullptr;
  return std::make_shared<const Prefix>(Prefix{file, std::move(*index), std::move(*log)});
}

}  // namespace corolint
