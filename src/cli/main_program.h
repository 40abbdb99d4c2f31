#pragma once

namespace corolint {

// Runs the program and returns its exit status. Nothing is thrown.
int main_program(int count, char** arguments);

}  // namespace corolint
