# Runs the vcpkg port with stand-ins for vcpkg's functions, and looks at every file that it installs.
#
#     cmake -D PORT_FOLDER=... -D SOURCE=... -D VERSION=... -D SCRATCH=... -D CXX=... -P vcpkg_port.cmake
set(PORT awsxx)
set(CURRENT_PACKAGES_DIR ${SCRATCH}/packages)
set(CURRENT_BUILDTREES_DIR ${SCRATCH}/buildtrees)
file(REMOVE_RECURSE ${SCRATCH})

function(vcpkg_cmake_configure)
  cmake_parse_arguments(PARSE_ARGV 0 arg "" "SOURCE_PATH" "OPTIONS")
  if(NOT VCPKG_BUILD_TYPE STREQUAL release)
    message(FATAL_ERROR "headers are built once, as release")
  endif()
  execute_process(COMMAND ${CMAKE_COMMAND} -S ${arg_SOURCE_PATH} -B ${CURRENT_BUILDTREES_DIR} -G Ninja
    -D CMAKE_CXX_COMPILER=${CXX} -D CMAKE_BUILD_TYPE=Release
    -D CMAKE_INSTALL_PREFIX=${CURRENT_PACKAGES_DIR} ${arg_OPTIONS} COMMAND_ERROR_IS_FATAL ANY)
endfunction()

function(vcpkg_cmake_install)
  execute_process(COMMAND ${CMAKE_COMMAND} --build ${CURRENT_BUILDTREES_DIR} --target install
    OUTPUT_QUIET COMMAND_ERROR_IS_FATAL ANY)
endfunction()

# vcpkg's own one rewrites the prefix of each file, and then asks pkg-config whether it can be read.
function(vcpkg_fixup_pkgconfig)
  file(GLOB_RECURSE found ${CURRENT_PACKAGES_DIR}/*.pc)
  if(NOT found STREQUAL "${CURRENT_PACKAGES_DIR}/share/pkgconfig/awsxx.pc")
    message(FATAL_ERROR "pkg-config files where vcpkg does not look: ${found}")
  endif()
endfunction()

function(vcpkg_install_copyright)
  cmake_parse_arguments(PARSE_ARGV 0 arg "" "" "FILE_LIST")
  file(COPY_FILE ${arg_FILE_LIST} ${CURRENT_PACKAGES_DIR}/share/${PORT}/copyright)
endfunction()

# As vcpkg does it, the port runs in a scope of its own.
function(run_port)
  set(CMAKE_CURRENT_LIST_DIR ${PORT_FOLDER})
  include(${PORT_FOLDER}/portfile.cmake)
endfunction()
run_port()

# --- the layout, file by file -----------------------------------------------------------------
file(GLOB_RECURSE headers RELATIVE ${SOURCE} ${SOURCE}/include/*.hpp)
file(GLOB_RECURSE tools RELATIVE ${SOURCE}
  ${SOURCE}/tools/generator/*.[ch]pp ${SOURCE}/tools/rules/*.[ch]pp)
list(TRANSFORM tools PREPEND share/awsxx/)
set(wanted ${headers} ${tools} share/pkgconfig/awsxx.pc)
foreach(name IN ITEMS awsxxConfig.cmake awsxxConfigVersion.cmake awsxxTargets.cmake compiled.cmake
    awsxx.cpp awsxx_add_service.cmake copyright usage)
  list(APPEND wanted share/awsxx/${name})
endforeach()
file(GLOB_RECURSE there RELATIVE ${CURRENT_PACKAGES_DIR} ${CURRENT_PACKAGES_DIR}/*)
set(missing ${wanted})
list(REMOVE_ITEM missing ${there})
list(REMOVE_ITEM there ${wanted})
if(missing OR there)
  message(FATAL_ERROR "missing: ${missing}\nnot expected: ${there}")
endif()
file(GLOB top LIST_DIRECTORIES true RELATIVE ${CURRENT_PACKAGES_DIR} ${CURRENT_PACKAGES_DIR}/*)
if(NOT top STREQUAL "include;share")
  message(FATAL_ERROR "a port of headers has include/ and share/, not ${top}")
endif()

# --- the manifest -----------------------------------------------------------------------------
file(READ ${PORT_FOLDER}/vcpkg.json manifest)
foreach(member IN ITEMS name version license)
  string(JSON ${member} GET ${manifest} ${member})
endforeach()
if(NOT name STREQUAL PORT OR NOT version STREQUAL VERSION OR NOT license STREQUAL MIT)
  message(FATAL_ERROR "vcpkg.json is of ${name} ${version} (${license})")
endif()
set(depends "")
string(JSON count LENGTH ${manifest} dependencies)
math(EXPR last "${count} - 1")
foreach(index RANGE ${last})
  string(JSON one ERROR_VARIABLE plain GET ${manifest} dependencies ${index} name)
  if(plain)
    string(JSON one GET ${manifest} dependencies ${index})
  endif()
  list(APPEND depends ${one})
endforeach()
if(NOT depends STREQUAL "curl;nlohmann-json;openssl;pugixml;vcpkg-cmake")
  message(FATAL_ERROR "vcpkg.json depends on ${depends}")
endif()
