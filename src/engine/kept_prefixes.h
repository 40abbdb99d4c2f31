#pragma once

// The precompiled prefixes that the cache keeps, and which of them each unit used last.

#include <map>
#include <optional>
#include <string>

#include "cache/folder.h"
#include "llvm/ADT/StringSet.h"

namespace corolint {

class KeptPrefixes {
 public:
  // `root` names the project and `context` what all of its results depend on, both as digests.
  KeptPrefixes(CacheFolder& folder, std::string root, std::string context)
      : folder_(folder), root_(std::move(root)), context_(std::move(context)) {}

  // Returns where to keep the prefix that these texts describe; empty if nothing is kept.
  std::string path(llvm::ArrayRef<std::string> texts);
  // Is told of a prefix that was written.
  void count(const std::string& path);

  // Returns the path of the prefix that the unit of this name used last; empty if that is not known.
  std::string last(const std::string& unit);
  // Keeps that the unit used the prefix at `path`, which goes on from the one at `base`; none if empty.
  void set_last(const std::string& unit, const std::string& path, const std::string& base);

  // Is it known that no prefix was of use to the unit, when its source had this digest?
  bool goes_without(const std::string& unit, const std::string& source);
  // Keeps just that.
  void set_without(const std::string& unit, const std::string& source);

  // Writes what the next run may ask.
  void finish();

 private:
  std::map<std::string, std::string>& names();
  void set(const std::string& unit, std::string name);

  CacheFolder& folder_;
  std::string root_, context_;
  // By unit: the name of its prefix, or `without_mark` and its source's digest.
  std::optional<std::map<std::string, std::string>> names_;
  bool has_news_ = false;
  llvm::StringSet<> used_;
};

}  // namespace corolint
