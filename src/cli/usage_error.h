#pragma once

// What is wrong with a command line, in a sentence that says what to write instead.

#include <CLI/CLI.hpp>
#include <string>

namespace corolint {

// Returns the sentence for an error that CLI11 found while it read words for `app`.
std::string usage_error(const CLI::App& app, const CLI::ParseError& error);

}  // namespace corolint
