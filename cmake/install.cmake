# Headers, a CMake package and a pkg-config file. All paths in them are relative to where they lie, unless
# CMAKE_INSTALL_INCLUDEDIR is an absolute one.
include(CMakePackageConfigHelpers)
include(GNUInstallDirs)

set(AWSXX_INSTALL_CMAKEDIR share/cmake/awsxx CACHE STRING "Where the CMake package goes")

install(DIRECTORY ${PROJECT_SOURCE_DIR}/include/awsxx DESTINATION ${CMAKE_INSTALL_INCLUDEDIR}
  FILES_MATCHING PATTERN "*.hpp")
install(FILES ${PROJECT_SOURCE_DIR}/LICENSE DESTINATION share/licenses/awsxx)

target_include_directories(awsxx INTERFACE $<INSTALL_INTERFACE:${CMAKE_INSTALL_INCLUDEDIR}>)
install(TARGETS awsxx EXPORT awsxxTargets)
install(EXPORT awsxxTargets NAMESPACE awsxx:: DESTINATION ${AWSXX_INSTALL_CMAKEDIR})
configure_file(${CMAKE_CURRENT_LIST_DIR}/awsxxConfig.cmake.in
  ${PROJECT_BINARY_DIR}/package/awsxxConfig.cmake @ONLY)
# While the major version is 0, a minor version may break its users.
write_basic_package_version_file(${PROJECT_BINARY_DIR}/package/awsxxConfigVersion.cmake
  COMPATIBILITY SameMinorVersion ARCH_INDEPENDENT)
install(FILES
  ${PROJECT_BINARY_DIR}/package/awsxxConfig.cmake
  ${PROJECT_BINARY_DIR}/package/awsxxConfigVersion.cmake
  ${CMAKE_CURRENT_LIST_DIR}/compiled.cmake ${CMAKE_CURRENT_LIST_DIR}/awsxx.cpp
  ${CMAKE_CURRENT_LIST_DIR}/awsxx_add_service.cmake
  DESTINATION ${AWSXX_INSTALL_CMAKEDIR})

# The model generator's source: awsxx_add_service builds it in the project that uses it.
install(DIRECTORY ${PROJECT_SOURCE_DIR}/tools/generator ${PROJECT_SOURCE_DIR}/tools/rules
  DESTINATION ${AWSXX_INSTALL_CMAKEDIR}/tools FILES_MATCHING PATTERN "*.hpp" PATTERN "*.cpp")

set(pc_includedir ${CMAKE_INSTALL_INCLUDEDIR})
if(NOT IS_ABSOLUTE "${pc_includedir}")
  string(PREPEND pc_includedir "\${prefix}/")
endif()
configure_file(${CMAKE_CURRENT_LIST_DIR}/awsxx.pc.in ${PROJECT_BINARY_DIR}/package/awsxx.pc @ONLY)
install(FILES ${PROJECT_BINARY_DIR}/package/awsxx.pc DESTINATION share/pkgconfig)
