# awsxx::compiled: the library for programs of many files, its larger parts compiled once. It is built in the project
# that links it, with that project's compiler and flags, and not at all where nobody does.
if(TARGET awsxx_compiled)
  return()
endif()

add_library(awsxx_compiled STATIC EXCLUDE_FROM_ALL ${CMAKE_CURRENT_LIST_DIR}/awsxx.cpp)
add_library(awsxx::compiled ALIAS awsxx_compiled)
target_link_libraries(awsxx_compiled PUBLIC awsxx::awsxx)
target_compile_definitions(awsxx_compiled PUBLIC AWSXX_COMPILED)
target_compile_features(awsxx_compiled PUBLIC cxx_std_20)
# So that a program that is linked with --gc-sections has of it what it uses.
if(CMAKE_CXX_COMPILER_ID MATCHES "GNU|Clang")
  target_compile_options(awsxx_compiled PRIVATE -ffunction-sections -fdata-sections)
endif()
