// SPDX-License-Identifier: MIT
// Loads two shared objects with different versions of the library in them, and uses them by turns and at once.
#include <dlfcn.h>

#include <atomic>
#include <cstdio>
#include <cstring>
#include <thread>

namespace {

struct part {
    const char* (*version)();
    int (*has_std_expected)();
    int (*works)();
};

template <class Function>
bool find(void* object, const char* name, Function& into) {
    into = reinterpret_cast<Function>(::dlsym(object, name));
    return into != nullptr;
}

/// Its names are offered to whatever is loaded later: what is the same in both is there once.
bool load(const char* path, part& into) {
    void* const object = ::dlopen(path, RTLD_NOW | RTLD_GLOBAL);
    if (object == nullptr) std::fprintf(stderr, "%s\n", ::dlerror());
    return object != nullptr && find(object, "part_version", into.version) &&
           find(object, "part_has_std_expected", into.has_std_expected) &&
           find(object, "part_works", into.works);
}

}  // namespace

int main(int count, char** paths) {
    part one{}, other{};
    if (count != 3 || !load(paths[1], one) || !load(paths[2], other)) return 1;
    std::printf("%s (std::expected: %d) and %s (%d)\n", one.version(), one.has_std_expected(),
                other.version(), other.has_std_expected());
    if (std::strcmp(one.version(), other.version()) == 0) return 2;
    if (one.has_std_expected() == other.has_std_expected()) return 3;
    for (int i = 0; i < 3; ++i)
        if (!one.works() || !other.works()) return 4;
    std::atomic<int> good{0};
    std::thread first([&] { good += one.works(); });
    std::thread second([&] { good += other.works(); });
    first.join();
    second.join();
    return good == 2 ? 0 : 5;
}
