# All headers but those of single services, as far as a cross compiler for Windows can tell.
find_program(AWSXX_MINGW NAMES x86_64-w64-mingw32-g++-posix x86_64-w64-mingw32-g++)
if(NOT AWSXX_MINGW)
  return()
endif()

set(folder ${CMAKE_CURRENT_BINARY_DIR}/windows)
file(GLOB_RECURSE headers CONFIGURE_DEPENDS RELATIVE ${PROJECT_SOURCE_DIR}/include
  ${PROJECT_SOURCE_DIR}/include/*.hpp)
list(FILTER headers EXCLUDE REGEX "^awsxx/services/")
list(TRANSFORM headers REPLACE "(.+)" "#include <\\1>")
list(JOIN headers "\n" text)
file(CONFIGURE OUTPUT ${folder}/all_headers.cpp CONTENT "${text}\n")

# What others provide for any system, without the headers of this computer's own.
set(others "")
foreach(header IN ITEMS curl/curl.h openssl/evp.h openssl/opensslconf.h pugixml.hpp pugiconfig.hpp
    nlohmann/json.hpp)
  find_path(place NAMES ${header} NO_CACHE REQUIRED)
  string(MAKE_C_IDENTIFIER "${header}" name)
  string(REGEX REPLACE "/.*" "" top "${header}")
  file(MAKE_DIRECTORY ${folder}/${name})
  file(CREATE_LINK ${place}/${top} ${folder}/${name}/${top} SYMBOLIC)
  list(APPEND others -isystem ${folder}/${name})
  unset(place)
endforeach()

awsxx_check(windows ${AWSXX_MINGW} -std=c++20 -fsyntax-only
  -Wall -Wextra -Wpedantic -Wconversion -Wshadow -Werror
  -I${PROJECT_SOURCE_DIR}/include ${others} ${folder}/all_headers.cpp)
