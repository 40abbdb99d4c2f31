#include "cli/one_file.h"

#include "cli/read_text.h"
#include "engine/including_unit.h"
#include "llvm/Support/MemoryBuffer.h"
#include "project/language.h"
#include "project/paths.h"

namespace corolint {

namespace {

llvm::Error nothing_includes(const std::string& header, const Project& project) {
  return llvm::createStringError(
      "'%s' is a header, and no unit of %s seems to include it: include it in a source, or check the folder "
      "that holds its users",
      header.c_str(), project.origin.c_str());
}

llvm::Expected<Project> open_project_of_header(const std::string& header, Selection selection,
                                               const InputRequest& request) {
  selection.paths.clear();
  auto project = open_project(selection, folder_of(llvm::StringRef(header).rsplit('/').first));
  if (!project) return project;
  auto resource_dir = find_resource_dir();
  if (!resource_dir) return resource_dir.takeError();
  const auto unit = including_unit(project->commands, header, {project->root, *resource_dir, {}, request.unsaved});
  if (!unit) return nothing_includes(header, *project);
  const auto chosen = project->commands.begin() + static_cast<std::ptrdiff_t>(*unit);
  CompileCommand command = std::move(*chosen);
  project->commands.erase(chosen);
  project->others = std::move(project->commands);
  project->commands = {std::move(command)};
  return project;
}

}  // namespace

llvm::Expected<Project> open_project_of(const std::string& file, const InputRequest& request,
                                        const std::string& here) {
  Selection selection = request.selection;
  if (selection.build) selection.build = canonical(*selection.build, here);
  if (is_header(file)) return open_project_of_header(file, std::move(selection), request);
  selection.paths = {file};
  selection.are_unsaved = true;
  return open_project(selection, here);
}

llvm::Error read_stdin_file(InputRequest& request) {
  auto here = working_directory();
  if (!here) return here.takeError();
  const auto text = llvm::MemoryBuffer::getSTDIN();
  if (!text)
    return llvm::createStringError("stdin cannot be read: %s", text.getError().message().c_str());
  request.one_file = canonical(request.stdin_filename, *here);
  request.unsaved = {{request.one_file, (*text)->getBuffer().str()}};
  return llvm::Error::success();
}

}  // namespace corolint
