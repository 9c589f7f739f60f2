# SPDX-License-Identifier: MIT
"""Runs the Conan recipe without Conan, and looks at every file of the package that it makes.

    conan_recipe.py SOURCE VERSION SCRATCH [--forget PATTERN]

SCRATCH gets export/ (what the recipe takes along), package/ (what it makes of that) and
awsxxConfig.cmake (what Conan's CMakeDeps would write: the targets and the build modules).
--forget drops PATTERN from what is taken along: then the package has to be found wrong.
"""
import fnmatch
import importlib.util
import os
import re
import shutil
import sys
import types


# --- as much of Conan as the recipes use --------------------------------------------------------
class ConanFile:
    def __init__(self):
        self.required = []

    def requires(self, reference):
        self.required.append(reference)


class CppInfo:
    def __init__(self):
        self.bindirs, self.libdirs, self.includedirs = ["bin"], ["lib"], ["include"]
        self.requires, self.properties = [], {}

    def set_property(self, name, value):
        self.properties[name] = value


class Toolchain:
    def __init__(self, recipe):
        self.cache_variables = recipe.toolchain = {}

    def generate(self):
        pass


class Deps:
    def __init__(self, recipe):
        self.recipe = recipe

    def generate(self):
        self.recipe.has_deps = True


def files_below(folder):
    found = set()
    for root, _, names in os.walk(folder):
        for name in names:
            found.add(os.path.relpath(os.path.join(root, name), folder).replace(os.sep, "/"))
    return found


def copy(recipe, pattern, src, dst):
    for name in files_below(src):
        if fnmatch.fnmatch(name, pattern):
            target = os.path.join(dst, name)
            os.makedirs(os.path.dirname(target), exist_ok=True)
            shutil.copyfile(os.path.join(src, name), target)


def load(recipe, path):
    with open(path, encoding="utf-8") as text:
        return text.read()


def check_min_cppstd(recipe, standard):
    recipe.standard = standard


def stand_in_for_conan():
    contents = {
        "conan": {"ConanFile": ConanFile},
        "conan.tools": {},
        "conan.tools.build": {"check_min_cppstd": check_min_cppstd, "can_run": lambda recipe: True},
        "conan.tools.cmake": {"CMake": object, "CMakeDeps": Deps, "CMakeToolchain": Toolchain,
                              "cmake_layout": lambda recipe: None},
        "conan.tools.files": {"copy": copy, "load": load},
    }
    for name, has in contents.items():
        module = types.ModuleType(name)
        module.__dict__.update(has)
        sys.modules[name] = module


def loaded(path):
    spec = importlib.util.spec_from_file_location("recipe_" + str(abs(hash(path))), path)
    module = importlib.util.module_from_spec(spec)
    sys.dont_write_bytecode = True
    spec.loader.exec_module(module)
    made = [one for one in vars(module).values()
            if isinstance(one, type) and issubclass(one, ConanFile) and one is not ConanFile]
    assert len(made) == 1, path
    return made[0]()


# --- what is asked of them ----------------------------------------------------------------------
problems = []


def expect(holds, what):
    if not holds:
        problems.append(what)


def exported(recipe, source, to, forget):
    """Conan copies the recipe and what `exports_sources` names; the rest of the tree is not there."""
    for pattern in recipe.exports_sources:
        if pattern != forget:
            copy(recipe, pattern, source, to)


def expected_package(source):
    wanted = {"licenses/LICENSE": "LICENSE"}
    for name in files_below(os.path.join(source, "include")):
        wanted["include/" + name] = "include/" + name
    for name in ("compiled.cmake", "awsxx.cpp", "awsxx_add_service.cmake"):
        wanted["res/" + name] = "cmake/" + name
    for folder in ("generator", "rules"):
        for name in files_below(os.path.join(source, "tools", folder)):
            if name.endswith((".cpp", ".hpp")):
                wanted[f"res/tools/{folder}/{name}"] = f"tools/{folder}/{name}"
    return wanted


def check_package(source, package):
    wanted, there = expected_package(source), files_below(package)
    for name in sorted(set(wanted) - there):
        problems.append("missing in the package: " + name)
    for name in sorted(there - set(wanted)):
        problems.append("not expected in the package: " + name)
    for name in sorted(there & set(wanted)):
        with open(os.path.join(package, name), "rb") as made:
            with open(os.path.join(source, wanted[name]), "rb") as own:
                expect(made.read() == own.read(), "differs from the tree: " + name)


def check_requirements(recipe, info, source):
    """What the recipe requires is what CMake looks for, from the same versions on."""
    recipe.requirements()
    lowest = dict(re.match(r"([^/]+)/\[>=([\d.]+)", one).groups() for one in recipe.required)
    cmake = load(recipe, os.path.join(source, "CMakeLists.txt"))
    minimum = dict(re.findall(r"set\(AWSXX_(\w+)_MINIMUM ([\d.]+)\)", cmake))
    names = {"CURL": "libcurl", "OPENSSL": "openssl", "JSON": "nlohmann_json", "PUGIXML": "pugixml"}
    same = {names[key]: [int(part) for part in (value + ".0").split(".")[:2]]
            for key, value in minimum.items()}
    here = {name: [int(part) for part in (value + ".0").split(".")[:2]]
            for name, value in lowest.items()}
    expect(same == here, f"requires {here}, but CMake looks for {same}")
    components = {one.split("::")[0] for one in info.requires}
    expect(components == set(lowest), f"components of {components}, packages {set(lowest)}")


def check_info(info, package):
    expect(info.bindirs == [] and info.libdirs == [], "a package of headers has no folders of binaries")
    for name, value in {"cmake_file_name": "awsxx", "cmake_target_name": "awsxx::awsxx",
                        "pkg_config_name": "awsxx"}.items():
        expect(info.properties.get(name) == value, f"{name} is {info.properties.get(name)}")
    modules = info.properties.get("cmake_build_modules", [])
    expect(set(modules) == {"res/compiled.cmake", "res/awsxx_add_service.cmake"},
           f"the build modules are {modules}")
    for module in modules:
        expect(os.path.exists(os.path.join(package, module)), "no such build module: " + module)


CONFIG = """# What CMakeDeps writes: targets of the packages, then the build modules.
include(CMakeFindDependencyMacro)
find_dependency(CURL)
find_dependency(OpenSSL)
find_dependency(nlohmann_json)
find_dependency(pugixml)
if(NOT TARGET awsxx::awsxx)
  add_library(awsxx::awsxx INTERFACE IMPORTED)
  set_property(TARGET awsxx::awsxx APPEND PROPERTY INTERFACE_INCLUDE_DIRECTORIES
    "${CMAKE_CURRENT_LIST_DIR}/package/include")
  set_property(TARGET awsxx::awsxx APPEND PROPERTY INTERFACE_LINK_LIBRARIES
    CURL::libcurl OpenSSL::SSL OpenSSL::Crypto nlohmann_json::nlohmann_json pugixml::pugixml)
endif()
"""


def main(source, version, scratch, forget=None):
    shutil.rmtree(scratch, ignore_errors=True)
    export, package = os.path.join(scratch, "export"), os.path.join(scratch, "package")
    stand_in_for_conan()

    recipe = loaded(os.path.join(source, "conanfile.py"))
    recipe.recipe_folder = source
    recipe.set_version()
    expect(recipe.name == "awsxx" and recipe.version == version, f"it is {recipe.version}, not {version}")
    expect(recipe.package_type == "header-library", "it is a package of headers")
    exported(recipe, source, export, forget)

    recipe.source_folder, recipe.package_folder, recipe.cpp_info = export, package, CppInfo()
    recipe.layout()
    recipe.validate()
    expect(recipe.standard == 20, "it asks for C++20")
    recipe.generate()
    expect(recipe.toolchain == {"AWSXX_BUILD_TESTS": False, "AWSXX_BUILD_EXAMPLES": False},
           "it builds tests or examples")
    recipe.package()
    recipe.package_info()
    check_package(source, package)
    check_info(recipe.cpp_info, package)
    check_requirements(recipe, recipe.cpp_info, source)

    tested = loaded(os.path.join(source, recipe.test_package_folder, "conanfile.py"))
    tested.tested_reference_str = f"awsxx/{version}"
    tested.requirements()
    expect(tested.required == [f"awsxx/{version}"], "the test package requires what is tested")

    with open(os.path.join(scratch, "awsxxConfig.cmake"), "w", encoding="utf-8") as config:
        config.write(CONFIG)
        for module in recipe.cpp_info.properties.get("cmake_build_modules", []):
            config.write(f'include("${{CMAKE_CURRENT_LIST_DIR}}/package/{module}")\n')

    print(f"awsxx/{recipe.version}: {len(files_below(package))} files")
    for problem in problems:
        print(problem)
    return 1 if problems else 0


if __name__ == "__main__":
    arguments = sys.argv[1:]
    if len(arguments) not in (3, 5) or (len(arguments) == 5 and arguments[3] != "--forget"):
        sys.exit(__doc__)
    sys.exit(main(*arguments[:3], *arguments[4:]))
