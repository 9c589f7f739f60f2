import os
import re

from conan import ConanFile
from conan.tools.build import check_min_cppstd
from conan.tools.cmake import CMakeDeps, CMakeToolchain, cmake_layout
from conan.tools.files import copy, load

required_conan_version = ">=2.0"


class Awsxx(ConanFile):
    name = "awsxx"
    description = "AWS for C++20, header-only"
    license = "MIT"
    topics = "aws", "s3", "header-only"

    package_type = "header-library"
    implements = ["auto_header_only"]
    settings = "os", "arch", "compiler", "build_type"
    exports_sources = (
        "CMakeLists.txt", "LICENSE", "cmake/*", "include/*", "tools/generator/*", "tools/rules/*",
    )
    no_copy_source = True
    test_package_folder = "tests/conan"

    def set_version(self):
        text = load(self, os.path.join(self.recipe_folder, "CMakeLists.txt"))
        self.version = re.search(r"project\(awsxx VERSION ([\d.]+)", text).group(1)

    def layout(self):
        cmake_layout(self)

    def requirements(self):
        self.requires("libcurl/[>=7.87 <9]")
        self.requires("openssl/[>=3 <4]")
        self.requires("nlohmann_json/[>=3.10 <4]")
        self.requires("pugixml/[>=1.12 <2]")

    def validate(self):
        check_min_cppstd(self, 20)

    def generate(self):
        toolchain = CMakeToolchain(self)
        toolchain.user_presets_path = False
        toolchain.cache_variables["AWSXX_BUILD_TESTS"] = False
        toolchain.cache_variables["AWSXX_BUILD_EXAMPLES"] = False
        toolchain.generate()
        CMakeDeps(self).generate()

    def package(self):
        copy(self, "LICENSE", self.source_folder, os.path.join(self.package_folder, "licenses"))
        copy(self, "*", os.path.join(self.source_folder, "include"),
             os.path.join(self.package_folder, "include"))
        # What is built in the project that uses it: awsxx::compiled, and the generator of awsxx_add_service.
        res = os.path.join(self.package_folder, "res")
        for name in ("compiled.cmake", "awsxx.cpp", "awsxx_add_service.cmake"):
            copy(self, name, os.path.join(self.source_folder, "cmake"), res)
        for folder in ("generator", "rules"):
            for pattern in ("*.hpp", "*.cpp"):
                copy(self, pattern, os.path.join(self.source_folder, "tools", folder),
                     os.path.join(res, "tools", folder))

    def package_info(self):
        # The package id of headers is empty; these two lists are not, unless they are emptied.
        self.cpp_info.bindirs = []
        self.cpp_info.libdirs = []
        self.cpp_info.set_property("cmake_file_name", "awsxx")
        self.cpp_info.set_property("cmake_target_name", "awsxx::awsxx")
        self.cpp_info.set_property("pkg_config_name", "awsxx")
        self.cpp_info.set_property(
            "cmake_build_modules", ["res/compiled.cmake", "res/awsxx_add_service.cmake"])
        self.cpp_info.requires = [
            "libcurl::curl", "openssl::ssl", "openssl::crypto",
            "nlohmann_json::nlohmann_json", "pugixml::pugixml",
        ]
