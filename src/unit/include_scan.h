#pragma once

// What units include. Which foreign headers the project's own files name is read off their text, only where
// no condition stands around it; what these bring with them tells the preprocessor. It serves to choose
// prefixes: whether a unit can use one is found out when it is parsed.

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "unit/include_search.h"

namespace corolint {

// A foreign header that code of the project includes.
struct ForeignHeader {
  std::string directive;  // as the project names it: `<vector>`, `"boost/asio.hpp"`
  std::uint32_t file = 0;
};

// The foreign files that a unit is sure to include, by number: see IncludeScan::size_of.
struct UnitIncludes {
  std::string flags;  // equal for units that may share a prefix; empty if the unit can use none
  std::vector<ForeignHeader> headers;  // those that the project's own files name, in the order met
  std::vector<std::uint32_t> files;    // all, sorted
};

class IncludeScan {
 public:
  explicit IncludeScan(const ParseSettings& settings);
  ~IncludeScan();

  // Returns what each unit includes, in the order of the commands.
  std::vector<UnitIncludes> includes_of(const std::vector<const CompileCommand*>& commands);

  // Returns the path of the file.
  const std::string& path_of(std::uint32_t file) const { return paths_[file]; }
  // Returns the bytes of the file: what it costs to parse, roughly.
  std::size_t size_of(std::uint32_t file);

 private:
  struct Search;

  Search* search_for(const CompileCommand& command, const std::string& flags);
  UnitIncludes named_by(const CompileCommand& command);
  void follow(Search& search);
  std::uint32_t number_of(const std::string& path);

  const ParseSettings& settings_;
  std::map<std::string, std::unique_ptr<Search>> searches_;     // by flags
  std::map<std::string, std::vector<IncludeDirective>> texts_;  // what the project's files include, by path
  std::map<std::string, std::uint32_t> numbers_;                // of foreign files, by path
  std::vector<std::string> paths_;                              // by number
  std::vector<std::size_t> sizes_;                              // by number, as far as asked for
};

}  // namespace corolint
