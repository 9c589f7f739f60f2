// SPDX-License-Identifier: MIT
// Writes the library as one header, and all other headers as files that include it.
//
//     amalgamate INCLUDE OUTPUT            write OUTPUT anew
//     amalgamate --check INCLUDE OUTPUT    say what differs from what would be written
//
// What awsxx/awsxx.hpp reaches goes into OUTPUT/awsxx/awsxx.hpp, each file once and after what it
// includes; under its own name is an include of that, so that programs include what they would of
// the tree. Includes of others are hoisted, unless they stand inside an #if: those stay in place.
// One file has all of it, so there is nothing that could be compiled elsewhere: what headers include
// unless AWSXX_COMPILED is defined is always in it.
#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>
#include <map>
#include <optional>
#include <set>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

namespace {

namespace fs = std::filesystem;
using namespace std::string_literals;

constexpr std::string_view core = "awsxx/awsxx.hpp";
constexpr std::string_view unless_compiled = "#if !defined(AWSXX_COMPILED)";

[[noreturn]] void fail(const std::string& why) {
    std::cerr << "amalgamate: " << why << '\n';
    std::exit(1);
}

std::string read(const fs::path& path) {
    std::ifstream in(path, std::ios::binary);
    if (!in) fail("cannot read " + path.generic_string());
    return {std::istreambuf_iterator<char>(in), {}};
}

/// A header, taken apart.
struct header {
    std::string promise{};
    std::vector<std::string> own{};      ///< Included headers of the library, in order.
    std::vector<std::string> foreign{};  ///< Other includes that may be hoisted.
    std::vector<std::string> body{};     ///< Everything else, without blank lines around it.
};

/// What an #include line includes, without the brackets.
std::optional<std::string> included(const std::string& line) {
    const auto at = line.find_first_not_of(" \t");
    if (at == std::string::npos || line.compare(at, 8, "#include") != 0) return {};
    const auto open = line.find_first_of("<\"", at);
    const auto close = line.find_first_of(">\"", open + 1);
    if (open == std::string::npos || close == std::string::npos) fail("cannot understand: " + line);
    return line.substr(open + 1, close - open - 1);
}

bool opens_condition(const std::string& line) { return line.starts_with("#if"); }
bool closes_condition(const std::string& line) { return line.starts_with("#endif"); }

/// Appends a line to the body, two blank ones at most becoming one.
void append(std::vector<std::string>& body, const std::string& line) {
    if (line.empty() && (body.empty() || body.back().empty())) return;
    body.push_back(line);
}

header take_apart(const std::string& name, const std::string& text) {
    header result;
    std::istringstream in(text);
    int number = 0;
    int conditions = 0;
    bool unconditional = false;
    for (std::string line; std::getline(in, line);) {
        ++number;
        if (number == 1) continue;  // the licence
        if (number == 2) {
            result.promise = line.starts_with("// ") ? line.substr(3) : line;
            continue;
        }
        if (line == "#pragma once") continue;
        if (line == unless_compiled) {
            unconditional = true;
            continue;
        }
        if (unconditional && closes_condition(line)) {
            unconditional = false;
            continue;
        }
        conditions += opens_condition(line) - closes_condition(line);
        const auto what = included(line);
        if (!what) {
            append(result.body, line);
        } else if (what->starts_with("awsxx/")) {
            if (conditions > 0) fail(name + ": an include of the library inside an #if: " + *what);
            result.own.push_back(*what);
        } else if (conditions > 0) {
            append(result.body, line);
        } else {
            result.foreign.push_back(*what);
        }
    }
    while (!result.body.empty() && result.body.back().empty()) result.body.pop_back();
    return result;
}

class library {
public:
    explicit library(const fs::path& root) {
        for (const auto& entry : fs::recursive_directory_iterator(root)) {
            if (entry.path().extension() != ".hpp") continue;
            const auto name = entry.path().lexically_relative(root).generic_string();
            headers_[name] = take_apart(name, read(entry.path()));
        }
        visit(std::string(core));
    }

    /// Every file to write: its name, and its text.
    std::map<std::string, std::string> files() const {
        std::map<std::string, std::string> result;
        result[std::string(core)] = one_file();
        for (const auto& [name, parts] : headers_)
            if (name != core)
                result[name] = in_core_.contains(name) ? forward(parts) : outside(parts);
        return result;
    }

private:
    const header& find(const std::string& name) const {
        const auto found = headers_.find(name);
        if (found == headers_.end()) fail("there is no " + name);
        return found->second;
    }

    /// Adds a header to the core, after what it includes.
    void visit(const std::string& name) {
        if (!in_core_.insert(name).second) return;
        for (const auto& next : find(name).own) visit(next);
        order_.push_back(name);
    }

    std::string one_file() const {
        std::set<std::string> standard;
        std::set<std::string> others;
        for (const auto& name : order_)
            for (const auto& what : find(name).foreign)
                (what.find('.') == std::string::npos ? standard : others).insert(what);
        std::string text = opening("awsxx in one file");
        text +=
            "#if defined(AWSXX_COMPILED)\n#error \"awsxx in one file has all of its code in it: "
            "do not define AWSXX_COMPILED\"\n#endif\n\n";
        for (const auto& what : standard) text += "#include <" + what + ">\n";
        if (!others.empty()) text += '\n';
        for (const auto& what : others) text += "#include <" + what + ">\n";
        for (const auto& name : order_) {
            const auto& parts = find(name);
            if (parts.body.empty()) continue;
            text += "\n// === " + name + ": " + parts.promise + "\n";
            for (const auto& line : parts.body) text += line + '\n';
        }
        return text;
    }

    std::string outside(const header& parts) const {
        std::set<std::string> own;
        for (const auto& what : parts.own)
            own.insert(in_core_.contains(what) ? std::string(core) : what);
        const std::set<std::string> foreign(parts.foreign.begin(), parts.foreign.end());
        std::string text = opening(parts.promise);
        for (const auto& what : own) text += "#include <" + what + ">\n";
        if (!own.empty() && !foreign.empty()) text += '\n';
        for (const auto& what : foreign) text += "#include <" + what + ">\n";
        text += '\n';
        for (const auto& line : parts.body) text += line + '\n';
        return text;
    }

    static std::string forward(const header& parts) {
        return opening(parts.promise) + "#include <" + std::string(core) + ">\n";
    }

    static std::string opening(const std::string& promise) {
        return "// SPDX-License-Identifier: MIT\n// " + promise +
               "\n// Generated by tools/amalgamate.cpp from include/: change it there.\n"
               "#pragma once\n\n";
    }

    std::map<std::string, header> headers_;
    std::set<std::string> in_core_;
    std::vector<std::string> order_;
};

std::set<std::string> files_below(const fs::path& root) {
    std::set<std::string> result;
    if (!fs::exists(root)) return result;
    for (const auto& entry : fs::recursive_directory_iterator(root))
        if (entry.is_regular_file())
            result.insert(entry.path().lexically_relative(root).generic_string());
    return result;
}

int compare(const std::map<std::string, std::string>& wanted, const fs::path& output) {
    int differences = 0;
    auto present = files_below(output);
    for (const auto& [name, text] : wanted) {
        const bool known = present.erase(name) > 0;
        if (known && read(output / name) == text) continue;
        std::cerr << name << (known ? " is out of date" : " is missing") << '\n';
        ++differences;
    }
    for (const auto& name : present) {
        std::cerr << name << " should not be there\n";
        ++differences;
    }
    if (differences != 0) std::cerr << "rebuild it: cmake --build BUILD --target single_include\n";
    return differences == 0 ? 0 : 1;
}

void write(const std::map<std::string, std::string>& wanted, const fs::path& output) {
    fs::remove_all(output);
    for (const auto& [name, text] : wanted) {
        fs::create_directories((output / name).parent_path());
        std::ofstream out(output / name, std::ios::binary);
        if (!(out << text)) fail("cannot write " + (output / name).generic_string());
    }
}

}  // namespace

int main(int argc, char** argv) {
    std::vector<std::string> arguments(argv + 1, argv + argc);
    const bool check = !arguments.empty() && arguments.front() == "--check";
    if (check) arguments.erase(arguments.begin());
    if (arguments.size() != 2) fail("usage: amalgamate [--check] INCLUDE OUTPUT");

    const auto wanted = library(arguments[0]).files();
    if (check) return compare(wanted, arguments[1]);
    write(wanted, arguments[1]);
    std::cout << wanted.size() << " files written to " << arguments[1] << '\n';
}
