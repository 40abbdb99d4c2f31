#include "cached_project.h"

#include <nlohmann/json.hpp>

#include "sources.h"

namespace corolint {

using nlohmann::json;
namespace fs = std::filesystem;

CachedProject::CachedProject(const std::string& folder) : root(folder) {
  write(root + "/include/task.h", "#pragma once" + lazy_task);
  write(root + "/include/slow.h",
        "#pragma once\n#include \"task.h\"\nextern \"C\" unsigned sleep(unsigned);\n"
        "inline void slow() { sleep(1); }\n");
  write(root + "/a.cpp", "#include \"slow.h\"\ntask a() { slow(); co_return; }\n");
  write(root + "/b.cpp", "#include \"slow.h\"\ntask b() { slow(); co_return; }\n");
  write(root + "/c.cpp", "int c() { return 3; }\n");
  write_database(root);
}

void CachedProject::write_database(const std::string& folder) const {
  json database = json::array();
  for (const std::string name : {"a.cpp", "b.cpp", "c.cpp"})
    database.push_back(
        {{"directory", (path() / folder).string()},
         {"file", name},
         {"command", "g++ -std=c++20 -Ifirst -I" + (path() / folder).string() + "/include -c " + name}});
  write(folder + "/compile_commands.json", database.dump());
}

Outcome CachedProject::run(const std::string& arguments, const std::string& folder) const {
  return run_in(path() / (folder.empty() ? root : folder),
                std::string("COROLINT_CACHE_DIR='") + cache().string() + "' " + COROLINT + " " + arguments);
}

int CachedProject::known(const std::string& folder) const {
  const Outcome outcome = run("check . -o json", folder);
  CHECK_MESSAGE(outcome.err.find("3 of 3 units analysed") != std::string::npos, outcome.err);
  const std::size_t at = outcome.err.find(" from the cache");
  if (at == std::string::npos) return 0;
  return std::stoi(outcome.err.substr(outcome.err.rfind('(', at) + 1));
}

std::vector<fs::path> CachedProject::entries(const std::string& kind) const {
  std::vector<fs::path> files;
  if (fs::exists(cache() / kind))
    for (const auto& entry : fs::recursive_directory_iterator(cache() / kind))
      if (entry.is_regular_file()) files.push_back(entry.path());
  return files;
}

}  // namespace corolint
