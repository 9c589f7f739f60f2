// SPDX-License-Identifier: MIT
// Feeds a fuzzer its corpus and mutations of it, the same ones every time, where libFuzzer is not.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>
#include <random>
#include <string>
#include <vector>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

namespace {

namespace fs = std::filesystem;
using bytes = std::vector<std::uint8_t>;

constexpr std::size_t mutations_in_all = 20000;

/// The files below a folder, in an order that does not depend on the machine.
std::vector<bytes> corpus(const fs::path& folder) {
    std::vector<fs::path> paths;
    if (fs::exists(folder))
        for (const auto& entry : fs::recursive_directory_iterator(folder))
            if (entry.is_regular_file()) paths.push_back(entry.path());
    std::sort(paths.begin(), paths.end());
    std::vector<bytes> result(1);  // the empty input belongs to every corpus
    for (const auto& path : paths) {
        std::ifstream in(path, std::ios::binary);
        const std::string text{std::istreambuf_iterator<char>(in), {}};
        result.emplace_back(text.begin(), text.end());
    }
    return result;
}

class mutator {
public:
    explicit mutator(const std::vector<bytes>& seeds) : seeds_(seeds) {}

    bytes next() {
        bytes input = seeds_[below(seeds_.size())];
        for (std::size_t steps = 1 + below(4); steps > 0; --steps) change(input);
        return input;
    }

private:
    /// std::uniform_int_distribution would differ between standard libraries.
    std::size_t below(std::size_t limit) { return static_cast<std::size_t>(random_() % limit); }

    std::ptrdiff_t place(const bytes& input) {
        return static_cast<std::ptrdiff_t>(below(input.size() + 1));
    }

    void change(bytes& input) {
        switch (below(6)) {
            case 0: input.insert(input.begin() + place(input), interesting()); break;
            case 1: input.resize(below(input.size() + 1)); break;
            case 2: flip(input); break;
            case 3: repeat(input); break;
            case 4: splice(input); break;
            default: erase(input); break;
        }
    }

    std::uint8_t interesting() {
        static constexpr char all[] = "\0\n\r\t \"'<>&/\\{}[],:;=%+-.0189eE!?\x7f\x80\xc0\xff";
        return static_cast<std::uint8_t>(all[below(sizeof all - 1)]);
    }

    void flip(bytes& input) {
        if (input.empty()) return;
        auto& byte = input[below(input.size())];
        byte = below(2) == 0 ? interesting() : static_cast<std::uint8_t>(byte ^ (1u << below(8)));
    }

    /// Repeats a piece up to some hundred times: depth and length limits are met this way.
    void repeat(bytes& input) {
        const auto from = place(input);
        const auto length =
            std::min<std::ptrdiff_t>(1 + static_cast<std::ptrdiff_t>(below(8)),
                                     static_cast<std::ptrdiff_t>(input.size()) - from);
        const bytes piece(input.begin() + from, input.begin() + from + length);
        for (std::size_t times = below(300); times > 0 && input.size() < 65536; --times)
            input.insert(input.begin() + from, piece.begin(), piece.end());
    }

    void splice(bytes& input) {
        const auto& other = seeds_[below(seeds_.size())];
        input.resize(below(input.size() + 1));
        input.insert(input.end(), other.begin() + place(other), other.end());
    }

    void erase(bytes& input) {
        const auto from = place(input);
        const auto left =
            static_cast<std::size_t>(static_cast<std::ptrdiff_t>(input.size()) - from);
        const auto count = static_cast<std::ptrdiff_t>(below(std::min<std::size_t>(left, 16) + 1));
        input.erase(input.begin() + from, input.begin() + from + count);
    }

    const std::vector<bytes>& seeds_;
    std::mt19937_64 random_{20200101};
};

/// Kept on disk while it runs, so that a crash leaves its input behind.
void run(const bytes& input) {
    static const auto keep = std::getenv("AWSXX_FUZZ_KEEP");
    if (keep != nullptr)
        std::ofstream(keep, std::ios::binary)
            .write(reinterpret_cast<const char*>(input.data()),
                   static_cast<std::streamsize>(input.size()));
    LLVMFuzzerTestOneInput(input.data(), input.size());
}

}  // namespace

int main(int argc, char** argv) {
    const auto seeds = corpus(argc > 1 ? argv[1] : "");
    for (const auto& seed : seeds) run(seed);
    mutator mutations(seeds);
    for (std::size_t count = 0; count < mutations_in_all; ++count) run(mutations.next());
    std::cout << seeds.size() << " inputs and " << mutations_in_all << " mutations\n";
}
