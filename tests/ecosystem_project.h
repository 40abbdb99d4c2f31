#pragma once

// A code base that nobody here wrote: what it is, how its compile database is made without its own build, and
// what people said of the findings in it. One file a project, tests/ecosystem/*.json:
//
//   "project"    owner/name; the checkout lies at DIR/owner/name
//   "commit"     what the verdicts speak of
//   "library"    the asynchronous library that it uses
//   "kind"       "application", "library" or "examples"
//   "uses"       owner/name of other checkouts below DIR that its flags name
//   "prepare"    commands that make its generated headers, run in the folder {made}
//   "flags"      for all units; {root} is the checkout, {dir} is DIR, {made} a scratch folder of its own
//   "units"      list of {"sources": files and folders, "skip": the same or patterns as "*_test.cpp",
//                "flags": more flags}
//   "stand_ins"  headers that only its build makes, or that belong to libraries which are not there: path to
//                lines; they come last in the search for headers
//   "notes"      what a reader should know
//   "verdicts"   list of {"rule", "file", "function", "message", "names", "count", "verdict", "why"}

#include <filesystem>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "ecosystem_verdicts.h"

namespace corolint {

struct UnitGroup {
  std::vector<std::string> sources, skip, flags;
};

struct EcosystemProject {
  std::string project, commit, library, kind;
  std::vector<std::string> uses, prepare, flags;
  std::vector<UnitGroup> units;
  std::map<std::string, std::vector<std::string>> stand_ins;
  std::vector<Verdict> verdicts;
};

// Reads a project's file; throws std::exception that says what is wrong with it.
EcosystemProject project_from(const nlohmann::json& file);

// The folders that a project's file speaks of.
struct EcosystemFolders {
  std::filesystem::path root, checkouts, made;
};

// Returns `text` with {root}, {dir} and {made} replaced.
std::string with_folders(std::string text, const EcosystemFolders& folders);

// Returns the compile database of the project, with its stand-ins in {made}/stand-ins; throws
// std::runtime_error if a source or a checkout that it uses is not there.
nlohmann::ordered_json compile_database_of(const EcosystemProject& project, const EcosystemFolders& folders);

}  // namespace corolint
