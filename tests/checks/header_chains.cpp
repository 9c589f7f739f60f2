// SPDX-License-Identifier: MIT
// Writes the fewest translation units that show of each header that it compiles alone.
//
//     header_chains INCLUDE OUT COUNT [within FOLDER/|above HEADER|beside HEADER]
//
// Each unit includes a chain of headers, every one of which includes the one before it. So none
// meets anything there that it does not bring itself, and one unit stands for all of its chain.
// They are compiled as with awsxx::compiled, where a header brings the least; but for the sources of
// the larger headers, which are headers of their own here and inline, as machine code takes time.
// "within" takes the headers of a folder. "above" takes those that include HEADER: it may be precompiled for them, as the library is when it
// is compiled once. "beside" takes the others, and all sources.
// OUT/unit_0.cpp to OUT/unit_<COUNT-1>.cpp are written, the last of them empty.
#include "source_text.hpp"

#include <algorithm>
#include <cstddef>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace {

namespace fs = std::filesystem;

/// `text` without what is included only where the library is in headers alone.
std::string without_sources(std::string text) {
    static constexpr std::string_view begin = "#if !defined(AWSXX_COMPILED)";
    static constexpr std::string_view end = "#endif";
    for (std::size_t at = 0; (at = text.find(begin, at)) != std::string::npos;)
        text.erase(at, text.find(end, at) + end.size() - at);
    return text;
}

bool is_source(std::string_view header) { return header.ends_with("source.hpp"); }

class header_graph {
public:
    explicit header_graph(const fs::path& include, std::string_view side,
                          const std::string& header) {
        for (const auto& entry : fs::recursive_directory_iterator(include)) {
            if (entry.path().extension() != ".hpp") continue;
            std::ifstream in(entry.path(), std::ios::binary);
            const std::string text{std::istreambuf_iterator<char>(in), {}};
            auto& mine = includes_[entry.path().lexically_relative(include).generic_string()];
            const checks::source source(without_sources(checks::without_generated(text)));
            for (const auto& one : source.includes()) mine.push_back(one.name);
        }
        for (const auto& [name, unused] : includes_) {
            const bool above = reach(name).contains(header) && !is_source(name);
            const bool in =
                side == "within" ? name.starts_with(header) : above == (side == "above");
            if (side.empty() || in) wanted_.insert(name);
        }
    }

    /// The chains, each from the header that includes nobody of it to the one that includes all.
    /// There are as few as can be: the pairs of neighbours are a largest matching.
    std::vector<std::vector<std::string>> chains() {
        for (const std::string& name : wanted_) {
            std::set<std::string> tried;
            find_lower(name, tried);
        }
        std::map<std::string, std::string> lower;
        for (const auto& [below, above] : above_) lower[above] = below;
        std::vector<std::vector<std::string>> result;
        for (const std::string& name : wanted_) {
            if (above_.contains(name)) continue;
            std::vector<std::string> chain{name};
            while (lower.contains(chain.front()))
                chain.insert(chain.begin(), lower.at(chain.front()));
            result.push_back(std::move(chain));
        }
        return result;
    }

private:
    const std::set<std::string>& reach(const std::string& name) {
        const auto [at, is_new] = reached_.try_emplace(name);
        if (!is_new) return at->second;
        for (const std::string& one : includes_.at(name)) {
            if (!includes_.contains(one)) continue;
            const std::set<std::string> further = reach(one);
            reached_.at(name).insert(one);
            reached_.at(name).insert(further.begin(), further.end());
        }
        return reached_.at(name);
    }

    /// Gives the header a neighbour below it, if need be by finding another for somebody else.
    bool find_lower(const std::string& name, std::set<std::string>& tried) {
        for (const std::string& below : reached_.at(name)) {
            if (!wanted_.contains(below) || !tried.insert(below).second) continue;
            const auto taken = above_.find(below);
            if (taken != above_.end() && !find_lower(std::string(taken->second), tried)) continue;
            above_[below] = name;
            return true;
        }
        return false;
    }

    std::map<std::string, std::vector<std::string>> includes_;
    std::map<std::string, std::set<std::string>> reached_;
    std::set<std::string> wanted_;
    std::map<std::string, std::string> above_;
};

}  // namespace

int main(int argc, char** argv) {
    const std::string side = argc == 6 ? argv[4] : "";
    if (argc != 4 && side != "within" && side != "above" && side != "beside") {
        std::cerr << "usage: header_chains INCLUDE OUT COUNT [within|above|beside NAME]\n";
        return 2;
    }
    const fs::path out(argv[2]);
    const auto count = static_cast<std::size_t>(std::stoul(argv[3]));
    const auto chains = header_graph(argv[1], side, side.empty() ? "" : argv[5]).chains();
    if (chains.size() > count) {
        std::cerr << chains.size() << " chains of headers do not fit into " << count
                  << " units: ask for more of them\n";
        return 1;
    }
    fs::create_directories(out);
    for (std::size_t i = 0; i < count; ++i) {
        std::ofstream unit(out / ("unit_" + std::to_string(i) + ".cpp"));
        if (i >= chains.size()) continue;
        if (side != "above" && std::none_of(chains[i].begin(), chains[i].end(), is_source))
            unit << "#define AWSXX_COMPILED\n";
        for (const std::string& header : chains[i])
            unit << "#include <" << header << ">\n#include <" << header << ">\n";
    }
    std::cout << chains.size() << " units\n";
}
