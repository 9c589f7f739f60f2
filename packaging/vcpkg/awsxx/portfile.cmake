# An overlay port: it installs the tree that it lies in.
#
#     vcpkg install awsxx --overlay-ports=path/to/awsxx/packaging/vcpkg
set(VCPKG_BUILD_TYPE release)  # headers, and sources that the project which uses them compiles
get_filename_component(SOURCE_PATH "${CMAKE_CURRENT_LIST_DIR}/../../.." ABSOLUTE)

vcpkg_cmake_configure(
  SOURCE_PATH "${SOURCE_PATH}"
  OPTIONS
    -DAWSXX_BUILD_TESTS=OFF
    -DAWSXX_BUILD_EXAMPLES=OFF
    -DAWSXX_INSTALL=ON
    -DAWSXX_INSTALL_CMAKEDIR=share/awsxx)
vcpkg_cmake_install()
vcpkg_fixup_pkgconfig()

# The CMake package is in its place already, and has no path in it that would have to be mended.
file(REMOVE_RECURSE "${CURRENT_PACKAGES_DIR}/share/licenses")
file(INSTALL "${CMAKE_CURRENT_LIST_DIR}/usage" DESTINATION "${CURRENT_PACKAGES_DIR}/share/${PORT}")
vcpkg_install_copyright(FILE_LIST "${SOURCE_PATH}/LICENSE")
