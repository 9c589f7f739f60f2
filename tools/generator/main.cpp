// SPDX-License-Identifier: MIT
// Makes a service header of a Smithy model.
//
//     awsxx_generate --model FILE --namespace NAME --out DIRECTORY
//                    [--operations A,B,...] [--service SHAPE] [--with FILE]
//                    [--plain STRUCTURE,...] [--map TEMPLATE] [--presence]
//
// --presence: members of all kinds can be absent, apart from being empty. --map: instead of std::map,
// declared before the header is included. --plain: structures whose text is std::string although
// inputs have them. --with: models that add to the first.
//
// Writes DIRECTORY/NAME.hpp, or nothing at all if it fails; says what it left out. Ends with
// status 1 for a model that no header can be made of, 2 for wrong usage.
#include "header.hpp"
#include "names.hpp"
#include "oddities.hpp"
#include "plan.hpp"
#include "smithy_model.hpp"

#include <cstdio>
#include <exception>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <stdexcept>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>
#include <vector>

namespace {

namespace fs = std::filesystem;
using generator::json;

struct usage_error : std::runtime_error {
    using std::runtime_error::runtime_error;
};

std::vector<std::string> split(std::string_view list) {
    std::vector<std::string> parts;
    while (!list.empty()) {
        const auto comma = list.find(',');
        if (comma != 0) parts.emplace_back(list.substr(0, comma));
        list = comma == std::string_view::npos ? "" : list.substr(comma + 1);
    }
    return parts;
}

generator::options read_arguments(int count, char** values) {
    generator::options asked;
    for (int i = 1; i < count; ++i) {
        const std::string_view name = values[i];
        if (name == "--presence") {
            asked.presence = true;
            continue;
        }
        if (i + 1 == count) throw usage_error("no value for " + std::string(name));
        const std::string value = values[++i];
        if (name == "--model")
            asked.model = value;
        else if (name == "--namespace")
            asked.name_space = value;
        else if (name == "--out")
            asked.out = value;
        else if (name == "--with")
            asked.additions.push_back(value);
        else if (name == "--plain")
            asked.plain = split(value);
        else if (name == "--map")
            asked.map = value;
        else if (name == "--service")
            asked.service = value;
        else if (name == "--operations")
            asked.operations = split(value);
        else
            throw usage_error("no option " + std::string(name));
    }
    if (asked.model.empty() || asked.name_space.empty() || asked.out.empty())
        throw usage_error("--model, --namespace and --out are needed");
    if (!generator::is_identifier(asked.name_space))
        throw usage_error(asked.name_space + " is no name for a namespace");
    return asked;
}

json read_model(const std::string& path) {
    std::ifstream file(path, std::ios::binary);
    if (!file) throw generator::model_error(path + " cannot be read");
    json ast = json::parse(file, nullptr, false);
    if (ast.is_discarded()) throw generator::model_error(path + " is not JSON");
    return ast;
}

/// All of the file or none of it: an old one stays until the new one is complete.
void write(const fs::path& path, const std::string& text) {
    fs::create_directories(path.parent_path());
    const fs::path draft = path.string() + ".new";
    std::ofstream file(draft, std::ios::binary);
    file << text;
    file.close();
    std::error_code failed;
    if (file) fs::rename(draft, path, failed);
    if (file && !failed) return;
    fs::remove(draft, failed);
    throw std::runtime_error(path.string() + " cannot be written");
}

void generate(const generator::options& asked) {
    json ast = read_model(asked.model);
    for (const auto& more : asked.additions) generator::add_model(ast, read_model(more));
    generator::complete(ast);
    const generator::smithy_model model(std::move(ast));
    generator::plan plan(model, asked);
    const std::string text = generator::header_writer(plan).text();
    const fs::path path = fs::path(asked.out) / (asked.name_space + ".hpp");
    write(path, text);
    std::cout << path.string() << ": " << plan.operations().size() << " of " << plan.reached()
              << " operations\n";
    for (const auto& one : plan.omissions())
        std::cout << "left out: " << one.what << ": " << one.why << '\n';
}

}  // namespace

int main(int count, char** values) {
    try {
        generate(read_arguments(count, values));
        return 0;
    } catch (const usage_error& problem) {
        std::cerr << "awsxx_generate: " << problem.what()
                  << "\nusage: awsxx_generate --model FILE --namespace NAME --out DIRECTORY"
                     " [--operations A,B,...] [--service SHAPE] [--with FILE]\n"
                     "       [--plain STRUCTURE,...] [--map TEMPLATE] [--presence]\n";
        return 2;
    } catch (const std::exception& problem) {
        std::cerr << "awsxx_generate: " << problem.what() << '\n';
        return 1;
    }
}
