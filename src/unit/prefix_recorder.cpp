#include "unit/prefix_recorder.h"

#include <algorithm>

#include "clang/Lex/MacroInfo.h"

namespace corolint {

namespace {

// Returns the definition that the macro had before it was defined anew, if it had one.
const clang::MacroInfo* definition_before(const clang::MacroDirective& directive) {
  const clang::MacroDirective* before = directive.getPrevious();
  return before ? before->getMacroInfo() : nullptr;
}

}  // namespace

PrefixRecorder::PrefixRecorder(clang::Preprocessor& preprocessor, const Files& files, const Prefix* base)
    : preprocessor_(preprocessor), files_(files) {
  if (base) go_on_from(*base);
}

void PrefixRecorder::go_on_from(const Prefix& base) {
  index_ = base.index;
  index_.base = base.file;
  top_.insert(index_.top.begin(), index_.top.end());
  for (std::size_t i = 0; i < index_.files.size(); ++i) {
    const PrefixIndex::File& file = index_.files[i];
    includes_.emplace_back(file.includes.begin(), file.includes.end());
    if (const auto entry = preprocessor_.getFileManager().getOptionalFileRef(file.name))
      first_names_.try_emplace(&entry->getFileEntry(), static_cast<std::uint32_t>(i));
  }
}

std::uint32_t PrefixRecorder::number_of(clang::FileEntryRef file) {
  const llvm::StringRef name = file.getName();
  const auto number = static_cast<std::uint32_t>(includes_.size());
  const auto [at, is_new] = index_.numbers.try_emplace(name, number);
  if (!is_new) return at->second;
  index_.files.push_back({name.str(), {}});
  includes_.emplace_back();
  if (name.contains('\n')) index_.unusable = "a file's name has two lines";
  const auto [first, is_only] = first_names_.try_emplace(&file.getFileEntry(), number);
  if (!is_only) {  // who includes it by one name includes it by the other
    includes_[number].insert(first->second);
    includes_[first->second].insert(number);
  }
  return number;
}

void PrefixRecorder::InclusionDirective(clang::SourceLocation hash, const clang::Token&, llvm::StringRef,
                                        bool, clang::CharSourceRange, clang::OptionalFileEntryRef file,
                                        llvm::StringRef, llvm::StringRef, const clang::Module*, bool,
                                        clang::SrcMgr::CharacteristicKind) {
  if (!file) return;
  const std::uint32_t included = number_of(*file);
  const clang::SourceManager& sources = preprocessor_.getSourceManager();
  const auto from = sources.getFileEntryRefForID(sources.getFileID(sources.getExpansionLoc(hash)));
  if (!from)
    top_.insert(included);
  else
    includes_[number_of(*from)].insert(included);
}

void PrefixRecorder::FileChanged(clang::SourceLocation location, FileChangeReason reason,
                                 clang::SrcMgr::CharacteristicKind, clang::FileID) {
  if (reason == EnterFile && files_.is_project(preprocessor_.getSourceManager(), location))
    index_.unusable = "a header includes a file of the project";
}

void PrefixRecorder::MacroDefined(const clang::Token& name, const clang::MacroDirective* directive) {
  const clang::MacroInfo* definition = directive->getMacroInfo();
  auto& definitions = definitions_[name.getIdentifierInfo()];
  if (definitions.empty())
    if (const clang::MacroInfo* of_base = definition_before(*directive)) definitions.push_back(of_base);
  if (!definitions.empty() &&
      !definition->isIdenticalTo(*definitions.back(), preprocessor_, /*Syntactically=*/true))
    redefined_.insert(name.getIdentifierInfo());
  definitions.push_back(definition);
}

void PrefixRecorder::add_definers(llvm::StringRef name, llvm::ArrayRef<const clang::MacroInfo*> definitions) {
  const clang::SourceManager& sources = preprocessor_.getSourceManager();
  std::set<std::uint32_t> files;
  for (const clang::MacroInfo* definition : definitions)
    if (const auto file = sources.getFileEntryRefForID(sources.getFileID(definition->getDefinitionLoc())))
      files.insert(number_of(*file));
  auto& known = index_.definers[name];
  files.insert(known.begin(), known.end());
  known.assign(files.begin(), files.end());
  if (known.size() < 2) index_.definers.erase(name);
}

void PrefixRecorder::MacroUndefined(const clang::Token& name, const clang::MacroDefinition& definition,
                                    const clang::MacroDirective*) {
  if (definition.getMacroInfo()) undefined_.insert(name.getIdentifierInfo());
}

PrefixIndex PrefixRecorder::finish() {
  for (const auto& [name, definitions] : definitions_)
    if (definitions.size() > 1) add_definers(name->getName(), definitions);
  for (std::size_t i = 0; i < includes_.size(); ++i)
    index_.files[i].includes.assign(includes_[i].begin(), includes_[i].end());
  index_.top.assign(top_.begin(), top_.end());
  for (const clang::IdentifierInfo* name : redefined_) index_.changing.insert(name->getName());
  for (const clang::IdentifierInfo* name : undefined_)
    if (!name->hasMacroDefinition()) index_.changing.insert(name->getName());
  for (const auto& entry : preprocessor_.getIdentifierTable())
    index_.words.push_back(digest_of_word(entry.getKey()));
  std::sort(index_.words.begin(), index_.words.end());
  index_.words.erase(std::unique(index_.words.begin(), index_.words.end()), index_.words.end());
  return std::move(index_);
}

}  // namespace corolint
