#include "cli/main_program.h"

int main(int count, char** arguments) {
  return corolint::main_program(count, arguments);
}
