# What the project's own programs are built with. Nothing here reaches who uses awsxx::awsxx.
include_guard()
enable_testing()

option(AWSXX_WARNINGS_AS_ERRORS "Warnings in the project's own programs are errors" OFF)

add_library(awsxx_warnings INTERFACE)
target_compile_options(awsxx_warnings INTERFACE
  -Wall -Wextra -Wpedantic -Wconversion -Wshadow
  $<$<BOOL:${AWSXX_WARNINGS_AS_ERRORS}>:-Werror>)

set(CMAKE_RUNTIME_OUTPUT_DIRECTORY ${PROJECT_BINARY_DIR}/bin)
set(CMAKE_CXX_EXTENSIONS OFF)

find_program(AWSXX_CCACHE ccache)
mark_as_advanced(AWSXX_CCACHE)
if(AWSXX_CCACHE AND NOT CMAKE_CXX_COMPILER_LAUNCHER)
  set(CMAKE_CXX_COMPILER_LAUNCHER
    ${CMAKE_COMMAND} -E env CCACHE_SLOPPINESS=pch_defines,time_macros ${AWSXX_CCACHE})
endif()
