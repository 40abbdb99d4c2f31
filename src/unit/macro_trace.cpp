#include "unit/macro_trace.h"

#include <nlohmann/json.hpp>

#include "llvm/Support/xxhash.h"

namespace corolint {

namespace {

using nlohmann::json;

json json_of(const MacroTrace::Frame& frame) {
  json events = json::array();
  for (const MacroTrace::Event& event : frame.events) {
    events.push_back(static_cast<unsigned>(event.kind));
    events.push_back(event.what);
    events.push_back(event.outcome);
  }
  return {frame.file, frame.has_text, std::move(events)};
}

MacroTrace::Frame frame_of(const json& document) {
  MacroTrace::Frame frame{document.at(0), document.at(1), {}};
  const json& numbers = document.at(2);
  for (std::size_t i = 0; i + 2 < numbers.size(); i += 3)
    frame.events.push_back(
        {static_cast<MacroTrace::Event::Kind>(numbers[i].get<unsigned>()), numbers[i + 1], numbers[i + 2]});
  return frame;
}

// Throws out_of_range for a number that names nothing.
void check_numbers(const MacroTrace& trace) {
  for (const MacroTrace::File& file : trace.files) trace.frames.at(file.frame);
  for (const MacroTrace::Frame& frame : trace.frames) {
    trace.files.at(frame.file);
    for (const MacroTrace::Event& event : frame.events)
      if (event.kind == MacroTrace::Event::Kind::include)
        trace.frames.at(event.what);
      else
        trace.macros.at(event.what);
  }
}

}  // namespace

std::uint64_t word_digest(llvm::StringRef name) {
  return llvm::xxh3_64bits(name);
}

std::string to_bytes(const MacroTrace& trace) {
  json macros = json::array(), files = json::array(), frames = json::array();
  for (const auto& macro : trace.macros) macros.push_back({macro.name, macro.first, macro.last});
  for (const auto& file : trace.files) files.push_back({file.path, file.is_guarded, file.frame});
  for (const auto& frame : trace.frames) frames.push_back(json_of(frame));
  const json document = {macros, files, frames, trace.words, trace.unusable};
  std::string bytes;
  json::to_cbor(document, bytes);
  return bytes;
}

llvm::Expected<MacroTrace> trace_from_bytes(std::string_view bytes) {
  try {
    const json document = json::from_cbor(bytes);
    MacroTrace trace;
    for (const json& macro : document.at(0)) trace.macros.push_back({macro.at(0), macro.at(1), macro.at(2)});
    for (const json& file : document.at(1)) trace.files.push_back({file.at(0), file.at(1), file.at(2)});
    for (const json& frame : document.at(2)) trace.frames.push_back(frame_of(frame));
    document.at(3).get_to(trace.words);
    document.at(4).get_to(trace.unusable);
    check_numbers(trace);
    return trace;
  } catch (const std::exception& error) {
    return llvm::createStringError("a prefix's trace is damaged: %s", error.what());
  }
}

}  // namespace corolint
