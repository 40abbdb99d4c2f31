# include(corolint.cmake) before the first target, then
#
#   corolint_add_target([NAME corolint] [PATHS path…] [OPTIONS option…] [DEPENDS target…])
#
# makes a target that checks the build's units (all, or those below PATHS) and fails on findings. DEPENDS names what has to
# be built first: targets that generate sources. COROLINT_PROGRAM is the program, if it is not on the path.

set(CMAKE_EXPORT_COMPILE_COMMANDS ON)
find_program(COROLINT_PROGRAM corolint DOC "The program corolint")

function(corolint_add_target)
  cmake_parse_arguments(PARSE_ARGV 0 arg "" "NAME" "PATHS;OPTIONS;DEPENDS")
  if(arg_UNPARSED_ARGUMENTS)
    message(FATAL_ERROR "corolint_add_target: unknown arguments: ${arg_UNPARSED_ARGUMENTS}")
  endif()
  if(NOT arg_NAME)
    set(arg_NAME corolint)
  endif()
  if(NOT COROLINT_PROGRAM)
    message(WARNING "corolint was not found, so there is no target ${arg_NAME}; set COROLINT_PROGRAM")
    return()
  endif()
  add_custom_target(${arg_NAME}
    COMMAND ${COROLINT_PROGRAM} check -p ${CMAKE_BINARY_DIR} ${arg_OPTIONS} ${arg_PATHS}
    WORKING_DIRECTORY ${CMAKE_CURRENT_SOURCE_DIR}
    USES_TERMINAL VERBATIM)
  if(arg_DEPENDS)
    add_dependencies(${arg_NAME} ${arg_DEPENDS})
  endif()
endfunction()
