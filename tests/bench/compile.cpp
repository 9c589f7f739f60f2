// SPDX-License-Identifier: MIT
// What a program with one session and one STS call costs to compile, and how large it becomes.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include <spawn.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

extern char** environ;

namespace {

/// What one run of a program used.
struct usage {
    double cpu_seconds{};
    double megabytes{};
};

usage run(std::vector<std::string> words) {
    std::vector<char*> arguments;
    for (std::string& word : words) arguments.push_back(word.data());
    arguments.push_back(nullptr);
    pid_t child = 0;
    int status = 0;
    rusage used{};
    if (::posix_spawnp(&child, arguments[0], nullptr, nullptr, arguments.data(), environ) != 0 ||
        ::wait4(child, &status, 0, &used) != child || status != 0) {
        std::fprintf(stderr, "%s failed\n", arguments[0]);
        std::exit(1);
    }
    const auto seconds = [](const timeval& time) {
        return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6;
    };
    return {seconds(used.ru_utime) + seconds(used.ru_stime),
            static_cast<double>(used.ru_maxrss) / 1024};
}

/// The words for compiling one of the two programs; `to` is the object file.
std::vector<std::string> compiling(const std::string& name, const std::string& to) {
    std::vector<std::string> words{AWSXX_CXX_COMPILER, "-std=c++20", "-O2", "-c"};
    std::string_view rest = AWSXX_INCLUDE_DIRS;
    while (!rest.empty()) {
        const std::string_view folder = rest.substr(0, rest.find(':'));
        rest.remove_prefix(std::min(rest.size(), folder.size() + 1));
        words.push_back("-I" + std::string(folder));
    }
    words.insert(words.end(), {AWSXX_SOURCE_DIR "/tests/bench/compile/" + name + ".cpp", "-o", to});
    return words;
}

/// Both, in turns; the medians of `rounds`.
struct medians {
    double ratio{};
    double cpu_seconds{};
    double baseline_seconds{};
    double megabytes{};
};

double median(std::vector<double> all) {
    const auto middle = all.begin() + static_cast<std::ptrdiff_t>(all.size() / 2);
    std::nth_element(all.begin(), middle, all.end());
    return *middle;
}

medians measure(int rounds, const std::string& folder) {
    std::vector<double> ratios;
    std::vector<double> seconds;
    std::vector<double> baselines;
    std::vector<double> megabytes;
    for (int i = 0; i < rounds; ++i) {
        const usage least = run(compiling("baseline", folder + "/baseline.o"));
        const usage ours = run(compiling("sts", folder + "/sts.o"));
        ratios.push_back(ours.cpu_seconds / least.cpu_seconds);
        seconds.push_back(ours.cpu_seconds);
        baselines.push_back(least.cpu_seconds);
        megabytes.push_back(ours.megabytes);
    }
    return {median(ratios), median(seconds), median(baselines), median(megabytes)};
}

}  // namespace

int main() {
    std::string folder = (std::filesystem::temp_directory_path() / "awsxx-bench.XXXXXX").string();
    if (::mkdtemp(folder.data()) == nullptr) return 1;
    ::setenv("CCACHE_DISABLE", "1", 1);
    const medians cost = measure(5, folder);
    run({AWSXX_CXX_COMPILER, "-s", folder + "/sts.o", "-o", folder + "/sts", "-lcurl", "-lssl",
         "-lcrypto", "-lpugixml", "-pthread"});
    const auto bytes = std::filesystem::file_size(folder + "/sts");
    std::filesystem::remove_all(folder);

    std::printf("%-24s %10s %10s\n", "-O2", "CPU s", "MB");
    std::printf("%-24s %10.2f\n", "standard headers", cost.baseline_seconds);
    std::printf("%-24s %10.2f %10.0f\n", "a session, an STS call", cost.cpu_seconds,
                cost.megabytes);
    std::printf("stripped: %ju bytes\n", static_cast<std::uintmax_t>(bytes));
    std::printf(
        "{\"figure\":\"compile.sts\",\"ratio\":%.2f,\"cpu_seconds\":%.2f,\"megabytes\":%.0f}\n",
        cost.ratio, cost.cpu_seconds, cost.megabytes);
    std::printf("{\"figure\":\"binary.sts\",\"bytes\":%ju}\n", static_cast<std::uintmax_t>(bytes));
}
