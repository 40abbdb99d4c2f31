#pragma once

// What earlier runs found out, for units and for whole programs. A result is kept with all that it was made
// of: the program that made it, the command, the knowledge, the files read and those looked for in vain.

#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "cache/file_states.h"
#include "cache/folder.h"
#include "engine/kept_prefixes.h"
#include "engine/plan.h"
#include "engine/run_record.h"
#include "engine/unit_times.h"
#include "unit/prefix.h"

namespace corolint {

// A unit whose facts the cache knows, and which of the project's files they were made of, named from the
// root.
struct KnownUnit {
  std::string entry;   // its name there
  std::string digest;  // of the facts
  std::string facts;   // as text; empty if they were not read: see `facts`
  std::vector<std::string> files;
};

class UnitCache {
 public:
  // `resource_dir` is where Clang's own headers are.
  UnitCache(CacheFolder& folder, const Plan& plan, const std::string& resource_dir);

  // Returns the path of the cache's folder; empty if there is none.
  const std::string& folder() const { return folder_.path(); }
  FileStates& states() { return states_; }
  KeptPrefixes& prefixes() { return prefixes_; }

  // Returns what is known of the unit, if all that it was made of is as it was.
  std::optional<KnownUnit> find(const CompileCommand& command);
  // Returns the facts in the entry. If it was taken away since, or is damaged: nothing, and the unit is no
  // longer known.
  std::optional<std::string> facts(const std::string& entry);

  // Keeps the facts of a unit that was analysed whole; `log` says what it was made of, together with the
  // prefix, which may be null.
  void store(const CompileCommand& command, const FileLog& log, const Prefix* prefix,
             const std::string& facts);

  // Returns what scans of units' words have told that would tell the same now, and keeps what a scan tells;
  // false if it cannot be kept. A unit that need not be parsed is known by `know_unneeded`.
  std::vector<std::string> find_scans();
  bool store_scan(const FileLog& log, const std::string& text);
  void know_unneeded(const CompileCommand& command) { now_.units.try_emplace(name_of(command)); }

  // Returns the name of the unit in the cache.
  std::string name_of(const CompileCommand& command) const;

  // Returns the report that was made of just these texts: facts and whatever else decides it.
  std::optional<std::string> find_report(llvm::ArrayRef<std::string> texts);
  void store_report(llvm::ArrayRef<std::string> texts, const std::string& report);

  // Returns the report of the last run over the plan's units, without a look at any of them, if nothing at
  // all that they were made of has changed. A run that leaves units out is another one.
  std::optional<std::string> find_unchanged(const Plan& plan, bool skips_synchronous);
  // Keeps the report of these texts for that, if each of the project's units was found or stored.
  void store_unchanged(const Plan& plan, bool skips_synchronous, llvm::ArrayRef<std::string> texts);

  // Asks for the files that the units of this run are made of, absolute, those that were looked for in vain
  // too: `remember` before the run, which gives it what the cache does not see itself.
  void remember_files() { files_.emplace(); }
  void remember(const FileLog& log);
  std::set<std::string> take_files();

  // Returns how long the units took in earlier runs.
  UnitTimes& times();

  // Writes what helps the next run to be fast, and keeps the folder within its limit.
  void finish();

 private:
  // Returns what is known of the unit by the last run, or by that one of its entries, if all is as it was
  // then.
  std::optional<KnownUnit> known_by_last(const std::string& unit);
  std::optional<KnownUnit> known_by(const std::string& unit, const std::string& variant);
  KnownUnit known(const std::string& unit, RunRecord::Unit entry, std::string facts);
  const std::string& run_key_of(const Plan& plan, bool skips_synchronous);
  std::string report_name(llvm::ArrayRef<std::string> texts) const;
  const std::string& shared_name(const Prefix& prefix);
  bool holds_shared(const std::string& name);

  CacheFolder& folder_;
  std::string root_, root_name_, context_, stats_name_;
  std::string run_key_;  // of the plan, once it was asked for
  FileStates states_;
  KeptPrefixes prefixes_;
  std::optional<UnitTimes> times_;
  std::optional<std::set<std::string>> files_;  // if they were asked for
  ObservedLines lines_;
  RunRecord last_;                                   // of the last run over the plan's units
  RunRecord now_;                                    // of this run, as far as it has come
  std::map<std::string, std::string> shared_names_;  // by prefix; empty where nothing can be said
  std::map<std::string, bool> shared_holds_;         // by name
};

}  // namespace corolint
