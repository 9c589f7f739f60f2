// SPDX-License-Identifier: MIT
// Turns the code blocks of the documentation into programs that a compiler can look at.
//
//     extract_blocks ROOT OUTPUT
//
// Blocks are ```cpp in README.md and docs/, and what is indented in the `///` of the headers. The
// blocks of one file belong together: a later one sees the names of the earlier ones.
//   OUTPUT/document_N.cpp  the blocks of one page without a main, in one function; beside their own
//                          includes there are those of standard.hpp
//   OUTPUT/headers.cpp     those of all headers, those of one in a function (which returns
//                          expected<void>, as most of the library does), with context.hpp
//   OUTPUT/program_N.cpp   a block with a main, as it is
//   OUTPUT/refused_N.cpp   one of these with one line that says "// does not compile": it must not
#include <algorithm>
#include <cstddef>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace {

namespace fs = std::filesystem;

struct block {
    int first_line{};
    std::vector<std::string> lines{};
};

struct document {
    std::string name{};  ///< As seen from the root of the tree.
    std::vector<block> blocks{};
};

std::vector<std::string> lines_of(const fs::path& path) {
    std::ifstream in(path);
    std::vector<std::string> result;
    for (std::string line; std::getline(in, line);) result.push_back(line);
    return result;
}

std::vector<block> fenced_blocks(const std::vector<std::string>& lines) {
    std::vector<block> result;
    bool inside = false;
    for (std::size_t at = 0; at < lines.size(); ++at) {
        if (!inside && lines[at].starts_with("```cpp")) {
            inside = true;
            result.push_back({.first_line = static_cast<int>(at) + 2});
        } else if (inside && lines[at].starts_with("```")) {
            inside = false;
        } else if (inside) {
            result.back().lines.push_back(lines[at]);
        }
    }
    return result;
}

/// What follows the `///` of a line, or null if it has none.
const char* comment(const std::string& line) {
    const auto at = line.find_first_not_of(' ');
    if (at == std::string::npos || line.compare(at, 3, "///") != 0) return nullptr;
    return line.c_str() + at + 3;
}

/// Code in a comment is indented by four after the blank, and follows an empty line.
std::vector<block> commented_blocks(const std::vector<std::string>& lines) {
    constexpr std::string_view indent = "     ";
    std::vector<block> result;
    bool inside = false;
    bool after_empty = false;
    for (std::size_t at = 0; at < lines.size(); ++at) {
        const char* found = comment(lines[at]);
        const std::string_view text = found == nullptr ? "" : found;
        const bool code = text.starts_with(indent);
        if (code && !inside && after_empty) {
            inside = true;
            result.push_back({.first_line = static_cast<int>(at) + 1});
        }
        inside = inside && found != nullptr && (code || text.empty());
        if (inside)
            result.back().lines.emplace_back(text.substr(std::min(text.size(), indent.size())));
        after_empty = found != nullptr && text.empty();
    }
    return result;
}

std::vector<document> documents(const fs::path& root) {
    std::vector<fs::path> files{root / "README.md"};
    for (const auto* folder : {"docs", "include"}) {
        if (!fs::exists(root / folder)) continue;
        for (const auto& entry : fs::recursive_directory_iterator(root / folder))
            if (entry.path().extension() == ".md" || entry.path().extension() == ".hpp")
                files.push_back(entry.path());
    }
    std::sort(files.begin() + 1, files.end());
    std::vector<document> result;
    for (const auto& file : files) {
        const auto lines = lines_of(file);
        auto blocks = file.extension() == ".md" ? fenced_blocks(lines) : commented_blocks(lines);
        if (blocks.empty()) continue;
        result.push_back({file.lexically_relative(root).generic_string(), std::move(blocks)});
    }
    return result;
}

bool contains(const block& b, std::string_view what) {
    return std::any_of(b.lines.begin(), b.lines.end(),
                       [&](const auto& line) { return line.find(what) != std::string::npos; });
}

/// Declares what may not be declared in a function.
bool at_namespace_scope(const block& b) {
    static constexpr std::string_view openings[] = {"namespace ", "template ", "template<",
                                                    "struct ",    "class ",    "inline "};
    for (const auto& line : b.lines) {
        if (line.empty() || line.starts_with("//") || line.starts_with("#")) continue;
        return std::any_of(std::begin(openings), std::end(openings),
                           [&](auto opening) { return line.starts_with(opening); });
    }
    return false;
}

constexpr std::string_view refused_mark = "// does not compile";

/// Writes documents as one file, with one of the lines that must not compile or with none.
class writer {
public:
    writer(std::vector<document> all, std::string context)
        : all_(std::move(all)), context_(std::move(context)) {}

    /// How many lines of all blocks must not compile.
    int refused() const {
        int count = 0;
        for (const auto& one : all_)
            for (const auto& b : one.blocks)
                for (const auto& line : b.lines)
                    count += line.find(refused_mark) != std::string::npos;
        return count;
    }

    std::string text(int with_refused) {
        includes_ = "#include \"" + context_ + "\"\n";
        body_.clear();
        seen_refused_ = 0;
        int number = 0;
        for (const auto& one : all_) add(one, number++, with_refused);
        return includes_ + body_;
    }

private:
    void add(const document& one, int number, int with_refused) {
        const auto place = "document_" + std::to_string(number);
        const bool is_header = one.name.ends_with(".hpp");
        if (is_header) includes_ += "#include <" + one.name.substr(one.name.find('/') + 1) + ">\n";
        // Within `context`, so that its names come before all others.
        body_ += "namespace context::" + place + " {\n";
        if (is_header) body_ += using_directives(one.name);
        for (const auto& b : one.blocks)
            if (at_namespace_scope(b)) add(one, b, with_refused);
        body_ += (is_header ? "returned" : "void") + std::string(" blocks() {\n");
        std::string ends;
        for (const auto& b : one.blocks) {
            if (at_namespace_scope(b) || contains(b, "int main(")) continue;
            body_ += "{\n";
            add(one, b, with_refused);
            ends += "}\n";
        }
        body_ += ends + (is_header ? "return {};\n" : "") + "}\n}\n";
    }

    void add(const document& one, const block& b, int with_refused) {
        body_ += "#line " + std::to_string(b.first_line) + " \"" + one.name + "\"\n";
        for (const auto& line : b.lines) {
            const bool refuse =
                line.find(refused_mark) != std::string::npos && ++seen_refused_ != with_refused;
            const bool include = line.starts_with("#include");
            if (include) includes_ += line + '\n';
            body_ += refuse || include ? "\n" : line + '\n';
        }
    }

    /// Comments in a header speak as code does there.
    static std::string using_directives(const std::string& name) {
        std::string result = "using namespace awsxx;\n";
        const auto folder = name.substr(14, name.find('/', 14) - 14);
        for (const auto* own : {"core", "credentials", "identity", "services"})
            if (folder == own) return result;
        if (folder.ends_with(".hpp")) return result;
        return result + "using namespace awsxx::" + folder + ";\n";
    }

    std::vector<document> all_;
    std::string context_;
    std::string includes_;
    std::string body_;
    int seen_refused_ = 0;
};

/// A file for each page, in the order of their names, and one for all headers.
std::vector<std::pair<std::string, writer>> files_of(const std::vector<document>& all) {
    std::vector<std::pair<std::string, writer>> result;
    std::vector<document> headers;
    for (const auto& one : all) {
        if (one.name.ends_with(".hpp")) {
            headers.push_back(one);
            continue;
        }
        const auto number = std::to_string(result.size() + 100).substr(1);
        result.emplace_back("document_" + number, writer({one}, "standard.hpp"));
    }
    result.emplace_back("headers", writer(std::move(headers), "context.hpp"));
    return result;
}

void write(const fs::path& path, const std::string& text) {
    std::ofstream(path) << text;
    std::cout << path.filename().generic_string() << '\n';
}

}  // namespace

int main(int argc, char** argv) {
    if (argc != 3) {
        std::cerr << "usage: extract_blocks ROOT OUTPUT\n";
        return 2;
    }
    const fs::path output = argv[2];
    fs::remove_all(output);
    fs::create_directories(output);

    const auto all = documents(argv[1]);
    int refused = 0;
    for (auto& [name, blocks] : files_of(all)) {
        write(output / (name + ".cpp"), blocks.text(0));
        for (int line = 1; line <= blocks.refused(); ++line)
            write(output / ("refused_" + std::to_string(++refused) + ".cpp"), blocks.text(line));
    }
    int number = 0;
    for (const auto& one : all)
        for (const auto& b : one.blocks) {
            if (!contains(b, "int main(")) continue;
            std::string text = "#line " + std::to_string(b.first_line) + " \"" + one.name + "\"\n";
            for (const auto& line : b.lines) text += line + '\n';
            write(output / ("program_" + std::to_string(++number) + ".cpp"), text);
        }
}
