#pragma once

// Whether a unit can hold asynchronous code, read off the words of all files that it may include, whatever
// the conditions around its includes.

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "cache/file_log.h"
#include "models/vocabulary.h"
#include "unit/include_search.h"
#include "unit/source_words.h"

namespace corolint {

struct UnitWords {
  std::string reason;              // why it is to be parsed; empty: it cannot hold asynchronous code
  std::vector<std::string> own;    // the project's files, absolute
  std::vector<std::string> files;  // all
};

class UnitWordScan {
 public:
  // What is learned of files is added to `log`, which must live as long.
  UnitWordScan(const ParseSettings& settings, const Vocabulary& vocabulary, FileLog& log);
  ~UnitWordScan();

  UnitWords look_at(const CompileCommand& command);

  // Returns what one of the project's files says that a unit has led to.
  const SourceWords& words_of_file(const std::string& path) const;

 private:
  struct Text;
  struct Search;
  struct Visit;

  Search* search_for(const CompileCommand& command, const std::string& flags);
  Text& text_of(Search& search, const std::string& path, bool is_own);
  const std::vector<IncludeSearch::Found>& includes_of(Search& search, const std::string& path, bool is_own);
  void visit(Search& search, const std::string& path, bool is_own, Visit& visit);

  const ParseSettings& settings_;
  const Vocabulary& vocabulary_;
  FileLog& log_;
  std::map<std::string, std::unique_ptr<Search>> searches_;  // by flags
  std::map<std::string, std::unique_ptr<Text>> texts_;       // by path
};

}  // namespace corolint
