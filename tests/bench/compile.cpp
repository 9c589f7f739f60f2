// SPDX-License-Identifier: MIT
// What programs with a session and calls cost to compile, and how large they become.
#include <bench/median.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>
#include <string_view>
#include <utility>
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

/// The words for compiling `name`; `to` is the object file.
std::vector<std::string> compiling(const std::string& name, const std::string& to,
                                   const std::string& flag = "-UAWSXX_COMPILED") {
    std::vector<std::string> words{AWSXX_CXX_COMPILER, "-std=c++20", "-O2", flag, "-c"};
    std::string_view rest = AWSXX_INCLUDE_DIRS;
    while (!rest.empty()) {
        const std::string_view folder = rest.substr(0, rest.find(':'));
        rest.remove_prefix(std::min(rest.size(), folder.size() + 1));
        words.push_back("-I" + std::string(folder));
    }
    words.insert(words.end(), {name + ".cpp", "-o", to});
    return words;
}

/// What one way of compiling costs, beside the baseline.
struct cost {
    double ratio{};
    double cpu_seconds{};
    double megabytes{};
};

/// In turns with the baseline; the medians of `rounds`.
cost measure(const std::vector<std::string>& words, int rounds, const std::string& folder) {
    std::vector<double> ratios;
    std::vector<double> seconds;
    std::vector<double> megabytes;
    for (int i = 0; i < rounds; ++i) {
        const usage least = run(
            compiling(AWSXX_SOURCE_DIR "/tests/bench/compile/baseline", folder + "/baseline.o"));
        const usage ours = run(words);
        ratios.push_back(ours.cpu_seconds / least.cpu_seconds);
        seconds.push_back(ours.cpu_seconds);
        megabytes.push_back(ours.megabytes);
    }
    return {bench::median(ratios), bench::median(seconds), bench::median(megabytes)};
}

/// Links a program and tells its size without symbols.
std::uintmax_t linked(std::vector<std::string> objects, const std::string& to, const char* unused) {
    std::vector<std::string> words{AWSXX_CXX_COMPILER, "-s", unused};
    words.insert(words.end(), objects.begin(), objects.end());
    words.insert(words.end(), {"-o", to, "-lcurl", "-lssl", "-lcrypto", "-lpugixml", "-pthread"});
    run(std::move(words));
    return std::filesystem::file_size(to);
}

/// How much of an object file becomes program: neither names nor relocations.
std::uintmax_t loaded(const std::string& object) {
    std::FILE* answer = ::popen(("size '" + object + "'").c_str(), "r");
    std::uintmax_t text = 0;
    std::uintmax_t data = 0;
    std::uintmax_t zeros = 0;
    const bool read =
        answer != nullptr && std::fscanf(answer, "%*[^\n] %ju %ju %ju", &text, &data, &zeros) == 3;
    if (answer == nullptr || ::pclose(answer) != 0 || !read) {
        std::fprintf(stderr, "size failed\n");
        std::exit(1);
    }
    return text + data + zeros;
}

void print(const char* what, const char* figure, const cost& of) {
    std::printf("%-40s %10.2f %10.2fx %10.0f\n", what, of.cpu_seconds, of.ratio, of.megabytes);
    std::printf("{\"figure\":\"%s\",\"ratio\":%.2f,\"cpu_seconds\":%.2f,\"megabytes\":%.0f}\n",
                figure, of.ratio, of.cpu_seconds, of.megabytes);
}

/// All of EC2, which is not shipped: made from its model. False: there is none, and it is said so.
bool write_ec2(const std::string& folder) {
    const std::string model = AWSXX_MODELS "/ec2.json";
    if (!std::filesystem::exists(model)) {
        std::printf("skipped: compile.ec2, for there is no %s (AWSXX_CONFORMANCE_DIR)\n",
                    model.c_str());
        return false;
    }
    run({AWSXX_GENERATE, "--model", model, "--namespace", "ec2", "--out", folder});
    std::ofstream(folder + "/ec2.cpp") << "#include \"ec2.hpp\"\nint main() {}\n";
    return true;
}

}  // namespace

int main() {
    std::string folder = (std::filesystem::temp_directory_path() / "awsxx-bench.XXXXXX").string();
    if (::mkdtemp(folder.data()) == nullptr) return 1;
    ::setenv("CCACHE_DISABLE", "1", 1);
    const std::string programs = AWSXX_SOURCE_DIR "/tests/bench/compile/";
    const std::string once = "-DAWSXX_COMPILED";
    const std::string parts = folder + "/parts.o";
    const auto measured = [&](const char* what, const char* figure, const std::string& source,
                              int rounds, const std::string& flag) {
        const std::string object = folder + "/" + figure + ".o";
        print(what, figure, measure(compiling(source, object, flag), rounds, folder));
        return object;
    };

    std::printf("%-40s %10s %11s %10s\n", "-O2", "CPU s", "ratio", "MB");
    measured("DynamoDB included", "include.dynamodb", programs + "include_dynamodb", 5, once);
    measured("S3 included", "include.s3", programs + "include_s3", 5, once);
    if (write_ec2(folder)) measured("all of EC2 included", "compile.ec2", folder + "/ec2", 3, once);
    const auto sts = measured("a session, an STS call", "compile.sts", programs + "sts", 5, once);
    const auto dynamodb =
        measured("a session, a DynamoDB call", "compile.dynamodb", programs + "dynamodb", 5, once);
    const auto s3 = measured("a session, an S3 call", "compile.s3", programs + "s3", 5, once);
    const auto twenty = measured("a session, 20 DynamoDB calls", "compile.dynamodb_20",
                                 programs + "dynamodb_20", 3, once);
    auto itself = compiling(AWSXX_SOURCE_DIR "/cmake/awsxx", parts, once);
    itself.insert(itself.end(), {"-ffunction-sections", "-fdata-sections"});  // as CMake has it
    print("awsxx::compiled itself, once", "compile.parts", measure(itself, 1, folder));
    const auto all = measured("the STS program of headers alone", "compile.sts_headers",
                              programs + "sts", 1, "-UAWSXX_COMPILED");
    const auto told = [&](const char* figure, const std::vector<std::string>& objects) {
        const std::string program = folder + "/program";
        std::printf("{\"figure\":\"%s\",\"bytes\":%ju,\"collected_bytes\":%ju}\n", figure,
                    linked(objects, program, "-Wl,--no-gc-sections"),
                    linked(objects, program, "-Wl,--gc-sections"));
    };
    told("binary.sts", {all});
    told("binary.sts_compiled", {sts, parts});
    told("binary.dynamodb_compiled", {dynamodb, parts});
    told("binary.s3_compiled", {s3, parts});
    std::printf("{\"figure\":\"object.dynamodb_20\",\"bytes\":%ju,\"file_bytes\":%ju}\n",
                loaded(twenty), std::filesystem::file_size(twenty));
    std::filesystem::remove_all(folder);
}
