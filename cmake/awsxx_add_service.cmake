# awsxx_add_service: a service header made of a Smithy model, for services that are not shipped, or of which less or more
# is wanted. The program that makes it is built in the project that asks for it, on first use.
#
#     awsxx_add_service(weather MODEL weather.json)
#     awsxx_add_service(instances MODEL ec2.json OPERATIONS DescribeInstances StartInstances)
#     target_link_libraries(program PRIVATE weather instances)
#
# The target's users include <awsxx/services/NAMESPACE.hpp>; the namespace is the target's name unless it is given, and
# none of a service that is shipped. SERVICE names the one that is meant where a model has several.
# AWSXX_GENERATE is a program to take instead, as one that runs here when something is built for elsewhere.
set(AWSXX_GENERATE "" CACHE FILEPATH "The model generator; empty: build it")
mark_as_advanced(AWSXX_GENERATE)

function(awsxx_add_generator)
  if(TARGET awsxx_generate)
    return()
  endif()
  set(tools ${CMAKE_CURRENT_FUNCTION_LIST_DIR}/tools)  # of the package; else the project's own
  if(NOT EXISTS ${tools})
    set(tools ${CMAKE_CURRENT_FUNCTION_LIST_DIR}/../tools)
  endif()
  file(GLOB sources CONFIGURE_DEPENDS ${tools}/generator/*.cpp ${tools}/rules/*.cpp)
  add_executable(awsxx_generate EXCLUDE_FROM_ALL ${sources})
  target_compile_features(awsxx_generate PRIVATE cxx_std_20)
  target_include_directories(awsxx_generate PRIVATE ${tools}
    $<TARGET_PROPERTY:awsxx::awsxx,INTERFACE_INCLUDE_DIRECTORIES>)
  target_link_libraries(awsxx_generate PRIVATE nlohmann_json::nlohmann_json)
  # Two units, not twenty that each compile what they all include.
  list(LENGTH sources count)
  math(EXPR half "(${count} + 1) / 2")
  set_target_properties(awsxx_generate PROPERTIES UNITY_BUILD ON UNITY_BUILD_BATCH_SIZE ${half})
endfunction()

function(awsxx_add_service name)
  cmake_parse_arguments(PARSE_ARGV 1 arg "" "MODEL;NAMESPACE;SERVICE" "OPERATIONS")
  if(NOT arg_MODEL OR arg_UNPARSED_ARGUMENTS)
    message(FATAL_ERROR "awsxx_add_service(NAME MODEL file [OPERATIONS ...] [NAMESPACE name] [SERVICE shape])")
  endif()
  if(NOT arg_NAMESPACE)
    set(arg_NAMESPACE ${name})
  endif()
  get_target_property(folders awsxx::awsxx INTERFACE_INCLUDE_DIRECTORIES)
  foreach(folder IN LISTS folders)
    string(REGEX REPLACE "^\\$<BUILD_INTERFACE:(.*)>$" "\\1" folder "${folder}")
    if(EXISTS ${folder}/awsxx/services/${arg_NAMESPACE}.hpp)
      message(FATAL_ERROR "awsxx_add_service(${name}): awsxx has <awsxx/services/${arg_NAMESPACE}.hpp> itself; \
call this one something else, by NAMESPACE or by the target's name")
    endif()
  endforeach()
  get_filename_component(model ${arg_MODEL} ABSOLUTE)
  if(NOT EXISTS ${model})
    message(FATAL_ERROR "awsxx_add_service(${name}): there is no ${model}")
  endif()

  set(generator ${AWSXX_GENERATE})
  if(NOT generator)
    awsxx_add_generator()
    set(generator awsxx_generate)
  endif()
  set(include ${CMAKE_CURRENT_BINARY_DIR}/${name}.service)
  set(header ${include}/awsxx/services/${arg_NAMESPACE}.hpp)
  set(options --model ${model} --namespace ${arg_NAMESPACE} --out ${include}/awsxx/services)
  if(arg_OPERATIONS)
    list(JOIN arg_OPERATIONS "," operations)
    list(APPEND options --operations ${operations})
  endif()
  if(arg_SERVICE)
    list(APPEND options --service ${arg_SERVICE})
  endif()
  add_custom_command(OUTPUT ${header} COMMAND ${generator} ${options}
    DEPENDS ${generator} ${model} COMMENT "Making ${arg_NAMESPACE}.hpp of its model" VERBATIM)
  add_custom_target(${name}_header DEPENDS ${header})
  add_library(${name} INTERFACE)
  add_dependencies(${name} ${name}_header)
  target_include_directories(${name} INTERFACE ${include})
  target_link_libraries(${name} INTERFACE awsxx::awsxx)
endfunction()
