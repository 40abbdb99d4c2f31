#include "models/packed_libraries.h"

#include "packing/packing.h"

namespace corolint {

auto members(packing::Of<ArgumentMatch> auto& match) {
  auto& [position, types, mentions, value, absent] = match;
  return std::tie(position, types, mentions, value, absent);
}

auto members(packing::Of<Match> auto& match) {
  auto& [names, kind, arguments, unless, returns, receivers, template_arguments, made_by, any_linkage,
         only_in] = match;
  return std::tie(names, kind, arguments, unless, returns, receivers, template_arguments, made_by,
                  any_linkage, only_in);
}

auto members(packing::Of<Entry> auto& entry) {
  auto& [role, match, library, start, drop, discard, unobserved, work, is_owned, over_range, any, bounded,
         limit_argument, cancels, subject, confidence, replace, on, quiet, deadline_argument, infinite,
         default_limit, is_thread_lock, across_await, is_sticky, drops_result, is_one_shot, runs_once,
         is_endless, allows_blocking, allows_sync_wait, tasks, add, join, inspect, since, until, unchecked,
         note] = entry;
  return std::tie(role, match, library, start, drop, discard, unobserved, work, is_owned, over_range, any,
                  bounded, limit_argument, cancels, subject, confidence, replace, on, quiet,
                  deadline_argument, infinite, default_limit, is_thread_lock, across_await, is_sticky,
                  drops_result, is_one_shot, runs_once, is_endless, allows_blocking, allows_sync_wait, tasks,
                  add, join, inspect, since, until, unchecked, note);
}

auto members(packing::Of<HeaderCheck> auto& check) {
  auto& [packages, repository, version, paths, includes, flags, before, stand_ins] = check;
  return std::tie(packages, repository, version, paths, includes, flags, before, stand_ins);
}

auto members(packing::Of<Library> auto& library) {
  auto& [id, title, source, roots, is_user, instead, defines, checks, entries] = library;
  return std::tie(id, title, source, roots, is_user, instead, defines, checks, entries);
}

std::string packed_text(const std::vector<Library>& libraries) {
  return packing::packed(libraries);
}

std::optional<std::vector<Library>> libraries_from_packed(std::string_view bytes) {
  return packing::unpacked<std::vector<Library>>(bytes);
}

}  // namespace corolint
