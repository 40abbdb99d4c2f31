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
  // Keeps that the unit had none, when its source had this digest.
  void set_without(const std::string& unit, const std::string& source);

  // Is it known that the unit had no prefix, when its source had this digest?
  bool goes_without(const std::string& unit, const std::string& source);

  // Is it open whether a prefix of the unit's own would be better than what it has, if anything is known of
  // it?
  bool may_have_own(const std::string& unit);
  // Keeps that this was tried, as long as the unit keeps what it has now.
  void set_own_tried(const std::string& unit);

  // Writes what the next run may ask.
  void finish();

 private:
  std::map<std::string, std::string>& names();
  llvm::StringRef kept(const std::string& unit);
  void set(const std::string& unit, std::string name);

  CacheFolder& folder_;
  std::string root_, context_;
  // By unit: the name of its prefix, or `without_mark` and its source's digest; then `tried_mark`, if it is
  // so.
  std::optional<std::map<std::string, std::string>> names_;
  bool has_news_ = false;
  llvm::StringSet<> used_;
};

}  // namespace corolint
