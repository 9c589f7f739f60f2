# What the project's own programs are built with. Nothing here reaches who uses awsxx::awsxx.
include_guard()
enable_testing()

option(AWSXX_WARNINGS_AS_ERRORS "Warnings in the project's own programs are errors" OFF)
option(AWSXX_SINGLE_INCLUDE "Build the tests and examples on single_include/, not include/" OFF)
set(AWSXX_TESTS_WITH "" CACHE STRING "Of the unit tests, build those with such a line (a regular expression)")
option(AWSXX_HEADERS_ONLY "Build the tests and examples on headers alone, not awsxx::compiled" OFF)

set(AWSXX_CONFORMANCE_DIR "" CACHE PATH
  "Folder with conformance/check and servers/: what the library is proven against")
if(NOT AWSXX_CONFORMANCE_DIR AND EXISTS ${PROJECT_SOURCE_DIR}/../shared/conformance/check)
  get_filename_component(AWSXX_CONFORMANCE_DIR ${PROJECT_SOURCE_DIR}/../shared ABSOLUTE)
endif()

option(AWSXX_OLDEST "Insist on the oldest compiler and libraries that are tested" OFF)
if(AWSXX_OLDEST)
  # Should a newer one slip in, this build would prove nothing: the oldest are those of Debian 12.
  message(STATUS "oldest: ${CMAKE_CXX_COMPILER_ID} ${CMAKE_CXX_COMPILER_VERSION}, "
    "libcurl ${CURL_VERSION_STRING}, OpenSSL ${OPENSSL_VERSION}, "
    "nlohmann_json ${nlohmann_json_VERSION}, pugixml ${pugixml_VERSION}")
  if(NOT CMAKE_CXX_COMPILER_ID STREQUAL GNU OR CMAKE_CXX_COMPILER_VERSION VERSION_GREATER_EQUAL 13
      OR CURL_VERSION_STRING VERSION_GREATER_EQUAL 8
      OR OPENSSL_VERSION VERSION_GREATER_EQUAL 3.1
      OR nlohmann_json_VERSION VERSION_GREATER_EQUAL 3.12
      OR pugixml_VERSION VERSION_GREATER_EQUAL 1.14)
    message(FATAL_ERROR "these are not the oldest that are supported")
  endif()
endif()

# The API reference: build/.../docs/html/index.html.
find_program(AWSXX_DOXYGEN doxygen)
mark_as_advanced(AWSXX_DOXYGEN)
if(AWSXX_DOXYGEN)
  configure_file(${PROJECT_SOURCE_DIR}/docs/Doxyfile.in ${PROJECT_BINARY_DIR}/docs/Doxyfile @ONLY)
  add_custom_target(docs COMMAND ${AWSXX_DOXYGEN} ${PROJECT_BINARY_DIR}/docs/Doxyfile
    COMMENT "Making the API reference with Doxygen" VERBATIM)
endif()

set(CMAKE_RUNTIME_OUTPUT_DIRECTORY ${PROJECT_BINARY_DIR}/bin)
set(CMAKE_CXX_EXTENSIONS OFF)

find_program(AWSXX_CCACHE ccache)
mark_as_advanced(AWSXX_CCACHE)
if(AWSXX_CCACHE AND NOT CMAKE_CXX_COMPILER_LAUNCHER)
  set(CMAKE_CXX_COMPILER_LAUNCHER
    ${CMAKE_COMMAND} -E env CCACHE_SLOPPINESS=pch_defines,time_macros
    CCACHE_BASEDIR=${PROJECT_SOURCE_DIR} CCACHE_NOHASHDIR=1 ${AWSXX_CCACHE})
endif()

add_library(awsxx_warnings INTERFACE)
target_compile_options(awsxx_warnings INTERFACE
  -Wall -Wextra -Wpedantic -Wconversion -Wshadow
  $<$<BOOL:${AWSXX_WARNINGS_AS_ERRORS}>:-Werror>)

# The library as tests and examples see it.
add_library(awsxx_under_test INTERFACE)
if(AWSXX_HEADERS_ONLY AND NOT AWSXX_SINGLE_INCLUDE)
  target_link_libraries(awsxx_under_test INTERFACE awsxx::awsxx awsxx_warnings)
elseif(NOT AWSXX_SINGLE_INCLUDE)
  target_link_libraries(awsxx_under_test INTERFACE awsxx::compiled awsxx_warnings)
else()
  target_include_directories(awsxx_under_test INTERFACE ${PROJECT_SOURCE_DIR}/single_include)
  target_compile_features(awsxx_under_test INTERFACE cxx_std_20)
  get_target_property(libraries awsxx INTERFACE_LINK_LIBRARIES)
  target_link_libraries(awsxx_under_test INTERFACE ${libraries} awsxx_warnings)
endif()
