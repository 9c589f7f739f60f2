# The target `tidy`: clang-format on all code, clang-tidy on all headers and examples, clang itself on services.
find_program(AWSXX_CLANG_FORMAT clang-format)
find_program(AWSXX_CLANG_TIDY clang-tidy)
mark_as_advanced(AWSXX_CLANG_FORMAT AWSXX_CLANG_TIDY)
if(NOT AWSXX_CLANG_FORMAT OR NOT AWSXX_CLANG_TIDY)
  return()
endif()

file(GLOB_RECURSE formatted CONFIGURE_DEPENDS
  ${PROJECT_SOURCE_DIR}/include/*.hpp ${PROJECT_SOURCE_DIR}/tools/*.cpp
  ${PROJECT_SOURCE_DIR}/examples/*.cpp ${PROJECT_SOURCE_DIR}/tests/*.cpp
  ${PROJECT_SOURCE_DIR}/tests/*.hpp)
list(FILTER formatted EXCLUDE REGEX "/(fixtures|data)/")
add_custom_target(format_check
  COMMAND ${AWSXX_CLANG_FORMAT} --dry-run -Werror ${formatted} COMMENT "clang-format")
add_custom_target(format
  COMMAND ${AWSXX_CLANG_FORMAT} -i ${formatted} COMMENT "clang-format")

file(GLOB_RECURSE headers CONFIGURE_DEPENDS RELATIVE ${PROJECT_SOURCE_DIR}/include
  ${PROJECT_SOURCE_DIR}/include/*.hpp)
# What is generated has one form: that of the services which the credentials need stands for all.
list(FILTER headers EXCLUDE REGEX "awsxx/services/")
list(TRANSFORM headers REPLACE "(.+)" "#include <\\1>")
list(JOIN headers "\n" includes)
set(all_headers ${CMAKE_CURRENT_BINARY_DIR}/tidy/all_headers.cpp)
file(CONFIGURE OUTPUT ${all_headers} CONTENT "${includes}\n")

# The examples in one unit, so that what they include is looked at once; the library's own code is not
# looked at again.
file(GLOB examples CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/examples/*.cpp)
find_package(CLI11 QUIET)
if(NOT TARGET CLI11::CLI11)
  list(FILTER examples EXCLUDE REGEX "/awsxx_tool\\.cpp$")
endif()
set(includes "")
set(parts "")
foreach(example IN LISTS examples)
  file(STRINGS ${example} lines REGEX "^#include ")
  list(APPEND includes ${lines})
  get_filename_component(name ${example} NAME_WE)
  string(APPEND parts "namespace ${name} {\n#include \"${example}\"  // NOLINT(bugprone-suspicious-include)\n}\n")
  set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${example})
endforeach()
list(REMOVE_DUPLICATES includes)
list(JOIN includes "\n" includes)
set(all_examples ${CMAKE_CURRENT_BINARY_DIR}/tidy/all_examples.cpp)
file(CONFIGURE OUTPUT ${all_examples} CONTENT "${includes}\n${parts}")
set_source_files_properties(${all_examples} PROPERTIES
  COMPILE_DEFINITIONS AWSXX_COMPILED INCLUDE_DIRECTORIES ${PROJECT_SOURCE_DIR}/examples)

add_library(tidy_check OBJECT EXCLUDE_FROM_ALL ${all_headers} ${all_examples})
target_link_libraries(tidy_check PRIVATE awsxx::awsxx awsxx_warnings
  $<TARGET_NAME_IF_EXISTS:CLI11::CLI11>)
target_compile_options(tidy_check PRIVATE -O0)
set_target_properties(tidy_check PROPERTIES CXX_CLANG_TIDY
  "${AWSXX_CLANG_TIDY};--quiet;--config-file=${PROJECT_SOURCE_DIR}/.clang-tidy;--header-filter=/(include/awsxx|examples)/")

add_custom_target(tidy DEPENDS format_check tidy_check services_alone)
