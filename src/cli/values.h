#pragma once

// What option values must be like, with words for whoever mistypes one: CLI11's own say "not in {…}" and
// "Value x not in range".

#include <CLI/CLI.hpp>
#include <string>
#include <vector>

namespace corolint {

// One of the words, which help and completions show in this order.
CLI::Validator one_of(const std::vector<std::string>& words);

// A whole number from `least` to `most`.
CLI::Validator number_from(unsigned least, unsigned most);

// A number of bytes such as 500M, 8G or 0, which becomes a plain number.
CLI::Validator size_in_bytes();

}  // namespace corolint
