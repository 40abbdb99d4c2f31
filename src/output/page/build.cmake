# Makes OUT, the page as a C++ source, from the folder PAGE in the build folder WORK, with NPM and NODE. The network is
# needed once, for `npm ci`; where that fails, corolint is built without the page and says so when it is asked for one.

function(run out)
  execute_process(COMMAND ${ARGN} WORKING_DIRECTORY ${WORK} RESULT_VARIABLE status OUTPUT_VARIABLE text ERROR_VARIABLE text)
  if(NOT status EQUAL 0)
    message(NOTICE "${text}")
  endif()
  set(${out} ${status} PARENT_SCOPE)
endfunction()

file(COPY ${PAGE}/ DESTINATION ${WORK} PATTERN node_modules EXCLUDE)
set(status 0)
set(installed ${WORK}/node_modules/.package-lock.json)  # npm writes it last
if(NOT EXISTS ${installed} OR ${WORK}/package-lock.json IS_NEWER_THAN ${installed})
  run(status ${NPM} ci --no-audit --no-fund)
  file(TOUCH_NOCREATE ${installed})
endif()
if(status EQUAL 0)
  run(status ${NODE} build.mjs ${OUT})
endif()
if(NOT status EQUAL 0)
  message(NOTICE "corolint is built without the html report: its packages could not be had; to try again, remove ${OUT}")
  configure_file(${PAGE}/no_page.cpp ${OUT} COPYONLY)
endif()
